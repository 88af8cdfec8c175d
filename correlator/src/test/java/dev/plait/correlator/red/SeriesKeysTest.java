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

    /** A tag of the name has the word; then what the name means; then the attribute. */
    @Test
    void labels_areTakenFromAttributesToo() {
        SeriesKeys keys = new SeriesKeys(List.of("consumer", "client", "refused", "app.tier"));

        assertThat(extra(keys, Map.of(), Map.of("enduser.id", "ann", "net.sock.peer.addr", "10.0.0.9", "app.tier", 2L)))
                .isEqualTo(Map.of("consumer", "ann", "client", "10.0.0.9", "app.tier", "2"));
        assertThat(extra(
                        keys,
                        Map.of("consumer", "by hand"),
                        Map.of("kong.consumer.username", "ann", "http.response.status_code", 429L)))
                .isEqualTo(Map.of("consumer", "by hand", "refused", "429"));
        assertThat(extra(keys, Map.of(), Map.of("kong.consumer.username", "ann", "enduser.id", "7")))
                .isEqualTo(Map.of("consumer", "ann"));
    }

    @Test
    void label_mayHaveTheOlderNameOfAnAttribute_orTheOtherWayRound() {
        SeriesKeys keys = new SeriesKeys(List.of("db.system", "db.namespace"));

        assertThat(extra(keys, Map.of(), Map.of("db.system.name", "mysql", "db.name", "shop")))
                .isEqualTo(Map.of("db.system", "mysql", "db.namespace", "shop"));
    }

    @Test
    void label_ofAListIsItsElements() {
        SeriesKeys keys = new SeriesKeys(List.of("x", "y", "z"));

        assertThat(extra(keys, Map.of(), Map.of("x", "[\"acme\"]", "y", "[\"a\",\"b\"]", "z", "[]")))
                .isEqualTo(Map.of("x", "acme", "y", "a, b"));
    }

    @Test
    void refused_isAStatusThatTurnsAwayBeforeServing() {
        SeriesKeys keys = new SeriesKeys(List.of("refused"));

        for (long status = 100; status < 600; status++) {
            Map<String, String> told = extra(keys, Map.of(), Map.of("http.response.status_code", status));
            boolean refused = status == 401 || status == 403 || status == 429;
            assertThat(told).isEqualTo(refused ? Map.of("refused", Long.toString(status)) : Map.of());
        }
    }

    private static Map<String, String> extra(
            SeriesKeys keys, Map<String, String> tags, Map<String, Object> attributes) {
        CountedRequest request = new CountedRequest(
                RequestSource.GATEWAY_LOG, "s", "", "", "", 0, false, "server", "", tags, attributes, 1, 1, 0, 0);
        Map<String, String> labels = new LinkedHashMap<>(SeriesKeys.labels(keys.of(request)));
        labels.keySet().removeIf(SeriesKeys::isOwn);
        return labels;
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
