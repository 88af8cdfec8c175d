package dev.plait.correlator.red;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.schemas.model.Latency;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencySketchTest {
    @Property(tries = 2_000)
    void bin_isTheOtlpBucketOfItsValue(@ForAll @LongRange(min = 1) long value) {
        assertInBucket(value, SketchBins.of(value));
    }

    /** Every bound within the range: the value below it, the nearest to it and the one above. */
    @Test
    void bin_isExactAtEveryBound() {
        for (int index = 0; index <= SketchBins.LAST; index++) {
            long bound = Math.round(Math.pow(2, index / 32.0));
            for (long value = Math.max(1, bound - 1); value <= bound + 1 && value > 0; value++) {
                assertInBucket(value, SketchBins.of(value));
            }
        }
    }

    @Test
    void bin_ofAPowerOfTheBaseIsTheBucketThatEndsThere() {
        for (int exponent = 0; exponent < 63; exponent++) {
            assertThat(SketchBins.of(1L << exponent)).isEqualTo(32 * exponent - 1);
        }
        assertThat(SketchBins.of(Long.MAX_VALUE)).isEqualTo(SketchBins.LAST).isEqualTo(2_015);
    }

    @Property
    void quantiles_areWithinAPercentOfTheExactOnes(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0) Long> values) {
        Latency latency = of(values).latency();

        List<Long> sorted = values.stream().sorted().toList();
        assertNear(latency.p50Nanos(), sorted, 50);
        assertNear(latency.p90Nanos(), sorted, 90);
        assertNear(latency.p95Nanos(), sorted, 95);
        assertNear(latency.p99Nanos(), sorted, 99);
        assertThat(latency.minNanos()).isEqualTo(sorted.get(0));
        assertThat(latency.maxNanos()).isEqualTo(sorted.get(sorted.size() - 1));
        BigInteger sum = values.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(BigInteger.valueOf(latency.sumNanos())).isEqualTo(sum.min(BigInteger.valueOf(Long.MAX_VALUE)));
    }

    @Property
    void buckets_countEveryValueWhereItBelongs(@ForAll @Size(max = 200) List<@LongRange(min = 0) Long> values) {
        Latency latency = of(values).latency();

        long[] counts = new long[latency.bucketCounts().size()];
        long zeros = 0;
        for (long value : values) {
            if (value == 0) {
                zeros++;
            } else {
                counts[SketchBins.of(value) - latency.offset()]++;
            }
        }
        assertThat(latency.bucketCounts())
                .containsExactly(Arrays.stream(counts).boxed().toArray(Long[]::new));
        assertThat(latency.zeroCount()).isEqualTo(zeros);
        assertThat(latency.count()).isEqualTo(values.size());
    }

    @Property
    void merging_inAnyOrderAndGroupingGivesTheSameBytes(
            @ForAll @Size(max = 200) List<@LongRange(min = 0) Long> values, @ForAll long seed) {
        Random random = new Random(seed);
        List<LatencySketch> parts = new ArrayList<>();
        List<Long> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
            parts.add(copy(of(shuffled.subList(from, to))));
            from = to;
        }
        while (parts.size() > 1) {
            LatencySketch one = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(one);
        }

        LatencySketch merged = parts.isEmpty() ? new LatencySketch() : parts.get(0);

        assertThat(bytes(merged)).isEqualTo(bytes(of(values)));
        assertThat(merged.latency()).isEqualTo(of(values).latency());
    }

    @Test
    void emptySketch_isAllZero() {
        Latency latency = copy(new LatencySketch()).latency();

        assertThat(latency).isEqualTo(new Latency(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void everyTruncation_isTold() {
        byte[] whole = bytes(of(List.of(0L, 5L, 1_000_000L, Long.MAX_VALUE)));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LatencySketch.read(new PackedReader(cut)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** In (2^(i/32), 2^((i+1)/32)], by comparing 32nd powers of whole numbers. */
    private static void assertInBucket(long value, int bin) {
        BigInteger power = BigInteger.valueOf(value).pow(32);
        BigInteger lower = BigInteger.ONE.shiftLeft(Math.max(0, bin));
        BigInteger upper = BigInteger.ONE.shiftLeft(bin + 1);
        assertThat(bin < 0 || power.compareTo(lower) > 0)
                .as("%d above bin %d", value, bin)
                .isTrue();
        assertThat(power.compareTo(upper) <= 0)
                .as("%d within bin %d", value, bin)
                .isTrue();
    }

    private static void assertNear(long told, List<Long> sorted, int percent) {
        long exact = sorted.get((int) Math.ceil(percent / 100.0 * sorted.size() - 1e-9) - 1);
        assertThat(Math.abs((double) told - exact)).isLessThanOrEqualTo(0.011 * exact + 0.5);
    }

    private static LatencySketch of(List<Long> values) {
        LatencySketch sketch = new LatencySketch();
        values.forEach(sketch::add);
        return sketch;
    }

    private static LatencySketch copy(LatencySketch sketch) {
        return LatencySketch.read(new PackedReader(bytes(sketch)));
    }

    private static byte[] bytes(LatencySketch sketch) {
        PackedWriter out = new PackedWriter();
        sketch.write(out);
        return out.toBytes();
    }
}
