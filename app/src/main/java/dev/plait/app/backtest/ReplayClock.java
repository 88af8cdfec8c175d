package dev.plait.app.backtest;

import java.util.OptionalLong;

/**
 * The wall clock of a replay: it follows the records, so that the same records see the same time each time. Before a record
 * it goes to the lower of that record's timestamp and the next one's, never back: one absurd timestamp is followed by a sane
 * one and does not drag the clock along. The last record has no next one and may move it by {@link #MOST_FOR_LAST_MS}.
 *
 * <p>Example: timestamps 1000, 2000, 9999999, 3000 see the clock at 1000, 2000, 3000, 3000
 * ({@code ReplayClockTest.clock_ignoresOneAbsurdTimestamp}).
 */
final class ReplayClock {
    static final long MOST_FOR_LAST_MS = 3_600_000;

    private long nowMs;

    /** @param nextMs of the record after the first */
    ReplayClock(long firstMs, OptionalLong nextMs) {
        this.nowMs = Math.max(0, Math.min(firstMs, nextMs.orElse(firstMs)));
    }

    long nowMs() {
        return nowMs;
    }

    /** The milliseconds to move before the record at {@code timestampMs}, which {@code nextMs} follows. */
    long stepMs(long timestampMs, OptionalLong nextMs) {
        long target = Math.min(timestampMs, nextMs.orElse(nowMs + MOST_FOR_LAST_MS));
        long step = Math.max(0, target - nowMs);
        nowMs += step;
        return step;
    }

    /** The clock of a replay without records moves only by this. */
    void advance(long stepMs) {
        nowMs += stepMs;
    }
}
