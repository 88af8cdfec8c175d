package dev.plait.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayClockTest {
    @Test
    void clock_ignoresOneAbsurdTimestamp() {
        assertThat(seen(1_000, 2_000, 9_999_999, 3_000)).containsExactly(1_000L, 2_000L, 2_000L, 3_000L);
    }

    @Test
    void clock_neverGoesBack() {
        assertThat(seen(5_000, 6_000, 1_000, 7_000)).containsExactly(5_000L, 6_000L, 6_000L, 7_000L);
    }

    @Test
    void clock_believesAGapInTheTraffic() {
        assertThat(seen(1_000, 90_000_000, 90_000_500)).containsExactly(1_000L, 90_000_000L, 90_000_500L);
    }

    @Test
    void clock_doesNotBeginAtAnAbsurdTimestamp() {
        assertThat(seen(90_000_000, 1_000, 2_000)).containsExactly(1_000L, 1_000L, 2_000L);
    }

    @Test
    void lastRecord_movesTheClockAnHourAtMost() {
        long hourMs = ReplayClock.MOST_AHEAD_MS;

        assertThat(seen(1_000, 1_000, 1_500)).endsWith(1_500L);
        assertThat(seen(1_000, 1_000, 50 * hourMs)).endsWith(1_000 + hourMs);
    }

    @Test
    void firstRecordsBeforeTheEpoch_beginAtZero() {
        assertThat(seen(-7, -3)).containsExactly(0L, 0L);
    }

    private static List<Long> seen(long... timestamps) {
        ReplayClock clock = new ReplayClock(timestamps[0], next(timestamps, 0));
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < timestamps.length; i++) {
            clock.stepMs(timestamps[i], next(timestamps, i));
            seen.add(clock.nowMs());
        }
        return seen;
    }

    private static OptionalLong next(long[] timestamps, int i) {
        return i + 1 < timestamps.length ? OptionalLong.of(timestamps[i + 1]) : OptionalLong.empty();
    }
}
