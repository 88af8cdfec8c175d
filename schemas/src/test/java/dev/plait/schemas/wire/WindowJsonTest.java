package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.EdgeWindow;
import dev.plait.schemas.model.Latency;
import dev.plait.schemas.model.MeasureWindow;
import dev.plait.schemas.model.RedWindow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowJsonTest {
    private static final Latency LATENCY =
            new Latency(3, 30, 5, 20, 5, 20, 20, 9_223_372_036_854_775_807L, 5, 1, -1, List.of(1L, 0L, 2L));
    private static final String LATENCY_JSON = "{\"count\":3,\"sumNanos\":30,\"minNanos\":5,\"maxNanos\":20,"
            + "\"p50Nanos\":5,\"p90Nanos\":20,\"p95Nanos\":20,\"p99Nanos\":9223372036854775807,\"scale\":5,"
            + "\"zeroCount\":1,\"offset\":-1,\"bucketCounts\":[1,0,2]}";
    private static final String ID = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void redWindow_isWrittenInTheOrderOfItsRecord() {
        RedWindow window = new RedWindow(
                Map.of("service", "orders", "route", "/o/{\"id\"}", "source", "span"),
                1_767_225_600_000L,
                1_767_225_610_000L,
                3,
                1,
                LATENCY,
                List.of(ID),
                false,
                true);

        assertThat(text(RedJson.write(window)))
                .isEqualTo("{\"series\":{\"route\":\"/o/{\\\"id\\\"}\",\"service\":\"orders\",\"source\":\"span\"},"
                        + "\"windowStartMs\":1767225600000,\"windowEndMs\":1767225610000,\"requests\":3,\"errors\":1,"
                        + "\"duration\":" + LATENCY_JSON + ",\"exemplars\":[\"" + ID
                        + "\"],\"overflow\":false,\"final\":true}");
    }

    @Test
    void edgeWindow_isWrittenInTheOrderOfItsRecord() {
        EdgeWindow window = new EdgeWindow(
                "kong",
                "orders",
                "http",
                1_767_225_600_000L,
                1_767_225_610_000L,
                3,
                1,
                LATENCY,
                LATENCY,
                List.of(),
                false);

        assertThat(text(EdgeJson.write(window)))
                .isEqualTo("{\"client\":\"kong\",\"server\":\"orders\",\"connection\":\"http\","
                        + "\"windowStartMs\":1767225600000,\"windowEndMs\":1767225610000,\"requests\":3,\"errors\":1,"
                        + "\"clientDuration\":" + LATENCY_JSON + ",\"serverDuration\":" + LATENCY_JSON
                        + ",\"exemplars\":[],\"final\":false}");
    }

    @Test
    void measureWindow_isWrittenInTheOrderOfItsRecordWithAllDigits() {
        assertThat(text(MeasureJson.write(measure("9999999999999999999999.990000000"))))
                .isEqualTo(
                        "{\"measure\":\"turnover\",\"unit\":\"EUR\",\"series\":{\"service\":\"shop\",\"source\":\"span\"},"
                                + "\"windowStartMs\":1767225600000,\"windowEndMs\":1767225610000,\"count\":3,"
                                + "\"sum\":9999999999999999999999.99,\"overflow\":false,\"final\":true}");
        assertThat(text(MeasureJson.write(measure("0E-9")))).contains("\"sum\":0,");
        assertThat(text(MeasureJson.write(measure("1200.000000000")))).contains("\"sum\":1200,");
        assertThat(text(MeasureJson.write(measure("-0.000000001")))).contains("\"sum\":-0.000000001,");
    }

    private static MeasureWindow measure(String sum) {
        return new MeasureWindow(
                "turnover",
                "EUR",
                Map.of("source", "span", "service", "shop"),
                1_767_225_600_000L,
                1_767_225_610_000L,
                3,
                new BigDecimal(sum),
                false,
                true);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
