package dev.plait.correlator.trace.view;

/**
 * Arithmetic on nanoseconds since the epoch that never overflows. A time of 0 is unknown; a time before the epoch (an OTLP
 * fixed64 beyond 2^63) cannot be meant and is taken as unknown too.
 */
public final class Nanos {
    static final long UNKNOWN = 0;

    private Nanos() {}

    public static long of(long epochNanos) {
        return Math.max(UNKNOWN, epochNanos);
    }

    static boolean known(long epochNanos) {
        return epochNanos > UNKNOWN;
    }

    /** For ordering: an unknown time comes after all known ones. */
    static long unknownLast(long epochNanos) {
        return known(epochNanos) ? epochNanos : Long.MAX_VALUE;
    }

    /** From {@code start} to {@code end}; 0 when one is unknown or the end is before the start. */
    public static long between(long start, long end) {
        return known(start) && end > start ? end - start : 0;
    }

    /** {@code start} and a duration in milliseconds after it, at most {@link Long#MAX_VALUE}. Not a number adds nothing. */
    public static long plusMs(long start, double ms) {
        return plus(start, (long) (Math.max(0, ms) * 1e6));
    }

    /** The sum of a time and a duration, at most {@link Long#MAX_VALUE}. */
    public static long plus(long start, long nanos) {
        return start > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : start + nanos;
    }
}
