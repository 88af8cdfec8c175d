package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plait.schemas.model.EdgeWindow;
import dev.plait.schemas.model.Latency;
import dev.plait.schemas.model.RedWindow;
import dev.plait.schemas.wire.EdgeJson;
import dev.plait.schemas.wire.RedJson;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedItemsTest {
    private static final long START_MS = 1_767_225_600_000L;
    private static final String ONE = "0af7651916cd43dd8448eb211c80319c";
    private static final String TWO = "0af7651916cd43dd8448eb211c80319d";
    private static final String THREE = "0af7651916cd43dd8448eb211c80319e";
    private static final Map<String, String> SERIES = Map.of(
            "service",
            "orders",
            "route",
            "/orders/{id}",
            "method",
            "GET",
            "status_class",
            "5xx",
            "source",
            "span",
            "region",
            "eu-1");

    /** 1 ms, 2 ms and 4 ms at scale 0: buckets (2^19, 2^20], (2^20, 2^21], (2^21, 2^22] of nanoseconds. */
    private static final Latency LATENCY = new Latency(
            3,
            7_000_000,
            1_000_000,
            4_000_000,
            2_000_000,
            4_000_000,
            4_000_000,
            4_000_000,
            0,
            0,
            19,
            List.of(1L, 1L, 1L));

    private final RedItems items = new RedItems(new DurationPoint(true));

    @Test
    void window_becomesCallsByStatusAndDurations() {
        List<Metric> metrics = metrics(window(SERIES, 3, 2, true));

        assertThat(metrics)
                .extracting(Metric::getName)
                .containsExactly(
                        "traces.span.metrics.calls", "traces.span.metrics.calls", "traces.span.metrics.duration");
        assertThat(metrics.get(0).getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        NumberDataPoint others = metrics.get(0).getSum().getDataPoints(0);
        NumberDataPoint errors = metrics.get(1).getSum().getDataPoints(0);
        assertThat(others.getAsInt()).isEqualTo(1);
        assertThat(errors.getAsInt()).isEqualTo(2);
        assertThat(others.getStartTimeUnixNano()).isEqualTo(START_MS * 1_000_000);
        assertThat(others.getTimeUnixNano()).isEqualTo((START_MS + 10_000) * 1_000_000);
        assertThat(attributes(errors.getAttributesList()))
                .containsOnly(
                        Map.entry("service.name", "orders"),
                        Map.entry("http.route", "/orders/{id}"),
                        Map.entry("http.request.method", "GET"),
                        Map.entry("plait.status_class", "5xx"),
                        Map.entry("plait.source", "span"),
                        Map.entry("region", "eu-1"),
                        Map.entry("status.code", "STATUS_CODE_ERROR"));
        assertThat(traceIds(errors)).containsExactly(ONE, TWO);
        assertThat(traceIds(others)).containsExactly(THREE);
    }

    @Test
    void resource_isTheService() {
        Item item = items.of(Records.view(RedJson.write(window(SERIES, 3, 2, true))))
                .get(0);

        assertThat(attributes(item.resource().getAttributesList())).containsOnly(Map.entry("service.name", "orders"));
    }

    @Test
    void windowThatStillFills_isNotSent() {
        assertThat(metrics(window(SERIES, 3, 2, false))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gateway-log, plait.gateway_log.calls",
        "mesh-log, plait.mesh_log.calls",
        "metric, plait.metric.calls",
        "span, traces.span.metrics.calls"
    })
    void sources_haveMetricsOfTheirOwn(String source, String name) {
        RedWindow window = window(Map.of("service", "orders", "source", source), 3, 0, true);

        assertThat(metrics(window).get(0).getName()).isEqualTo(name);
    }

    @Test
    void duration_inSecondsIsExactButForBoundsOfBuckets() {
        ExponentialHistogramDataPoint point = duration(true);

        assertThat(point.getCount()).isEqualTo(3);
        assertThat(point.getSum()).isEqualTo(0.007);
        assertThat(point.getMin()).isEqualTo(0.001);
        assertThat(point.getMax()).isEqualTo(0.004);
        assertThat(point.getPositive().getBucketCountsList()).containsExactly(1L, 1L, 1L);
        assertThat(point.getPositive().getOffset()).isEqualTo(19 - 30);
    }

    @Test
    void duration_inNanosecondsIsAsItWasCounted() {
        ExponentialHistogramDataPoint point = duration(false);

        assertThat(point.getSum()).isEqualTo(7_000_000);
        assertThat(point.getPositive().getOffset()).isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({"-4", "0", "3", "5", "8", "20"})
    void boundsInSeconds_areLessThanHalfABucketOff(int scale) {
        double base = Math.pow(2, Math.scalb(1.0, -scale));
        double moved = Math.pow(base, -DurationPoint.shift(scale));

        double off = Math.abs(Math.log(moved * 1e9) / Math.log(base));

        assertThat(off).isLessThanOrEqualTo(0.5 + 1e-6);
    }

    @Test
    void edge_becomesTheMetricsOfAServiceGraph() {
        EdgeWindow edge = new EdgeWindow(
                "web", "orders", "database", START_MS, START_MS + 10_000, 3, 1, LATENCY, LATENCY, List.of(ONE), true);

        List<Item> sent = new EdgeItems(new DurationPoint(true)).of(Records.view(EdgeJson.write(edge)));

        assertThat(sent)
                .extracting(item -> ((Metric) item.message()).getName())
                .containsExactly(
                        "traces_service_graph_request_total",
                        "traces_service_graph_request_failed_total",
                        "traces_service_graph_request_client",
                        "traces_service_graph_request_server");
        Metric server = (Metric) sent.get(3).message();
        assertThat(server.getUnit()).isEqualTo("s");
        assertThat(server.getExponentialHistogram().getDataPoints(0).getSum()).isCloseTo(0.007, within(1e-12));
        assertThat(attributes(server.getExponentialHistogram().getDataPoints(0).getAttributesList()))
                .containsOnly(
                        Map.entry("client", "web"),
                        Map.entry("server", "orders"),
                        Map.entry("connection_type", "database"));
    }

    private ExponentialHistogramDataPoint duration(boolean seconds) {
        List<Item> sent =
                new RedItems(new DurationPoint(seconds)).of(Records.view(RedJson.write(window(SERIES, 3, 0, true))));
        Metric metric = (Metric) sent.get(sent.size() - 1).message();
        assertThat(metric.getUnit()).isEqualTo(seconds ? "s" : "ns");
        return metric.getExponentialHistogram().getDataPoints(0);
    }

    private List<Metric> metrics(RedWindow window) {
        return items.of(Records.view(RedJson.write(window))).stream()
                .map(item -> (Metric) item.message())
                .toList();
    }

    private static RedWindow window(Map<String, String> series, long requests, long errors, boolean last) {
        return new RedWindow(
                series, START_MS, START_MS + 10_000, requests, errors, LATENCY, List.of(ONE, TWO, THREE), false, last);
    }

    private static List<String> traceIds(NumberDataPoint point) {
        return point.getExemplarsList().stream()
                .map(exemplar -> HexFormat.of().formatHex(exemplar.getTraceId().toByteArray()))
                .toList();
    }

    static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }
}
