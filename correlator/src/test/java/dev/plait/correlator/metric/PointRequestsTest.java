package dev.plait.correlator.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointRequestsTest {
    private static final List<Double> BOUNDS = List.of(-1.0, 0.3, 2.5);

    @Test
    void openTelemetryMetric_isReadByItsConventions() {
        Map<String, Object> attributes = Map.of(
                "http.route", "/cart/{id}",
                "http.request.method", "PUT",
                "url.path", "/cart/7",
                "http.response.status_code", 503L,
                "error.type", "503");

        CountedRequest request = read("http.server.request.duration", attributes);

        assertThat(request)
                .isEqualTo(new CountedRequest(
                        RequestSource.METRIC,
                        "cart",
                        "/cart/{id}",
                        "PUT",
                        "/cart/7",
                        503,
                        true,
                        "server",
                        "",
                        Map.of("region", "eu"),
                        attributes,
                        Points.nanos(5_000),
                        0,
                        0,
                        0));
    }

    @Test
    void kongMetric_isAboutTheServiceBehindIt() {
        CountedRequest request = read(
                "kong_http_requests_total",
                Map.of("service", "orders-v1", "route", "orders", "code", "404", "consumer", "shop"));

        assertThat(request.service()).isEqualTo("orders-v1");
        assertThat(request.route()).isEqualTo("orders");
        assertThat(request.status()).isEqualTo(404);
        assertThat(request.error()).isFalse();
        assertThat(request.consumer()).isEqualTo("shop");
    }

    @Test
    void service_isTheResourcesElseALabel() {
        Origin nameless = new Origin(Map.of(), "", Source.OTLP, Map.of());

        assertThat(read("requests", Map.of("service", "label")).service()).isEqualTo("cart");
        assertThat(read("requests", nameless, Map.of("service", "label")).service())
                .isEqualTo("label");
        assertThat(read("requests", nameless, Map.of("service", "target", "exported_service", "own"))
                        .service())
                .isEqualTo("own");
        assertThat(read("requests", nameless, Map.of()).service()).isEqualTo("unknown_service");
    }

    @ParameterizedTest
    @CsvSource({
        "http.status_code, 201, 201, false",
        "http_response_status_code, 500, 500, true",
        "status, 200, 200, false",
        "status, 5xx, 500, true",
        "status, 4XX, 400, false",
        "status, UNKNOWN, 0, false",
        "status, 0xx, 0, false",
        "code, 2xx, 200, false",
        "code, 99, 0, false",
        "code, 1e3, 0, false",
        "code, OK, 0, false",
        "envoy_response_code, 503, 503, true",
        "envoy_response_code_class, 5, 500, true",
        "envoy_response_code_class, x, 0, false",
        "error_type, timeout, 0, true",
        "status.code, STATUS_CODE_ERROR, 0, true",
        "status.code, STATUS_CODE_UNSET, 0, false",
    })
    void status_isReadFromWhateverSaysIt(String key, String value, int status, boolean error) {
        CountedRequest request = read("requests", Map.of(key, value));

        assertThat(request.status()).isEqualTo(status);
        assertThat(request.error()).isEqualTo(error);
    }

    @Test
    void kind_isThatOfTheSpanAMetricWasMadeOf() {
        assertThat(read("calls", Map.of("span.kind", "SPAN_KIND_CLIENT")).kind())
                .isEqualTo("client");
        assertThat(read("calls", Map.of("span_kind", "consumer")).kind()).isEqualTo("consumer");
    }

    @ParameterizedTest
    @CsvSource({
        "latency, s, 300000000, 2500000000",
        "latency, seconds, 300000000, 2500000000",
        "latency, ms, 300000, 2500000",
        "latency, us, 300, 2500",
        "latency, ns, 0, 3",
        "latency, '', 300000000, 2500000000",
        "latency_seconds, '', 300000000, 2500000000",
        "kong_request_latency_ms, '', 300000, 2500000",
        "request_milliseconds, 1, 300000, 2500000",
        "envoy_cluster_upstream_rq_time, '', 300000, 2500000",
        "kong.service.orders.upstream_latency, '', 300000, 2500000",
        "kong.latency.total, s, 300000000, 2500000000",
        "request_us, '', 300, 2500",
        "request_ns, '', 0, 3",
        "latency, h, 1080000000000, 9000000000000",
        "latency_ms, s, 300000000, 2500000000",
    })
    void durations_areUpperBoundsInTheMetricsUnit(String metric, String unit, long second, long third) {
        ReceivedPoint point = Points.with(Points.histogram(0, BOUNDS, List.of(1L, 1L, 1L, 1L)), metric, unit, Map.of());

        assertThat(durations(point)).containsExactly(0L, second, third, Long.MAX_VALUE);
    }

    @Test
    void durations_ofExponentialBuckets_arePowersOfTheirBase() {
        assertThat(durations(Points.exponential(0, 0, 1, -2, List.of(1L, 1L, 1L))))
                .containsExactly(0L, 500_000_000L, 1_000_000_000L, 2_000_000_000L);
        assertThat(durations(Points.exponential(0, 1, 1, 0.25, 0, List.of(1L, 1L))))
                .containsExactly(250_000_000L, 1_414_213_562L, 2_000_000_000L);
        assertThat(durations(Points.exponential(0, -11, 0, -1, List.of(1L, 1L))))
                .containsExactly(1_000_000_000L, Long.MAX_VALUE);
        assertThat(durations(Points.exponential(0, 0, 0, Integer.MAX_VALUE - 1, List.of(1L, 1L, 1L))))
                .containsExactly(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(durations(Points.exponential(0, 20, 0, Integer.MIN_VALUE, List.of(1L))))
                .containsExactly(0L);
    }

    private static List<Long> durations(ReceivedPoint point) {
        List<Long> durations = new ArrayList<>();
        Counts counts = new PointReader().read(point).orElseThrow().counts();
        new PointRequests().forEach(point, counts, (request, count) -> durations.add(request.durationNanos()));
        return durations;
    }

    private static CountedRequest read(String metric, Map<String, Object> attributes) {
        return read(metric, Points.ORIGIN, attributes);
    }

    private static CountedRequest read(String metric, Origin origin, Map<String, Object> attributes) {
        ReceivedPoint sum = Points.sum(5_000, 3);
        ReceivedPoint point = new ReceivedPoint(
                metric,
                "",
                sum.kind(),
                sum.temporality(),
                true,
                0,
                sum.timeEpochNanos(),
                sum.value(),
                attributes,
                origin);
        List<CountedRequest> requests = new ArrayList<>();
        new PointRequests().forEach(point, Counts.of(3), (request, count) -> {
            assertThat(count).isEqualTo(3);
            requests.add(request);
        });
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }
}
