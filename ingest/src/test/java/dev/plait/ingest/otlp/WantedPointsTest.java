package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.exemplar;
import static dev.plait.ingest.otlp.Samples.histogram;
import static dev.plait.ingest.otlp.Samples.histogramPoint;
import static dev.plait.ingest.otlp.Samples.metrics;
import static dev.plait.ingest.otlp.Samples.number;
import static dev.plait.ingest.otlp.Samples.numberPoint;
import static dev.plait.ingest.otlp.Samples.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.RecordingSink;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WantedPointsTest {
    private static final String LATENCY = "http.server.request.duration";
    private static final String REQUESTS = "requests";

    @Test
    void wantedPoint_isHandedOverAloneWithoutExemplars() throws InvalidProtocolBufferException {
        Metric metric = histogram(
                histogramPoint().addExemplars(exemplar()).build(),
                histogramPoint().setCount(9).build());

        RecordingSink sink = decoded(metrics(metric), LATENCY);

        assertThat(sink.wantedPoints()).hasSize(2);
        assertThat(Metric.parseFrom(sink.wantedPoints().get(0).bytes()))
                .isEqualTo(histogram(histogramPoint().build()));
        assertThat(Metric.parseFrom(sink.wantedPoints().get(1).bytes()))
                .isEqualTo(histogram(histogramPoint().setCount(9).build()));
        assertThat(sink.wantedPoints().get(0).resource())
                .isEqualTo(Samples.resource("cart").toByteString());
        assertThat(sink.items()).hasSize(1);
        assertThat(sink.points()).isEqualTo(1);
    }

    @Test
    void unwantedPoint_isNotHandedOver() {
        assertThat(decoded(Samples.richMetrics(), "http.server.request.duratio").wantedPoints())
                .isEmpty();
        assertThat(decoded(Samples.richMetrics()).wantedPoints()).isEmpty();
    }

    @Test
    void sum_keepsTemporalityAndMonotonicity() throws InvalidProtocolBufferException {
        Metric metric = sum(numberPoint().build());

        RecordingSink sink = decoded(metrics(metric), REQUESTS);

        assertThat(Metric.parseFrom(sink.wantedPoints().get(0).bytes())).isEqualTo(metric);
    }

    @Test
    void temporalityBehindThePointsAndInAnotherPart_isKept() throws InvalidProtocolBufferException {
        ByteString parts = sum(numberPoint().build()).toByteString();
        ByteString more = Metric.newBuilder()
                .setSum(Sum.newBuilder().setAggregationTemporalityValue(1))
                .build()
                .toByteString();

        RecordingSink sink = decoded(request(parts.concat(more)), REQUESTS);

        assertThat(Metric.parseFrom(sink.wantedPoints().get(0).bytes()).getSum().getAggregationTemporalityValue())
                .isEqualTo(1);
    }

    @Test
    void pointWithoutRecordedValueOrSummaryOrBad_isNotHandedOver() {
        Metric stale = sum(numberPoint().clearValue().setFlags(1).build());
        Metric staleWithValue = sum(numberPoint().setFlags(3).build());
        Metric bad = sum(numberPoint().clearValue().build());
        Metric summary = Metric.newBuilder()
                .setName(REQUESTS)
                .setSummary(Summary.newBuilder().addDataPoints(SummaryDataPoint.newBuilder()))
                .build();

        RecordingSink sink = decoded(metrics(stale, staleWithValue, bad, summary), REQUESTS);

        assertThat(sink.wantedPoints()).isEmpty();
        assertThat(sink.points()).isEqualTo(3);
        assertThat(sink.rejected()).hasSize(1);
    }

    @Test
    void pointTooLargeToBeACounter_isNormalised() {
        Metric large = sum(
                numberPoint().addAttributes(text("path", "x".repeat(70_000))).build(),
                numberPoint().build());

        RecordingSink sink = decoded(metrics(large), REQUESTS);

        assertThat(sink.wantedPoints()).hasSize(1);
        assertThat(sink.points()).isEqualTo(2);
        assertThat(sink.normalised()).containsEntry("oversized_point", 1);
    }

    @Test
    void json_givesTheSameStreams() {
        ExportMetricsServiceRequest request =
                metrics(sum(numberPoint().build()), histogram(histogramPoint().build()), exponential());
        RecordingSink json = new RecordingSink(REQUESTS, LATENCY);

        OtlpDecoder.metrics().decode(OtlpJson.of(request).getBytes(UTF_8), json);

        RecordingSink protobuf = decoded(request, REQUESTS, LATENCY);
        assertThat(json.wantedPoints()).hasSize(3);
        assertThat(json.wantedPoints())
                .extracting(RecordingSink.Point::stream)
                .containsExactlyElementsOf(protobuf.wantedPoints().stream()
                        .map(RecordingSink.Point::stream)
                        .toList());
        assertThat(json.wantedPoints())
                .extracting(point -> parsed(point.bytes()))
                .containsExactlyElementsOf(protobuf.wantedPoints().stream()
                        .map(point -> parsed(point.bytes()))
                        .toList());
    }

    @Property(tries = 200)
    void stream_doesNotDependOnOrderValuesOrTimes(@ForAll long seed) {
        Random random = new Random(seed);
        List<KeyValue> resource = attributes(random);
        List<KeyValue> point = attributes(random);
        RecordingSink.Point first = only(request(resource, point, UnaryOperator.identity()));
        Collections.shuffle(resource, random);
        Collections.shuffle(point, random);

        RecordingSink.Point again = only(request(
                resource,
                point,
                number -> number.setTimeUnixNano(random.nextLong())
                        .setStartTimeUnixNano(random.nextLong())
                        .setAsDouble(random.nextDouble())
                        .addExemplars(exemplar())));

        assertThat(again.stream()).isEqualTo(first.stream());
        assertThat(again.family()).isEqualTo(first.family());
    }

    @Test
    void streams_thatDifferInAnyPartOfTheirIdentity_areApart() {
        Metric metric = sum(numberPoint().build());
        List<Metric> others = List.of(
                metric.toBuilder().setUnit("s").build(),
                metric.toBuilder()
                        .setSum(metric.getSum().toBuilder().setIsMonotonic(false))
                        .build(),
                metric.toBuilder()
                        .setSum(metric.getSum().toBuilder().setAggregationTemporalityValue(1))
                        .build(),
                metric.toBuilder().setName("errors").build());
        Set<Long> families = new HashSet<>();
        Set<Long> streams = new HashSet<>();

        List<ExportMetricsServiceRequest> all = new ArrayList<>();
        all.add(metrics(metric));
        others.forEach(other -> all.add(metrics(other)));
        all.add(withResource(metric, text("service.name", "orders")));
        all.add(withResource(metric, number("service.name", 7)));
        all.add(withoutScope(metric));
        for (ExportMetricsServiceRequest request : all) {
            RecordingSink.Point point = only(request);
            families.add(point.family());
            streams.add(point.stream());
        }

        assertThat(families).hasSize(all.size());
        assertThat(streams).hasSize(all.size());
    }

    @Test
    void streamsOfOneMetric_shareTheirFamily() {
        Metric metric = sum(
                numberPoint().build(),
                numberPoint().addAttributes(text("code", "500")).build(),
                numberPoint().clearAttributes().build());

        List<RecordingSink.Point> points = decoded(metrics(metric), REQUESTS).wantedPoints();

        assertThat(points)
                .extracting(RecordingSink.Point::family)
                .containsOnly(points.get(0).family());
        assertThat(points).extracting(RecordingSink.Point::stream).doesNotHaveDuplicates();
    }

    /** Bytes changed at random are refused or handed over, but nothing else happens; and what is handed over is a metric. */
    @Property(tries = 500)
    void hostileBytes_giveMetricsOrNothing(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = metrics(
                        sum(numberPoint().addExemplars(exemplar()).build()),
                        histogram(histogramPoint().addExemplars(exemplar()).build()),
                        exponential())
                .toByteArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        RecordingSink sink = new RecordingSink(REQUESTS, LATENCY);

        OtlpDecoder.metrics().decode(bytes, sink);

        for (RecordingSink.Point point : sink.wantedPoints()) {
            assertThat(parsed(point.bytes()).getName()).isIn(REQUESTS, LATENCY);
            assertThat(point.stream()).isNotZero();
            assertThat(point.family()).isNotZero();
        }
    }

    private static RecordingSink decoded(ExportMetricsServiceRequest request, String... wanted) {
        return decoded(request.toByteArray(), wanted);
    }

    private static RecordingSink decoded(byte[] request, String... wanted) {
        RecordingSink sink = new RecordingSink(wanted);
        assertThat(OtlpDecoder.metrics().decode(request, sink)).isEmpty();
        return sink;
    }

    private static RecordingSink.Point only(ExportMetricsServiceRequest request) {
        List<RecordingSink.Point> points = decoded(request, REQUESTS, "errors").wantedPoints();
        assertThat(points).hasSize(1);
        return points.get(0);
    }

    private static Metric sum(NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName(REQUESTS)
                .setUnit("1")
                .setSum(Sum.newBuilder()
                        .setAggregationTemporalityValue(2)
                        .setIsMonotonic(true)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    private static Metric exponential() {
        return Metric.newBuilder()
                .setName(LATENCY)
                .setUnit("s")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporalityValue(2)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setScale(-3)
                                .setZeroCount(4)
                                .addAttributes(text("http.route", "/cart"))
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(-2)
                                        .addAllBucketCounts(List.of(1L, 2L, 300L)))))
                .build();
    }

    private static List<KeyValue> attributes(Random random) {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            attributes.add(random.nextBoolean() ? text("k" + i, "v" + random.nextInt(3)) : number("k" + i, i));
        }
        return attributes;
    }

    private static ExportMetricsServiceRequest request(
            List<KeyValue> resource, List<KeyValue> attributes, UnaryOperator<NumberDataPoint.Builder> change) {
        NumberDataPoint.Builder point = numberPoint().clearAttributes().addAllAttributes(attributes);
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAllAttributes(resource)
                                .setDroppedAttributesCount(resource.size()))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(sum(change.apply(point).build()))))
                .build();
    }

    private static ExportMetricsServiceRequest withResource(Metric metric, KeyValue attribute) {
        ExportMetricsServiceRequest.Builder request = metrics(metric).toBuilder();
        request.getResourceMetricsBuilder(0).setResource(Resource.newBuilder().addAttributes(attribute));
        return request.build();
    }

    private static ExportMetricsServiceRequest withoutScope(Metric metric) {
        ExportMetricsServiceRequest.Builder request = metrics(metric).toBuilder();
        request.getResourceMetricsBuilder(0).getScopeMetricsBuilder(0).clearScope();
        return request.build();
    }

    private static byte[] request(ByteString metric) {
        ByteString bytes = metric;
        for (int field : List.of(2, 2, 1)) {
            ProtoWriter writer = new ProtoWriter();
            writer.bytes(field, bytes.toByteArray(), 0, bytes.size());
            bytes = ByteString.copyFrom(writer.toByteArray());
        }
        return bytes.toByteArray();
    }

    private static Metric parsed(ByteString bytes) {
        try {
            return Metric.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
