package dev.plait.correlator.metric;

import dev.plait.schemas.model.PointValue;

/**
 * The buckets of an exponential histogram in one ascending row: negative ones by falling magnitude, the zero bucket as 0, the
 * positive ones. The bucket of index {@code i} holds {@code (base^i, base^(i+1)]}, with {@code base = 2^(2^-scale)}. Source:
 * OpenTelemetry metrics data model, section "ExponentialHistogram".
 */
final class ExponentialSlots {
    static final int MAX_SCALE = 20;
    static final int MIN_SCALE = -11;

    /** The slot of the positive bucket of index 0: above any int that is below 0, so slots of positive buckets are above 0. */
    private static final long POSITIVE = 1L << 32;

    private ExponentialSlots() {}

    /** The buckets must be of fewer than 2^31. */
    static Counts of(PointValue.ExponentialHistogram histogram) {
        Counts.Builder counts = new Counts.Builder();
        PointValue.Buckets negative = histogram.negative();
        for (int i = negative.counts().size() - 1; i >= 0; i--) {
            counts.add(-slot((long) negative.offset() + i), negative.counts().get(i));
        }
        counts.add(0, histogram.zeroCount());
        PointValue.Buckets positive = histogram.positive();
        for (int i = 0; i < positive.counts().size(); i++) {
            counts.add(slot((long) positive.offset() + i), positive.counts().get(i));
        }
        return counts.build();
    }

    /** As a histogram of a scale that is lower by {@code steps} would have counted the same: two buckets become one each step. */
    static Counts coarser(Counts counts, int steps) {
        return steps == 0
                ? counts
                : counts.regrouped(
                        slot -> slot == 0 ? 0 : Long.signum(slot) * slot((Math.abs(slot) - POSITIVE) >> steps));
    }

    /** As one whose zero bucket goes up to {@code threshold} would have counted the same: what begins below it is zero. */
    static Counts widened(Counts counts, int scale, double threshold) {
        return counts.regrouped(slot -> slot != 0 && power(Math.abs(slot) - POSITIVE, scale) < threshold ? 0 : slot);
    }

    /** The greatest value that is counted in a slot; that of a negative bucket is taken as 0. */
    static double upperBound(long slot, int scale, double zeroThreshold) {
        return slot < 0 ? 0 : slot == 0 ? zeroThreshold : power(slot - POSITIVE + 1, scale);
    }

    private static long slot(long index) {
        return index + POSITIVE;
    }

    /** {@code base^index}: 0 or infinite when no double is that small or large. The same on every machine. */
    private static double power(long index, int scale) {
        return StrictMath.pow(2, StrictMath.scalb((double) index, -scale));
    }
}
