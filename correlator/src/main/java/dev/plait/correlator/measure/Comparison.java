package dev.plait.correlator.measure;

/**
 * What a window brought, beside what is usual.
 *
 * @param now what the window brought
 * @param value of {@code now}, what may drop
 * @param expected of {@code value}
 * @param expectedCount of items
 * @param usualMs how much of the past it is compared to; 0 when there is none
 */
record Comparison(DropRule rule, MeasureDelta now, double value, double expected, double expectedCount, long usualMs) {
    static Comparison of(DropRule rule, MeasureDelta now, SeriesHistory.Usual usual, long windowMs) {
        return new Comparison(
                rule,
                now,
                rule.of().value(now),
                usual.share(rule.of().value(usual.counts()), windowMs),
                usual.share((double) usual.counts().count(), windowMs),
                usual.spanMs());
    }

    boolean isDrop() {
        return rule.isDrop(value, expected);
    }

    boolean isCertain() {
        return rule.isCertain(value, expected, (double) now.count(), expectedCount);
    }

    /** How much of what is expected is missing; more than 1 when the sum is below 0. */
    double missing() {
        return expected == 0 ? 0 : 1 - value / expected;
    }
}
