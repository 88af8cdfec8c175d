package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private static final int A = 1;
    private static final int B = 2;
    private static final long WALL = 77_000_000;

    private final Watermarks clock = new Watermarks(10_000, Set.of(A, B), WALL);

    @Test
    void clock_isUnknownUntilAllExpectedWereHeard() {
        clock.observe(A, 5_000, WALL);
        assertThat(clock.clockMs(WALL)).isEqualTo(Watermarks.NONE);

        clock.observe(B, 4_000, WALL + 1);

        assertThat(clock.clockMs(WALL + 1)).isEqualTo(4_000);
    }

    @Test
    void clock_doesNotWaitForExpectedBeyondSourceIdleOfOthers() {
        hear(A, 5_000, 0, 9);
        assertThat(clock.clockMs(WALL + 9_999)).isEqualTo(Watermarks.NONE);

        hear(A, 5_000, 10, 10);

        assertThat(clock.clockMs(WALL + 10_000)).isEqualTo(5_000);
    }

    @Test
    void clock_followsTheSlowestWhenOneRacesAhead() {
        clock.observe(B, 20_000, WALL);
        clock.observe(A, 50_000, WALL);
        hear(A, 3_650_000, 1, 9);
        assertThat(clock.clockMs(WALL + 9_000)).isEqualTo(20_000);

        hear(A, 3_650_000, 10, 20);
        assertThat(clock.clockMs(WALL + 20_000)).isEqualTo(3_650_000);
        clock.observe(A, Watermarks.IDLE, WALL + 20_000);

        assertThat(clock.clockMs(WALL + 20_000)).isEqualTo(3_650_000 + 19_000);
    }

    @Test
    void clock_holdsNoStallAgainstAnyone() {
        clock.observe(A, 9_000, WALL);
        clock.observe(B, 4_000, WALL);
        assertThat(clock.clockMs(WALL + 69_999)).isEqualTo(4_000);
        assertThat(clock.idle(WALL + 69_999)).isFalse();

        clock.observe(A, 80_000, WALL + 69_999);

        assertThat(clock.clockMs(WALL + 69_999)).isEqualTo(4_000);
    }

    @Test
    void clock_runsWithWallTimeWhenAStallLasts() {
        clock.observe(A, 9_000, WALL);
        clock.observe(B, 4_000, WALL);

        assertThat(clock.clockMs(WALL + 70_000)).isEqualTo(79_000);
        assertThat(clock.idle(WALL + 70_000)).isTrue();
    }

    @Test
    void clock_neverGoesBack() {
        clock.observe(A, 9_000, WALL);
        clock.observe(B, 9_000, WALL);
        assertThat(clock.clockMs(WALL)).isEqualTo(9_000);

        clock.observe(3, 100, WALL + 1);
        clock.observe(A, 1, WALL + 1);

        assertThat(clock.clockMs(WALL + 1)).isEqualTo(9_000);
    }

    @Test
    void clock_leavesOutWhoSaysThatItIsIdle() {
        clock.observe(A, 9_000, WALL);
        clock.observe(B, 4_000, WALL);
        clock.observe(B, Watermarks.IDLE, WALL + 1);
        assertThat(clock.clockMs(WALL + 1)).isEqualTo(9_000);

        clock.observe(B, 9_500, WALL + 2);
        clock.observe(A, 10_000, WALL + 2);

        assertThat(clock.clockMs(WALL + 2)).isEqualTo(9_500);
    }

    @Test
    void clock_runsWithWallTimeWhenAllAreIdle() {
        clock.observe(A, 9_000, WALL);
        clock.observe(B, 4_000, WALL + 500);
        assertThat(clock.idle(WALL + 500)).isFalse();

        clock.observe(A, Watermarks.IDLE, WALL + 1_000);
        clock.observe(B, Watermarks.IDLE, WALL + 1_000);

        assertThat(clock.idle(WALL + 1_000)).isTrue();
        assertThat(clock.clockMs(WALL + 20_500)).isEqualTo(29_000);
    }

    @Test
    void clock_runsOnAfterARestartWithoutTraffic() {
        clock.resume(9_000);
        assertThat(clock.clockMs(WALL + 69_999)).isEqualTo(Watermarks.NONE);

        assertThat(clock.clockMs(WALL + 70_000)).isEqualTo(79_000);
        assertThat(clock.idle(WALL + 70_000)).isTrue();
    }

    @Test
    void clock_staysUnknownWhenNothingWasEverHeard() {
        assertThat(clock.clockMs(WALL + 100_000)).isEqualTo(Watermarks.NONE);
    }

    @Test
    void clock_takesAnyNumberOfSenders() {
        Watermarks many = new Watermarks(10_000, Set.of(), WALL);
        for (int sender = 0; sender < 300; sender++) {
            many.observe(sender, 10_000 - sender, WALL);
        }

        assertThat(many.clockMs(WALL)).isEqualTo(9_701);
    }

    @Test
    void sourceIdle_mustBePositive() {
        assertThatThrownBy(() -> new Watermarks(0, Set.of(), 0)).hasMessage("traces.source-idle: 0 is not positive");
    }

    /** Hears a sender once a second. */
    private void hear(int sender, long watermarkMs, int fromSecond, int toSecond) {
        for (int second = fromSecond; second <= toSecond; second++) {
            clock.observe(sender, watermarkMs, WALL + second * 1_000L);
        }
    }
}
