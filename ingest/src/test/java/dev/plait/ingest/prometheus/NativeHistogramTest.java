package dev.plait.ingest.prometheus;

import static dev.plait.ingest.prometheus.RemoteWrites.TIME_MS;
import static dev.plait.ingest.prometheus.RemoteWrites.sample;
import static dev.plait.ingest.prometheus.RemoteWrites.series;
import static dev.plait.ingest.prometheus.RemoteWrites.snappy;
import static dev.plait.ingest.prometheus.RemoteWrites.v1;
import static dev.plait.ingest.prometheus.RemoteWrites.zigzag;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.Rejected;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Native histograms of remote write, as their series carry them. */
class NativeHistogramTest {
    private final RemoteWriteDecoder decoder = new RemoteWriteDecoder();

    @Test
    void nativeHistogram_keepsEachBucketWhereItIs() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("latency");
        Consumer<ProtoWriter> histogram = out -> {
            int h = out.begin(4);
            out.varint(1, 12); // count
            out.doubleValue(3, 18.4);
            out.varint(4, zigzag(1)); // schema: base is the square root of two
            out.doubleValue(5, 0.001);
            out.varint(6, 2); // zero count
            span(out, 11, 0, 2);
            span(out, 11, 1, 2);
            for (long delta : new long[] {1, 1, -1, 3}) { // 1 2 gap 1 4
                out.varint(12, zigzag(delta));
            }
            span(out, 8, -3, 1);
            out.varint(9, zigzag(2));
            out.varint(15, TIME_MS);
            out.end(h);
        };

        assertThat(decoder.decode(snappy(v1(out -> series(out, histogram, "__name__", "latency"))), sink))
                .isEmpty();

