package dev.plait.ingest.prometheus;

import static dev.plait.ingest.prometheus.RemoteWrites.TIME_MS;
import static dev.plait.ingest.prometheus.RemoteWrites.sample;
import static dev.plait.ingest.prometheus.RemoteWrites.series;
import static dev.plait.ingest.prometheus.RemoteWrites.snappy;
import static dev.plait.ingest.prometheus.RemoteWrites.v1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.RecordingSink;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteWriteDecoderTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final RemoteWriteDecoder decoder = new RemoteWriteDecoder();

    @Test
    void counter_becomesAMonotonicSumOfItsTarget() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("kong_http_requests_total");
        byte[] body = v1(out -> series(
                out,
                sample(42, TIME_MS),
                "__name__",
                "kong_http_requests_total",
                "code",
                "502",
                "instance",
                "10.0.0.1:8100",
                "job",
                "kong",
                "service",
                "orders"));

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        Metric metric = metric(sink, 0);
        NumberDataPoint point = metric.getSum().getDataPoints(0);
        assertThat(metric.getSum().getIsMonotonic()).isTrue();
        assertThat(metric.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(point.getAsDouble()).isEqualTo(42);
        assertThat(point.getTimeUnixNano()).isEqualTo(TIME_MS * 1_000_000);
        assertThat(attributes(point.getAttributesList())).isEqualTo(Map.of("code", "502", "service", "orders"));
        Resource resource = Resource.parseFrom(sink.wantedPoints().get(0).resource());
        assertThat(attributes(resource.getAttributesList()))
                .isEqualTo(Map.of("service.name", "kong", "service.instance.id", "10.0.0.1:8100"));
    }

    @Test
    void bothVersions_giveTheSameStreams() {
        String[] labels = {"__name__", "requests_total", "job", "a", "route", "orders"};
        RecordingSink first = new RecordingSink("requests_total");
        RecordingSink second = new RecordingSink("requests_total");
        byte[] v2 = new RemoteWrites.V2().series(sample(7, TIME_MS), labels).body();

        decoder.decode(snappy(RemoteWrites.one(7, labels)), first);
        decoder.decode(snappy(v2), second);

        assertThat(second.wantedPoints()).isEqualTo(first.wantedPoints()).hasSize(1);
    }

    @Test
    void secondVersion_declaresTypeUnitAndStart() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("kong_bandwidth", "queue_total");
        RemoteWrites.V2 v2 = new RemoteWrites.V2();
        int unit = v2.symbol("bytes");
        byte[] body = v2.series(
                        out -> {
                            sample(3, TIME_MS).accept(out);
                            metadata(out, 1, unit);
                            out.varint(6, TIME_MS - 1000);
                        },
                        "__name__",
                        "kong_bandwidth")
                .series(
                        out -> {
                            sample(9, TIME_MS).accept(out);
                            metadata(out, 2, 0);
                        },
                        "__name__",
                        "queue_total")
                .body();

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(metric(sink, 0).getUnit()).isEqualTo("bytes");
        assertThat(metric(sink, 0).getSum().getDataPoints(0).getStartTimeUnixNano())
                .isEqualTo((TIME_MS - 1000) * 1_000_000);
        assertThat(metric(sink, 1).hasGauge()).isTrue();
    }

    @Test
    void firstVersion_declaresFamiliesBesideTheSeries() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("jobs_done", "in_flight_total");
        byte[] body = v1(out -> {
            series(out, sample(3, TIME_MS), "__name__", "jobs_done");
            series(out, sample(4, TIME_MS), "__name__", "in_flight_total");
            declare(out, 1, "jobs_done");
            declare(out, 2, "in_flight_total");
        });

        decoder.decode(snappy(body), sink);

        assertThat(metric(sink, 0).getSum().getIsMonotonic()).isTrue();
        assertThat(metric(sink, 1).hasGauge()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "kong_http_requests_total, true",
        "kong_bandwidth_bytes, true",
        "kong_nginx_connections_total, false",
        "kong_nginx_requests_total, false",
        "kong_upstream_target_health, false",
        "kong_request_latency_ms_bucket, true",
        "kong_request_latency_ms_sum, true",
        "envoy_cluster_upstream_rq_xx, true",
        "envoy_cluster_upstream_rq, true",
        "envoy_cluster_upstream_rq_total, true",
        "envoy_cluster_upstream_cx_active, false",
        "envoy_cluster_upstream_rq_timeout, true",
        "envoy_cluster_upstream_rq_rx_reset, true",
        "envoy_cluster_upstream_cx_connect_fail, true",
        "envoy_cluster_upstream_rq_retry_success, true",
        "envoy_cluster_upstream_rq_pending_overflow, true",
        "envoy_http_rbac_denied, true",
        "envoy_cluster_upstream_rq_pending_active, false",
        "envoy_cluster_membership_total, false",
        "envoy_cluster_membership_healthy, false",
        "envoy_cluster_circuit_breakers_default_remaining_rq, false",
        "envoy_cluster_circuit_breakers_default_rq_open, false",
        "kong_http_status, true",
        "kong_bandwidth, true",
        "kong_datastore_reachable, false",
        "jobs_timeout, false",
        "process_resident_memory_bytes, false"
    })
    void undeclaredSeries_areReadByTheirNames(String name, boolean counter) throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink(name);

        decoder.decode(snappy(RemoteWrites.one(1, "__name__", name)), sink);

        assertThat(metric(sink, 0).hasSum()).isEqualTo(counter);
        assertThat(metric(sink, 0).hasGauge()).isEqualTo(!counter);
    }

    @Test
    void staleMarker_isNoValue() {
        RecordingSink sink = new RecordingSink("requests_total");
        double stale = Double.longBitsToDouble(NativeHistogram.STALE_NAN);

        assertThat(decoder.decode(snappy(RemoteWrites.one(stale, "__name__", "requests_total")), sink))
                .isEmpty();

        assertThat(sink.wantedPoints()).isEmpty();
        assertThat(sink.points()).isEqualTo(1);
        assertThat(sink.rejected()).isEmpty();
    }

    @Test
    void exemplarWithoutASample_joinsItsTrace() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink();
        byte[] body = v1(out -> series(
                out,
                series -> {
                    int exemplar = series.begin(3);
                    RemoteWrites.label(series, "span_id", "00f067aa0ba902b7");
                    RemoteWrites.label(series, "trace_id", TRACE);
                    RemoteWrites.label(series, "user", "u1");
                    series.doubleValue(2, 0.25);
                    series.varint(3, TIME_MS);
                    series.end(exemplar);
                },
                "__name__",
                "http_request_duration_seconds_bucket",
                "le",
                "0.5"));

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        RecordingSink.Item item = sink.onlyItem();
        assertThat(item.traceHigh()).isEqualTo(0x4bf92f3577b34da6L);
        assertThat(item.traceLow()).isEqualTo(0xa3ce929d0e0e4736L);
        assertThat(item.spanId()).isEqualTo(0x00f067aa0ba902b7L);
        Metric metric = Metric.parseFrom(item.bytes());
        assertThat(metric.getGauge().getDataPoints(0).getAsDouble()).isEqualTo(0.25);
        assertThat(metric.getGauge().getDataPoints(0).getTimeUnixNano()).isEqualTo(TIME_MS * 1_000_000);
    }

    /** Of a Prometheus that is told to keep them with each series. */
    @Test
    void labelsOfTypeAndUnit_declareThem() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("jobs_done", "depth_total", "odd_total");
        byte[] body = v1(out -> {
            series(
                    out,
                    sample(1, TIME_MS),
                    "__name__",
                    "jobs_done",
                    "__type__",
                    "counter",
                    "__unit__",
                    "jobs",
                    "a",
                    "b");
            series(out, sample(2, TIME_MS), "__name__", "depth_total", "__type__", "gauge");
            series(out, sample(3, TIME_MS), "__name__", "odd_total", "__type__", "later");
        });

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(metric(sink, 0).getSum().getIsMonotonic()).isTrue();
        assertThat(metric(sink, 0).getUnit()).isEqualTo("jobs");
        assertThat(attributes(metric(sink, 0).getSum().getDataPoints(0).getAttributesList()))
                .isEqualTo(Map.of("a", "b"));
        assertThat(metric(sink, 1).hasGauge()).isTrue();
        assertThat(metric(sink, 2).hasSum()).as("by its name").isTrue();
    }

    /** What Prometheus was sent as OTLP, and writes on. */
    @Test
    void labelsOfResourceAndScope_becomeTheseAgain() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("x_total");
        byte[] body = v1(out -> {
            String[] labels = {
                "__name__",
                "x_total",
                "job",
                "shop/orders",
                "otel_scope_name",
                "cart",
                "otel_scope_version",
                "1.2",
                "a",
                "b"
            };
            series(out, sample(1, TIME_MS), labels);
            series(out, sample(2, TIME_MS), "__name__", "x_total", "job", "shop/orders", "otel_scope_name", "till");
            series(out, sample(3, TIME_MS), "__name__", "x_total", "job", "a/b/c");
        });

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(resource(sink, 0)).isEqualTo(Map.of("service.namespace", "shop", "service.name", "orders"));
        assertThat(resource(sink, 2)).isEqualTo(Map.of("service.name", "a/b/c"));
        InstrumentationScope scope =
                InstrumentationScope.parseFrom(sink.wantedPoints().get(0).scope());
        assertThat(scope.getName()).isEqualTo("cart");
        assertThat(scope.getVersion()).isEqualTo("1.2");
        assertThat(InstrumentationScope.parseFrom(sink.wantedPoints().get(1).scope())
                        .getName())
                .isEqualTo("till");
        assertThat(attributes(metric(sink, 0).getSum().getDataPoints(0).getAttributesList()))
                .isEqualTo(Map.of("a", "b"));
        assertThat(streams(sink)).doesNotHaveDuplicates();
    }

    @Test
    void badSeries_isRefusedAloneUnderItsNumber() {
        RecordingSink sink = new RecordingSink("good_total");
        byte[] body = v1(out -> {
            series(out, sample(1, TIME_MS), "__name__", "good_total");
            series(out, empty -> {}, "__name__", "says_nothing");
            series(out, sample(1, TIME_MS), "job", "without a name");
            series(out, sample(2, TIME_MS), "__name__", "good_total", "route", "x");
        });

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(sink.wantedPoints()).hasSize(2);
        assertThat(sink.rejected()).singleElement().satisfies(bad -> {
            assertThat(bad.item()).isEqualTo(2);
            assertThat(bad.detail()).contains("a series without a name");
        });
    }

    @Test
    void streams_areTheSameInWhateverOrderTargetsComeAndLabelsStand() {
        RecordingSink one = new RecordingSink("x_total");
        RecordingSink other = new RecordingSink("x_total");

        decoder.decode(
                snappy(v1(out -> {
                    series(out, sample(1, TIME_MS), "__name__", "x_total", "a", "1", "b", "2", "job", "one");
                    series(out, sample(1, TIME_MS), "__name__", "x_total", "a", "1", "job", "two");
                })),
                one);
        decoder.decode(
                snappy(v1(out -> {
                    series(out, sample(1, TIME_MS), "job", "two", "__name__", "x_total", "a", "1");
                    series(out, sample(1, TIME_MS), "b", "2", "a", "1", "job", "one", "__name__", "x_total");
                })),
                other);

        assertThat(streams(other)).containsExactlyInAnyOrderElementsOf(streams(one));
        assertThat(streams(one)).doesNotHaveDuplicates();
    }

    private static List<Long> streams(RecordingSink sink) {
        return sink.wantedPoints().stream().map(RecordingSink.Point::stream).toList();
    }

    private static Map<String, String> resource(RecordingSink sink, int point) throws InvalidProtocolBufferException {
        return attributes(
                Resource.parseFrom(sink.wantedPoints().get(point).resource()).getAttributesList());
    }

    private static void metadata(ProtoWriter out, int type, int unit) {
        int metadata = out.begin(5);
        out.varint(1, type);
        out.varint(4, unit);
        out.end(metadata);
    }

    private static void declare(ProtoWriter out, int type, String family) {
        int metadata = out.begin(3);
        out.varint(1, type);
        out.text(2, family);
        out.end(metadata);
    }

    private static Metric metric(RecordingSink sink, int index) throws InvalidProtocolBufferException {
        ByteString bytes = sink.wantedPoints().get(index).bytes();
        return Metric.parseFrom(bytes);
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> map = new TreeMap<>();
        list.forEach(pair -> map.put(pair.getKey(), pair.getValue().getStringValue()));
        return map;
    }
}
