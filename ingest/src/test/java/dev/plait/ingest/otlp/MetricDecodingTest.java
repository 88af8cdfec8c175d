package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.exemplar;
import static dev.plait.ingest.otlp.Samples.gauge;
import static dev.plait.ingest.otlp.Samples.histogram;
import static dev.plait.ingest.otlp.Samples.histogramPoint;
import static dev.plait.ingest.otlp.Samples.metrics;
import static dev.plait.ingest.otlp.Samples.numberPoint;
import static dev.plait.ingest.otlp.Samples.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.plait.ingest.RecordingSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetricDecodingTest {
    @Test
    void exemplar_becomesAMetricOfOnePoint() throws InvalidProtocolBufferException {
        Exemplar exemplar = exemplar().build();
        byte[] value = metrics(histogram(histogramPoint().addExemplars(exemplar).build()))
                .toByteArray();
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.metrics().decode(value, sink);

        RecordingSink.Item item = sink.onlyItem();
        assertThat(item.traceLow()).isEqualTo(Samples.LOW);
        assertThat(item.spanId()).isEqualTo(Samples.SPAN);
        assertThat(item.flags()).isEqualTo(ItemFlags.EXEMPLAR);
        Metric metric = Metric.parseFrom(item.bytes());
        assertThat(metric.getName()).isEqualTo("http.server.request.duration");
        assertThat(metric.getUnit()).isEqualTo("s");
        NumberDataPoint point = metric.getGauge().getDataPoints(0);
        assertThat(point.getAttributesList()).containsExactly(Samples.text("http.route", "/cart"));
        assertThat(point.getAsDouble()).isEqualTo(0.25);
        assertThat(point.getTimeUnixNano()).isEqualTo(Samples.START);
        assertThat(point.getExemplarsList()).containsExactly(exemplar);
        assertThat(sink.points()).isZero();
    }

    /** A cumulative histogram is exported again and again, and its exemplars with it. */
    @Test
    void exemplarSentAgainWithMoreCounts_hasTheSameHash() {
        HistogramDataPoint first = histogramPoint().addExemplars(exemplar()).build();
        HistogramDataPoint again = first.toBuilder()
                .setCount(9)
                .setBucketCounts(0, 7)
                .setTimeUnixNano(Samples.START + 1)
                .build();
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.metrics().decode(metrics(histogram(first, again)).toByteArray(), sink);

        assertThat(sink.items()).hasSize(2);
        assertThat(sink.items().get(0).parentOrHash())
                .isEqualTo(sink.items().get(1).parentOrHash());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"points", "exemplars", "signals"})
    void metrics_areJudged(String row, byte[] value, String verdict) {
        assertThat(Verdict.of(OtlpDecoder.metrics(), value)).isEqualTo(verdict);
    }

    static Stream<Arguments> points() {
        HistogramDataPoint.Builder bare = histogramPoint().clearBucketCounts();
        Metric summary = metricOf(m -> m.getSummaryBuilder().addDataPoints(SummaryDataPoint.newBuilder()));
        return Stream.of(
                arguments(
                        "gauges", of(gauge(numberPoint().build(), numberPoint().build())), "A points=2"),
                arguments("sum", of(metricOf(m -> m.getSumBuilder().addDataPoints(numberPoint()))), "A points=1"),
                arguments("summary", of(summary), "A points=1"),
                arguments("no value", of(gauge(numberPoint().clearValue().build())), "A BAD_METRIC@0"),
                arguments(
                        "no recorded value",
                        of(gauge(numberPoint().clearValue().setFlags(1).build())),
                        "A points=1"),
                arguments(
                        "no points of any kind",
                        of(Metric.newBuilder().setName("x").build()),
                        "A BAD_METRIC@0"),
                arguments("histogram", of(histogram(histogramPoint().build())), "A points=1"),
                arguments("4.1/15 counts and bounds, each a field", of(unpacked()), "A points=1"),
                arguments(
                        "4.1/41 no buckets",
                        of(histogram(bare.clearExplicitBounds().build())),
                        "A points=1"),
                arguments("4.1/41 bounds descend", bounds(0.5, 0.1), "A BAD_METRIC@0"),
                arguments("4.1/41 bounds equal", bounds(0.5, 0.5), "A BAD_METRIC@0"),
                arguments("4.1/41 bound is NaN", bounds(0.5, Double.NaN), "A BAD_METRIC@0"),
                arguments(
                        "4.1/41 a count missing, the other point good",
                        of(
                                gauge(numberPoint().build()),
                                histogram(
                                        histogramPoint().addExplicitBounds(9).build(),
                                        histogramPoint().build())),
                        "A points=2 BAD_METRIC@1"),
                arguments("4.1/41 scale 20", scale(20), "A points=1"),
                arguments("4.1/41 scale -11", scale(-11), "A points=1"),
                arguments("4.1/41 scale 127 and no name", of(unnamed()), "A BAD_METRIC@0"),
                arguments("4.1/41 scale 127", scale(127), "A BAD_METRIC@0"),
                arguments("4.1/41 scale -127", scale(-127), "A BAD_METRIC@0"),
                arguments("the last kind counts", lastKind(), "A points=1"),
                arguments("name not UTF-8", of(notUtf8()), "A BAD_UTF8@0"));
    }

    static Stream<Arguments> exemplars() {
        return Stream.of(
                arguments("no trace ID", with(exemplar().clearTraceId()), "A points=1"),
                arguments("4.1/20 zero trace ID", with(exemplar().setTraceId(traceId(0, 0))), "A points=1 BAD_ID@0"),
                arguments(
                        "4.1/19 short trace ID", with(exemplar().setTraceId(Samples.spanId(1))), "A points=1 BAD_ID@0"),
                arguments("no span ID", with(exemplar().clearSpanId()), "A items=1"),
                arguments("no value", with(exemplar().clearValue()), "A points=1 BAD_METRIC@0"),
                arguments(
                        "two, one of them good",
                        with(exemplar(), exemplar().setTraceId(traceId(1, 0))),
                        "A items=1 BAD_ID@0"));
    }

    static Stream<Arguments> signals() {
        return Stream.of(
                arguments("spans", Samples.richTraces().toByteArray(), "D WRONG_SIGNAL"),
                arguments("logs", Samples.logs(Samples.log().build()).toByteArray(), "D WRONG_SIGNAL"));
    }

    private static byte[] with(Exemplar.Builder... exemplars) {
        HistogramDataPoint.Builder point = histogramPoint();
        Stream.of(exemplars).forEach(point::addExemplars);
        return of(histogram(point.build()));
    }

    private static byte[] bounds(double... bounds) {
        HistogramDataPoint.Builder point = histogramPoint().clearExplicitBounds();
        for (double bound : bounds) {
            point.addExplicitBounds(bound);
        }
        return of(histogram(point.build()));
    }

    private static byte[] scale(int scale) {
        ExponentialHistogramDataPoint point =
                ExponentialHistogramDataPoint.newBuilder().setScale(scale).build();
        return of(metricOf(m -> m.getExponentialHistogramBuilder().addDataPoints(point)));
    }

    /** Reads as a log record with a strange span ID. */
    private static Metric unnamed() {
        return Metric.newBuilder()
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .addDataPoints(
                                ExponentialHistogramDataPoint.newBuilder().setScale(127)))
                .build();
    }

    /** A gauge of two points, then a sum of one: protobuf's oneof forgets the gauge. */
    private static byte[] lastKind() {
        ByteString both = gauge(numberPoint().build(), numberPoint().build())
                .toByteString()
                .concat(metricOf(m -> m.getSumBuilder().addDataPoints(numberPoint()))
                        .toByteString());
        return of(both);
    }

    /** Repeated scalars as proto2 writes them, and old writers of proto3. */
    private static Metric unpacked() {
        UnknownFieldSet.Field counts = UnknownFieldSet.Field.newBuilder()
                .addFixed64(1)
                .addFixed64(1)
                .addFixed64(1)
                .build();
        UnknownFieldSet.Field bounds = UnknownFieldSet.Field.newBuilder()
                .addFixed64(Double.doubleToLongBits(0.1))
                .addFixed64(Double.doubleToLongBits(0.5))
                .build();
        return histogram(histogramPoint()
                .clearBucketCounts()
                .clearExplicitBounds()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(6, counts)
                        .addField(7, bounds)
                        .build())
                .build());
    }

    private static ByteString notUtf8() {
        return gauge(numberPoint().build()).toByteString().concat(ByteString.copyFrom(new byte[] {0x0a, 1, (byte) 0xff
        }));
    }

    private static Metric metricOf(Consumer<Metric.Builder> content) {
        Metric.Builder metric = Metric.newBuilder().setName("m");
        content.accept(metric);
        return metric.build();
    }

    private static byte[] of(Metric... all) {
        return metrics(all).toByteArray();
    }

    private static byte[] of(ByteString metric) {
        ByteString bytes = metric;
        for (int field : List.of(2, 2, 1)) {
            ProtoWriter writer = new ProtoWriter();
            writer.bytes(field, bytes.toByteArray(), 0, bytes.size());
            bytes = ByteString.copyFrom(writer.toByteArray());
        }
        return bytes.toByteArray();
    }
}
