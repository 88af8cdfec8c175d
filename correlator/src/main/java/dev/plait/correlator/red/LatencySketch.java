package dev.plait.correlator.red;

import dev.plait.schemas.model.Latency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Durations of many requests, from 0 ns to {@link Long#MAX_VALUE}: count, sum, smallest and largest exact (a sum that exceeds a
 * long stays at its maximum), quantiles within 1.1 %. Its bins are the buckets of an OTLP exponential histogram of scale 5; the
 * 2 017 of them cover every value, so nothing is ever collapsed. The order of adding and merging changes nothing, down to the
 * bytes of {@link #write}.
 *
 * <p>Only bins that hold something are kept, in order: 10 bytes of heap each and about 3 when written; a series whose
 * durations spread over a decade fills at most 107. Adding is a binary search, and a copy of the bins above when a bin is
 * new. For one thread.
 */
public final class LatencySketch {
    private static final int FIRST_ROOM = 8;
    private static final int[] PERCENTS = {50, 90, 95, 99};

    private short[] bins = new short[FIRST_ROOM];
    private long[] counts = new long[FIRST_ROOM];
    private int size;
    private long zeroCount;
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Adds a duration, which must not be negative. */
    public void add(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a duration is not negative: " + nanos);
        }
        count++;
        sum = plus(sum, nanos);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        if (nanos == 0) {
            zeroCount++;
            return;
        }
        short bin = (short) SketchBins.of(nanos);
        int at = Arrays.binarySearch(bins, 0, size, bin);
        if (at < 0) {
            at = -at - 1;
            insert(at, bin);
        }
        counts[at]++;
    }

    public void merge(LatencySketch other) {
        count += other.count;
        zeroCount += other.zeroCount;
        sum = plus(sum, other.sum);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        short[] mergedBins = new short[size + other.size];
        long[] mergedCounts = new long[size + other.size];
        int merged = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < size || theirs < other.size) {
            int bin = Math.min(
                    mine < size ? bins[mine] : Short.MAX_VALUE,
                    theirs < other.size ? other.bins[theirs] : Short.MAX_VALUE);
            mergedBins[merged] = (short) bin;
            if (mine < size && bins[mine] == bin) {
                mergedCounts[merged] += counts[mine++];
            }
            if (theirs < other.size && other.bins[theirs] == bin) {
                mergedCounts[merged] += other.counts[theirs++];
            }
            merged++;
        }
        bins = mergedBins;
        counts = mergedCounts;
        size = merged;
    }

    public long count() {
        return count;
    }

    /** What records show: all 0 when nothing was counted. Quantiles are by nearest rank, within what was seen. */
    public Latency latency() {
        long[] quantiles = new long[PERCENTS.length];
        Arrays.setAll(quantiles, i -> quantile(PERCENTS[i]));
        return new Latency(
                count,
                sum,
                count == 0 ? 0 : min,
                max,
                quantiles[0],
                quantiles[1],
                quantiles[2],
                quantiles[3],
                count == 0 ? 0 : SketchBins.SCALE,
                zeroCount,
                size == 0 ? 0 : bins[0],
                buckets());
    }

    public void write(PackedWriter out) {
        out.unsigned(zeroCount);
        out.unsigned(size);
        int next = SketchBins.FIRST;
        for (int i = 0; i < size; i++) {
            out.unsigned(bins[i] - next);
            out.unsigned(counts[i]);
            next = bins[i] + 1;
        }
        if (count > 0) {
            out.unsigned(sum);
            out.unsigned(min);
            out.unsigned(max - min);
        }
    }

    public static LatencySketch read(PackedReader in) {
        LatencySketch sketch = new LatencySketch();
        sketch.zeroCount = in.unsigned();
        sketch.count = sketch.zeroCount;
        sketch.size = in.count();
        sketch.bins = new short[sketch.size];
        sketch.counts = new long[sketch.size];
        long next = SketchBins.FIRST;
        for (int i = 0; i < sketch.size; i++) {
            long bin = next + in.unsigned();
            if (bin < next || bin > SketchBins.LAST) {
                throw new IllegalStateException("a sketch has no bin " + bin);
            }
            sketch.bins[i] = (short) bin;
            sketch.counts[i] = in.unsigned();
            sketch.count += sketch.counts[i];
            next = bin + 1;
        }
        if (sketch.count > 0) {
            sketch.sum = in.unsigned();
            sketch.min = in.unsigned();
            sketch.max = sketch.min + in.unsigned();
        }
        return sketch;
    }

    private void insert(int at, short bin) {
        if (size == bins.length) {
            int room = Math.max(FIRST_ROOM, size + (size >> 1));
            bins = Arrays.copyOf(bins, room);
            counts = Arrays.copyOf(counts, room);
        }
        System.arraycopy(bins, at, bins, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        bins[at] = bin;
        counts[at] = 0;
        size++;
    }

    private long quantile(int percent) {
        long rank = count / 100 * percent + (count % 100 * percent + 99) / 100;
        long passed = zeroCount;
        if (rank <= passed) {
            return 0;
        }
        int at = -1;
        while (passed < rank) {
            passed += counts[++at];
        }
        return Math.min(max, Math.max(min, SketchBins.middle(bins[at])));
    }

    private List<Long> buckets() {
        if (size == 0) {
            return List.of();
        }
        List<Long> buckets = new ArrayList<>(Collections.nCopies(bins[size - 1] - bins[0] + 1, 0L));
        for (int i = 0; i < size; i++) {
            buckets.set(bins[i] - bins[0], counts[i]);
        }
        return buckets;
    }

    /** Both are not negative, so that staying at the maximum is associative. */
    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
