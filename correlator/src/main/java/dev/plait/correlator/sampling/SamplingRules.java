package dev.plait.correlator.sampling;

/**
 * How {@link Sampler} chooses.
 *
 * @param slowNanos a trace that took longer is kept; nanoseconds, above 0, default 1 s
 * @param probability the share of all other traces that is kept; 0 to 1, default 0.1
 */
public record SamplingRules(long slowNanos, double probability) {
    private static final long DEFAULT_SLOW_NANOS = 1_000_000_000L;
    private static final double DEFAULT_PROBABILITY = 0.1;

    /** @throws IllegalArgumentException naming the value and its range */
    public SamplingRules {
        if (slowNanos <= 0) {
            throw new IllegalArgumentException("slowNanos must be above 0, got " + slowNanos);
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be in [0, 1], got " + probability);
        }
    }

    public static SamplingRules defaults() {
        return new SamplingRules(DEFAULT_SLOW_NANOS, DEFAULT_PROBABILITY);
    }
}
