package dev.plait.app.backtest;

import java.util.OptionalLong;

/**
 * The wall clock of a replay: it follows the records, so that the same records see the same time each time. It goes to each
 * record's timestamp, never back. A timestamp more than {@link #MOST_AHEAD_MS} ahead is believed only when the next record
 * is there too: a gap in the traffic is, one absurd timestamp is not. The last record has no next one and moves the clock by
 * that much at most.
 *
 * <p>Example: timestamps 1000, 2000, 9999999, 3000 see the clock at 1000, 2000, 2000, 3000
 * ({@code ReplayClockTest.clock_ignoresOneAbsurdTimestamp}).
 */
final class ReplayClock {
    static final long MOST_AHEAD_MS = 3_600_000;

    private long nowMs;

    /** @param nextMs of the record after the first */
    ReplayClock(long firstMs, OptionalLong nextMs) {
        boolean alone = nextMs.isPresent() && nextMs.getAsLong() < firstMs - MOST_AHEAD_MS;
        this.nowMs = Math.max(0, alone ? nextMs.getAsLong() : firstMs);
    }

    long nowMs() {
        return nowMs;
    }

    /** The milliseconds to move before the record at {@code timestampMs}, which {@code nextMs} follows. */
    long stepMs(long timestampMs, OptionalLong nextMs) {
        long target = timestampMs;
        if (timestampMs - nowMs > MOST_AHEAD_MS) {
            boolean believed = nextMs.isPresent() && nextMs.getAsLong() >= timestampMs - MOST_AHEAD_MS;
            target = believed ? timestampMs : nextMs.isPresent() ? nowMs : nowMs + MOST_AHEAD_MS;
        }
        long step = Math.max(0, target - nowMs);
        nowMs += step;
        return step;
    }

    /** After the last record the clock moves only by this. */
    void advance(long stepMs) {
        nowMs += stepMs;
    }
}
