package dev.plait.schemas.model;

import java.util.List;

/** What a metric point says, as it was received. Counts are unsigned on the wire: beyond 2^63 they are negative here. */
public sealed interface PointValue {
    /** A number sent as an integer. */
    record Whole(long value) implements PointValue {}

    /** A number sent as a double: any double. */
    record Real(double value) implements PointValue {}

    /**
     * A histogram of explicit bounds; bucket {@code i} counts what is at most bound {@code i} and above the one before, the
     * last bucket what is above all bounds. Without buckets it has neither bounds nor bucket counts.
     */
    record Histogram(long count, double sum, List<Double> explicitBounds, List<Long> bucketCounts)
            implements PointValue {
        public Histogram {
            explicitBounds = List.copyOf(explicitBounds);
            bucketCounts = List.copyOf(bucketCounts);
        }
    }

    /**
     * A histogram whose bucket of index {@code i} counts what is above {@code base^i} and at most {@code base^(i+1)}, where
     * {@code base = 2^(2^-scale)}; of negative values their magnitude.
     *
     * @param zeroThreshold what is at most this, in magnitude, is in {@code zeroCount}
     */
    record ExponentialHistogram(
            long count, double sum, int scale, long zeroCount, double zeroThreshold, Buckets positive, Buckets negative)
            implements PointValue {}

    /** Counts of neighbouring buckets, the first of which has the index {@code offset}. */
    record Buckets(int offset, List<Long> counts) {
        /** No buckets. */
        public static final Buckets NONE = new Buckets(0, List.of());

        public Buckets {
            counts = List.copyOf(counts);
        }
    }
}
