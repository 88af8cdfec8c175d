package dev.plait.correlator.measure;

/**
 * When a measure has dropped against its own past: what the last {@code windowMs} brought is less than the past brought in as
 * long, by more than {@code share} of it, and by more than chance would. Both durations are rounded up to whole buckets.
 *
 * <p>Chance: of n expected items, sqrt(n) more or fewer are usual; four times that is not (about 1 in 30,000). A sum varies
 * more than a count, as its items differ: taken as if they did so by as much as their mean, which doubles the variance.
 *
 * @param share of the expected value that must be missing; above 0, at most 1
 * @param of the sum, or the count
 * @param windowMs what is compared, at least a minute
 * @param pastMs what it is compared to, just before it; at least twice {@code windowMs}
 * @param minCount items that must be expected in {@code windowMs} for an alert to begin; at least 1
 * @param severity of the alert
 */
public record DropRule(double share, Of of, long windowMs, long pastMs, int minCount, String severity) {
    /** Buckets of a series: what bounds its memory. */
    public static final int MAX_PAST_WINDOWS = 96;

    private static final int BUCKETS_OF_A_WINDOW = 10;
    private static final double TIMES_USUAL = 4;

    public DropRule {
        if (!(share > 0 && share <= 1)
                || windowMs < 60_000
                || pastMs < 2 * windowMs
                || pastMs > MAX_PAST_WINDOWS * windowMs
                || minCount < 1
                || severity.isEmpty()) {
            throw new IllegalArgumentException("a drop of " + share + " in " + windowMs + " ms after " + pastMs
                    + " ms, " + minCount + " items, '" + severity + "'");
        }
    }

    /** What of a measure may drop. */
    public enum Of {
        SUM(2),
        COUNT(1);

        private final double variance;

        Of(double variance) {
            this.variance = variance;
        }

        double value(MeasureDelta counts) {
            return this == SUM ? counts.sum().doubleValue() : counts.count();
        }
    }

    /** Width of the buckets: a tenth of the window, in whole windows of records. */
    long bucketMs(long recordMs) {
        return Math.max(1, windowMs / BUCKETS_OF_A_WINDOW / recordMs) * recordMs;
    }

    /** Whether so much less than expected is a drop. */
    boolean isDrop(double value, double expected) {
        return expected > 0 && (value < expected * (1 - share) || share == 1 && value <= 0);
    }

    /** Whether it is more than chance: that the value is so low, or that the items are so few. */
    boolean isCertain(double value, double expected, double count, double expectedCount) {
        return expectedCount >= minCount
                && (isUnusual(value, expected, of.variance, expectedCount)
                        || isUnusual(count, expectedCount, Of.COUNT.variance, expectedCount));
    }

    private static boolean isUnusual(double value, double expected, double variance, double expectedCount) {
        return expected - value >= expected * TIMES_USUAL * Math.sqrt(variance / expectedCount);
    }
}
