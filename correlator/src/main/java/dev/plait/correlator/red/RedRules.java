package dev.plait.correlator.red;

import java.time.Duration;

/**
 * How requests and edges are windowed.
 *
 * @param windowMs length of a window, milliseconds, at least 1; windows begin at multiples of it
 * @param graceMs how long after its end a window still takes requests, milliseconds, not negative
 * @param maxSeries how many series one task holds at a time, at least 1; what is beyond is counted as overflow
 */
public record RedRules(long windowMs, long graceMs, int maxSeries) {
    public RedRules {
        if (windowMs < 1 || windowMs > Duration.ofDays(1).toMillis()) {
            throw new IllegalArgumentException("windowMs " + windowMs + ": from 1 to a day");
        }
        if (graceMs < 0 || graceMs > Duration.ofDays(7).toMillis()) {
            throw new IllegalArgumentException("graceMs " + graceMs + ": from 0 to 7 days");
        }
        if (maxSeries < 1) {
            throw new IllegalArgumentException("maxSeries " + maxSeries + ": at least 1");
        }
    }

    /**
     * Start of the window in which a request is placed. One that does not know its end, or that claims to have ended more than
     * the grace after it arrived, is placed where it arrived, as no clock would ever close its window in time.
     *
     * @param endEpochNanos 0 when unknown
     */
    public long windowStartMs(long endEpochNanos, long arrivalMs) {
        long endMs = endEpochNanos / 1_000_000;
        boolean absurd = endEpochNanos <= 0 || endMs - graceMs > arrivalMs;
        return Math.floorDiv(absurd ? arrivalMs : endMs, windowMs) * windowMs;
    }

    /** From when on the clock says that a window is final. */
    long finalAtMs(long windowStartMs) {
        return windowStartMs + windowMs + graceMs;
    }
}
