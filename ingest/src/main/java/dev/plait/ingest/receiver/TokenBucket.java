package dev.plait.ingest.receiver;

import java.util.function.LongSupplier;

/**
 * So many tokens a second, of which those of one second can be saved. More may be taken than are there: what is owed must come
 * back before it opens again, so that a taker's size need not be known beforehand and no size is too large for ever. Thread safe.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier nanoClock;
    private double tokens;
    private long filledAtNanos;

    TokenBucket(long perSecond, LongSupplier nanoClock) {
        this.perSecond = (double) perSecond;
        this.nanoClock = nanoClock;
        this.tokens = (double) perSecond;
        this.filledAtNanos = nanoClock.getAsLong();
    }

    /** After how long there is a whole token, in nanoseconds; 0: there is one. */
    synchronized long waitNanos() {
        fill();
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * NANOS / perSecond);
    }

    synchronized void take(long count) {
        fill();
        tokens -= (double) count;
    }

    private void fill() {
        long nowNanos = nanoClock.getAsLong();
        tokens = Math.min(perSecond, tokens + (double) (nowNanos - filledAtNanos) / NANOS * perSecond);
        filledAtNanos = nowNanos;
    }
}