        ExponentialHistogramDataPoint point =
                metric(sink, 0).getExponentialHistogram().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(12);
        assertThat(point.getSum()).isEqualTo(18.4);
        assertThat(point.getScale()).isEqualTo(1);
        assertThat(point.getZeroCount()).isEqualTo(2);
        assertThat(point.getZeroThreshold()).isEqualTo(0.001);
        assertThat(point.getPositive().getOffset()).isEqualTo(-1);
        assertThat(point.getPositive().getBucketCountsList()).containsExactly(1L, 2L, 0L, 1L, 4L);
        assertThat(point.getNegative().getOffset()).isEqualTo(-4);
        assertThat(point.getNegative().getBucketCountsList()).containsExactly(2L);
    }

    @Test
    void histogramWithItsOwnBounds_becomesAnExplicitOne() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("latency");
        Consumer<ProtoWriter> histogram = out -> {
            int h = out.begin(4);
            out.varint(1, 6);
            out.doubleValue(3, 2.5);
            out.varint(4, zigzag(NativeHistogram.CUSTOM_BOUNDS));
            span(out, 11, 1, 2); // the second and the third bucket
            out.varint(12, zigzag(2));
            out.varint(12, zigzag(2));
            out.varint(15, TIME_MS);
            out.doubleValue(16, 0.1);
            out.doubleValue(16, 0.5);
            out.end(h);
        };

        decoder.decode(snappy(v1(out -> series(out, histogram, "__name__", "latency"))), sink);

        assertThat(metric(sink, 0).getHistogram().getDataPoints(0).getBucketCountsList())
                .containsExactly(0L, 2L, 4L);
        assertThat(metric(sink, 0).getHistogram().getDataPoints(0).getExplicitBoundsList())
                .containsExactly(0.1, 0.5);
    }

    /** As Prometheus' own tests have it, and a target that is updated from classic to native histograms between two scrapes. */
    @Test
    void seriesOfSeveralKinds_isAMetricOfEach() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("latency");
        byte[] body = v1(out -> {
            series(
                    out,
                    in -> {
                        sample(7, TIME_MS).accept(in);
                        exemplar(in);
                        simpleHistogram(in, 0, 3);
                        simpleHistogram(in, NativeHistogram.CUSTOM_BOUNDS, 4);
                        simpleHistogram(in, 0, 5);
                    },
                    "__name__",
                    "latency");
            series(out, sample(1, TIME_MS), "job", "without a name");
            series(out, in -> simpleHistogram(in, 0, 6), "__name__", "latency", "route", "x");
        });

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(metric(sink, 0).getGauge().getDataPoints(0).getAsDouble()).isEqualTo(7);
        assertThat(metric(sink, 1).getExponentialHistogram().getDataPoints(0).getCount())
                .isEqualTo(3);
        assertThat(metric(sink, 2).getExponentialHistogram().getDataPoints(0).getCount())
                .isEqualTo(5);
        assertThat(metric(sink, 3).getExponentialHistogram().getDataPoints(0).getCount())
                .isEqualTo(6);
        assertThat(metric(sink, 4).getHistogram().getDataPoints(0).getCount()).isEqualTo(4);
        assertThat(sink.onlyItem().traceHigh()).as("its exemplar, once").isEqualTo(0x4bf92f3577b34da6L);
        assertThat(sink.rejected()).extracting(Rejected::item).containsExactly(1);
    }

    @Test
    void exemplarOfHistograms_isWithTheLast() {
        RecordingSink sink = new RecordingSink();
        byte[] body = v1(out -> series(
                out,
                in -> {
                    exemplar(in);
                    simpleHistogram(in, NativeHistogram.CUSTOM_BOUNDS, 3);
                    simpleHistogram(in, 0, 4);
                },
                "__name__",
                "latency"));

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(sink.onlyItem().spanId()).isEqualTo(0x00f067aa0ba902b7L);
    }

    /** By the hint of each, or by the type declared: it counts nothing, and is looked at no more than other gauges are. */
    @Test
    void gaugeHistograms_areGaugesWithoutAValue() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink("latency");
        byte[] declared = v1(out ->
                series(out, in -> simpleHistogram(in, 0, 3), "__name__", "latency", "__type__", "gaugehistogram"));
        byte[] hinted = v1(out -> {
            series(
                    out,
                    in -> {
                        exemplar(in);
                        int h = in.begin(4);
                        in.varint(1, 3);
                        in.varint(14, 3);
                        in.varint(15, TIME_MS);
                        in.end(h);
                    },
                    "__name__",
                    "backlog");
            series(out, in -> simpleHistogram(in, 0, 6), "__name__", "latency");
        });

        assertThat(decoder.decode(snappy(declared), sink)).isEmpty();
        assertThat(sink.points()).isEqualTo(1);
        assertThat(decoder.decode(snappy(hinted), sink)).isEmpty();

        assertThat(sink.rejected()).isEmpty();
        assertThat(sink.wantedPoints()).hasSize(1);
        assertThat(metric(sink, 0).getExponentialHistogram().getDataPoints(0).getCount())
                .isEqualTo(6);
        assertThat(sink.onlyItem().spanId()).isEqualTo(0x00f067aa0ba902b7L);
    }

    private static void exemplar(ProtoWriter series) {
        int exemplar = series.begin(3);
        RemoteWrites.label(series, "span_id", "00f067aa0ba902b7");
        RemoteWrites.label(series, "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        series.doubleValue(2, 0.25);
        series.varint(3, TIME_MS);
        series.end(exemplar);
    }

    /** All that was counted lies in one bucket. */
    private static void simpleHistogram(ProtoWriter out, int schema, int count) {
        int h = out.begin(4);
        out.varint(1, count);
        out.doubleValue(3, 2.5);
        out.varint(4, zigzag(schema));
        span(out, 11, 0, 1);
        out.varint(12, zigzag(count));
        out.varint(15, TIME_MS);
        out.end(h);
    }

    private static void span(ProtoWriter out, int field, int offset, int length) {
        int span = out.begin(field);
        out.varint(1, zigzag(offset));
        out.varint(2, length);
        out.end(span);
    }

    private static Metric metric(RecordingSink sink, int index) throws InvalidProtocolBufferException {
        return Metric.parseFrom(sink.wantedPoints().get(index).bytes());
    }
}
