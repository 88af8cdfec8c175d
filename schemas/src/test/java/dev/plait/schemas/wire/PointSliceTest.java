package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import dev.plait.schemas.model.Source;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PointSliceTest {
    private static final KeyValue CODE = KeyValue.newBuilder()
            .setKey("code")
            .setValue(AnyValue.newBuilder().setStringValue("500"))
            .build();

    private final SliceReader reader = new SliceReader();

    @Property(tries = 200)
    void numberPoint_isWhatTheGeneratedClassesRead(@ForAll long seed) {
        Random random = new Random(seed);
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(random.nextLong())
                .setTimeUnixNano(random.nextLong())
                .addAttributes(CODE);
        PointValue value;
        if (random.nextBoolean()) {
            point.setAsInt(random.nextLong());
            value = new PointValue.Whole(point.getAsInt());
        } else {
            point.setAsDouble(random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian());
            value = new PointValue.Real(point.getAsDouble());
        }
        boolean gauge = random.nextBoolean();
        Metric metric = gauge
                ? named().setGauge(Gauge.newBuilder().addDataPoints(point)).build()
                : named().setSum(Sum.newBuilder()
                                .addDataPoints(point)
                                .setIsMonotonic(true)
                                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE))
                        .build();

        ReceivedPoint read = reader.point(frame(metric.toByteArray()), 0);

        assertThat(read.metric()).isEqualTo("requests");
        assertThat(read.unit()).isEqualTo("s");
        assertThat(read.kind()).isEqualTo(gauge ? Kind.GAUGE : Kind.SUM);
        assertThat(read.temporality()).isEqualTo(gauge ? Temporality.UNSPECIFIED : Temporality.CUMULATIVE);
        assertThat(read.monotonic()).isEqualTo(!gauge);
        assertThat(read.startEpochNanos()).isEqualTo(point.getStartTimeUnixNano());
        assertThat(read.timeEpochNanos()).isEqualTo(point.getTimeUnixNano());
        assertThat(read.value()).isEqualTo(value);
        assertThat(read.attributes()).containsExactly(Map.entry("code", "500"));
        assertThat(read.origin().tags()).containsEntry("region", "eu");
    }

    @Property(tries = 200)
    void histogram_isWhatTheGeneratedClassesRead(@ForAll long seed) {
        Random random = new Random(seed);
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(7)
                .setCount(random.nextLong())
                .setSum(random.nextGaussian())
                .addAttributes(CODE)
                .addAllBucketCounts(counts(random));
        for (int i = random.nextInt(6); i > 0; i--) {
            point.addExplicitBounds(random.nextGaussian());
        }
        Metric metric = named().setHistogram(Histogram.newBuilder()
                        .addDataPoints(point)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA))
                .build();

        ReceivedPoint read = reader.point(frame(metric.toByteArray()), 0);

        assertThat(read.kind()).isEqualTo(Kind.HISTOGRAM);
        assertThat(read.temporality()).isEqualTo(Temporality.DELTA);
        assertThat(read.attributes()).containsExactly(Map.entry("code", "500"));
        assertThat(read.value())
                .isEqualTo(new PointValue.Histogram(
                        point.getCount(), point.getSum(), point.getExplicitBoundsList(), point.getBucketCountsList()));
    }

    @Property(tries = 200)
    void exponentialHistogram_isWhatTheGeneratedClassesRead(@ForAll long seed) {
        Random random = new Random(seed);
        ExponentialHistogramDataPoint point = ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(7)
                .setCount(random.nextLong())
                .setSum(random.nextGaussian())
                .setScale(random.nextInt())
                .setZeroCount(random.nextLong())
                .setZeroThreshold(random.nextDouble())
                .setPositive(Buckets.newBuilder().setOffset(random.nextInt()).addAllBucketCounts(counts(random)))
                .setNegative(Buckets.newBuilder().setOffset(random.nextInt()).addAllBucketCounts(counts(random)))
                .addAttributes(CODE)
                .build();
        Metric metric = named().setExponentialHistogram(
                        ExponentialHistogram.newBuilder().addDataPoints(point))
                .build();

        ReceivedPoint read = reader.point(frame(metric.toByteArray()), 0);

        assertThat(read.temporality()).isEqualTo(Temporality.UNSPECIFIED);
        assertThat(read.attributes()).containsExactly(Map.entry("code", "500"));
        assertThat(read.value())
                .isEqualTo(new PointValue.ExponentialHistogram(
                        point.getCount(),
                        point.getSum(),
                        point.getScale(),
                        point.getZeroCount(),
                        point.getZeroThreshold(),
                        buckets(point.getPositive()),
                        buckets(point.getNegative())));
    }

    @Test
    void counts_oneByOneAndPackedAndInTwoMessages_areOneList() {
        ProtoWriter out = new ProtoWriter();
        int histogram = out.begin(10);
        int point = out.begin(1);
        int first = out.begin(8);
        out.varint(2, 1);
        out.bytes(2, new byte[] {2, 3}, 0, 2);
        out.varint(1, 9);
        out.end(first);
        int second = out.begin(8);
        out.varint(2, 4);
        out.end(second);
        out.end(point);
        out.end(histogram);

        ReceivedPoint read = reader.point(frame(out.toByteArray()), 0);

        assertThat(((PointValue.ExponentialHistogram) read.value()).positive())
                .isEqualTo(new PointValue.Buckets(-5, List.of(1L, 2L, 3L, 4L)));
    }

    /** A point that is cut anywhere is read as far as it goes, and one without bytes as no number. */
    @Test
    void point_thatBreaksOff_isStillOne() {
        byte[] whole = named().setHistogram(Histogram.newBuilder()
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .addAllBucketCounts(List.of(1L, 2L))
                                .addExplicitBounds(0.5)))
                .build()
                .toByteArray();

        for (int length = 0; length < whole.length; length++) {
            ReceivedPoint read = reader.point(frame(Arrays.copyOf(whole, length)), 0);
            assertThat(read.metric()).isIn("", "requests");
        }

        assertThat(reader.point(frame(new byte[0]), 0).kind()).isEqualTo(Kind.GAUGE);
        assertThat(reader.point(frame(new byte[0]), 0).value()).isEqualTo(new PointValue.Real(Double.NaN));
    }

    private static Metric.Builder named() {
        return Metric.newBuilder().setName("requests").setUnit("s").setDescription("of all");
    }

    private static List<Long> counts(Random random) {
        List<Long> counts = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            counts.add(random.nextLong());
        }
        return counts;
    }

    private static PointValue.Buckets buckets(Buckets of) {
        return new PointValue.Buckets(of.getOffset(), of.getBucketCountsList());
    }

    private static Frame frame(byte[] item) {
        FrameSet set = new FrameSet(1);
        set.start(Source.OTLP, Map.of("region", "eu"));
        int flags = ItemFlags.EXEMPLAR | ItemFlags.POINT;
        set.add(0, 1, 2, 0, 0, flags, FrameSet.NONE, FrameSet.NONE, item, 0, item.length);
        AtomicReference<byte[]> bytes = new AtomicReference<>();
        set.drain(0, 0, 0, (partition, frame) -> bytes.set(frame));
        assertThat(ItemFlags.has(Frame.of(bytes.get()).flags(0), ItemFlags.POINT))
                .isTrue();
        return Frame.of(bytes.get());
    }
}
