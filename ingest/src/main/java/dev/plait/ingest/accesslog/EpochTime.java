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
        long unit = unitNanos(time);
        if (unit == 0) {
            return BAD;
        }
        // the fraction apart, as a double has no room for nanoseconds beside seconds
        long whole = (long) time;
        return whole * unit + Math.round((time - whole) * unit);
    }

    /** How many nanoseconds the unit of {@code time} has: 1 to 10^9, or 0 when the number is no time. */
    public static long unitNanos(double time) {
        for (long unit = 1_000_000_000L; unit > 0; unit /= 1000) {
            long perSecond = 1_000_000_000L / unit;
            if (time >= FIRST_SECOND * perSecond && time < END_SECOND * perSecond) {
                return unit;
            }
        }
        return 0;
    }

    /** Whether a time is in milliseconds. */
    public static boolean isMillis(double time) {
        return unitNanos(time) == 1_000_000;
    }
}
