package dev.plait.ingest.accesslog;

/**
 * Epoch times as logs write them, in whatever unit, to nanoseconds. The unit is told by size: a number of seconds,
 * milliseconds, microseconds or nanoseconds between 1973 and 2261 cannot be another's.
 */
public final class EpochTime {
    /** The result for a number that is no time. */
    public static final long BAD = Long.MIN_VALUE;

    private static final double FIRST_SECOND = 1e8;
    private static final double END_SECOND = 9.2e9;

    private EpochTime() {}

    /** Nanoseconds since the epoch, or {@link #BAD}. */
    public static long nanos(double time) {
        for (long unitNanos = 1_000_000_000L; unitNanos > 0; unitNanos /= 1000) {
            long perSecond = 1_000_000_000L / unitNanos;
            if (time >= FIRST_SECOND * perSecond && time < END_SECOND * perSecond) {
                // the fraction apart, as a double has no room for nanoseconds beside seconds
                long whole = (long) time;
                return whole * unitNanos + Math.round((time - whole) * unitNanos);
            }
        }
        return BAD;
    }

    /** Whether a good time is in milliseconds. */
    public static boolean isMillis(double time) {
        return time >= FIRST_SECOND * 1e3 && time < END_SECOND * 1e3;
    }
}
