package dev.plait.correlator.red;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SeriesKeysTest {
    private static final SeriesKeys KEYS = new SeriesKeys(List.of("zone", "env"));

    @Test
    void key_hasTheFiveLabelsThenTagsByName() {
        Map<String, String> tags = Map.of("zone", "eu-1", "env", "prod", "other", "x");

        assertThat(KEYS.of(request("orders", "/o/{id}", 204, false, tags)))
                .isEqualTo(
                        "service=orders,route=/o/{id},method=GET,status_class=2xx,source=gateway-log,env=prod,zone=eu-1");
        assertThat(KEYS.of(request("orders", "", 0, true, Map.of())))
                .isEqualTo("service=orders,route=,method=GET,status_class=error,source=gateway-log");
    }

    @Property
    void labels_areReadBackWhateverTheyHold(
            @ForAll @StringLength(max = 40) String service,
            @ForAll @StringLength(max = 40) String route,
            @ForAll @StringLength(max = 40) String zone) {
        String key = KEYS.of(request(service, route, 500, true, Map.of("zone", zone)));

        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("service", service);
        labels.put("route", route);
        labels.put("method", "GET");
        labels.put("status_class", "5xx");
        labels.put("source", "gateway-log");
        labels.put("zone", zone);
        assertThat(SeriesKeys.labels(key)).isEqualTo(labels);
    }

    @Test
    void longValue_isCutVisiblyAndNotWithinACharacter() {
        String key = KEYS.of(request("s".repeat(254) + "\uD83D\uDE00" + "tail", "", 200, false, Map.of()));

        assertThat(SeriesKeys.labels(key).get("service")).isEqualTo("s".repeat(254) + "…");
        assertThat(SeriesKeys.labels(KEYS.of(request("s".repeat(256), "", 200, false, Map.of())))
                        .get("service"))
                .hasSize(256)
                .doesNotContain("…");
    }

    @Test
    void statusClass_isThatOfTheResponseElseTheOutcome() {
        assertThat(SeriesKeys.statusClass(request("s", "", 101, false, Map.of())))
                .isEqualTo("1xx");
        assertThat(SeriesKeys.statusClass(request("s", "", 404, true, Map.of())))
                .isEqualTo("4xx");
        assertThat(SeriesKeys.statusClass(request("s", "", 0, false, Map.of()))).isEqualTo("ok");
        assertThat(SeriesKeys.statusClass(request("s", "", 999, true, Map.of())))
                .isEqualTo("error");
    }

    private static CountedRequest request(
            String service, String route, int status, boolean error, Map<String, String> tags) {
        return new CountedRequest(
                RequestSource.GATEWAY_LOG,
                service,
                route,
                "GET",
                "",
                status,
                error,
                "server",
                "",
                tags,
                Map.of(),
                1,
                1,
                0,
                0);
    }
}
