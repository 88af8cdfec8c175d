package dev.plait.topology;

import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** SLOs over metrics, from points to counts. */
class MetricSloTest {
    private static final String SUM = "kong_http_requests_total";
    private static final String HISTOGRAM = "http.server.request.duration";

    @Test
    void sums_countWhatTheyHaveMore() {
        try (TopologyHarness plait = new TopologyHarness()) {
            plait.at(0).define(slo(SUM, "status < 500", Long.MAX_VALUE));
            plait.at(1_000).send("otlp_metrics", sum(1_000, 500, 7));
            plait.at(31_000).send("otlp_metrics", sum(31_000, 530, 9));
            plait.at(32_000).send("otlp_metrics", sum(31_000, 530, 9));
            plait.at(61_000).send("otlp_metrics", sum(61_000, 4, 1));

            JsonNode status = last(plait);

            assertThat(status.path("good").asLong())
                    .as("30, then 4 after the restart")
                    .isEqualTo(34);
            assertThat(status.path("bad").asLong()).as("2, then 1").isEqualTo(3);
        }
    }

    @Test
    void remoteWrite_countsAsTheSameSumsDo() throws IOException {
        try (TopologyHarness plait = new TopologyHarness()) {
            plait.at(0).define(slo(SUM, "status < 500", Long.MAX_VALUE));
            plait.at(1_000).send("prometheus_metrics", remoteWrite(1_000, 500, 7));
            plait.at(31_000).send("prometheus_metrics", remoteWrite(31_000, 530, 9));
            plait.at(32_000).send("prometheus_metrics", remoteWrite(31_000, 530, 9));
            plait.at(61_000).send("prometheus_metrics", remoteWrite(61_000, 4, 1));

            JsonNode status = last(plait);

            assertThat(status.path("good").asLong()).isEqualTo(34);
            assertThat(status.path("bad").asLong()).isEqualTo(3);
        }
    }

    @Test
    void histograms_countWhatIsWithinABound() {
        try (TopologyHarness plait = new TopologyHarness()) {
            plait.at(0).define(slo(HISTOGRAM, "", 250_000_000));
            plait.at(1_000).send("otlp_metrics", histogram(1_000, 10, 5, 1));
            plait.at(31_000).send("otlp_metrics", histogram(31_000, 20, 8, 2));

            JsonNode status = last(plait);

            assertThat(status.path("good").asLong())
                    .as("up to 0.1 s and 0.25 s")
                    .isEqualTo(13);
            assertThat(status.path("bad").asLong()).isEqualTo(1);
        }
    }

    private static JsonNode last(TopologyHarness plait) {
        plait.at(95_000).at(125_000);
        List<JsonNode> statuses = plait.written("plait-slo");
        return statuses.get(statuses.size() - 1);
    }

    private static SloDefinition slo(String metric, String good, long withinNanos) {
        return new SloDefinition(
                "orders",
                "",
                "",
                "orders",
                0,
                new Indicator(
                        RequestSource.METRIC,
                        Optional.of(metric),
                        new Filter("service == 'orders'", Long.MAX_VALUE),
                        new Filter(good, withinNanos),
                        false),
                List.of(),
                0.99,
                30,
                30 * 86_400_000L,
                10,
                3,
                List.of());
    }

    /** Kong's counter after a collector's Prometheus receiver: cumulative, a stream for each code. */
    private static byte[] sum(long timeMs, long ok, long failed) {
        return metric("""
                {"name":"%s","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[%s,%s]}}""".formatted(SUM, number(timeMs, ok, "200"), number(timeMs, failed, "503")));
    }

    /** The same as Prometheus itself sends it on: WriteRequest of version 1, a Snappy block. */
    private static byte[] remoteWrite(long timeMs, long ok, long failed) throws IOException {
        ProtoWriter out = new ProtoWriter();
        series(out, timeMs, ok, "200");
        series(out, timeMs, failed, "503");
        return Snappy.compress(out.toByteArray());
    }

    private static void series(ProtoWriter out, long timeMs, long value, String code) {
        int series = out.begin(1);
        String[][] labels = {{"__name__", SUM}, {"code", code}, {"job", "kong"}, {"service", "orders"}};
        for (String[] label : labels) {
            int pair = out.begin(1);
            out.text(1, label[0]);
            out.text(2, label[1]);
            out.end(pair);
        }
        int sample = out.begin(2);
        out.doubleValue(1, (double) value);
        out.varint(2, EPOCH_MS + timeMs);
        out.end(sample);
        out.end(series);
    }

    private static String number(long timeMs, long value, String code) {
        return "{\"timeUnixNano\":\"%d\",\"asDouble\":%d,\"attributes\":[%s,%s]}"
                .formatted((EPOCH_MS + timeMs) * 1_000_000, value, text("service", "orders"), text("code", code));
    }

    private static byte[] histogram(long timeMs, long fast, long good, long slow) {
        return metric("""
                {"name":"%s","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"%d",\
                "count":"%d","sum":3.5,"explicitBounds":[0.1,0.25],"bucketCounts":["%d","%d","%d"]}]}}""".formatted(HISTOGRAM, (EPOCH_MS + timeMs) * 1_000_000, fast + good + slow, fast, good, slow));
    }

    private static byte[] metric(String metric) {
        return bytes("""
                {"resourceMetrics":[{"resource":{"attributes":[%s]},"scopeMetrics":[{"metrics":[%s]}]}]}""".formatted(text("service.name", "orders"), metric));
    }
}
