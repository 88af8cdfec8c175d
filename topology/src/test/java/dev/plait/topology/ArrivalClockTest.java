package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalClockTest {
    private static final long NOW = 1_700_000_000_000L;

    private final ArrivalClock clock = new ArrivalClock(10_000, NOW);

    @Test
    void clock_givesARecordThatIsStampedLowerTheTasksTime() {
        clock.arrivalMs(NOW, NOW);

        long arrival = clock.arrivalMs(NOW - 5_000, NOW);

        assertThat(arrival).isEqualTo(NOW);
        assertThat(clock.watermarkMs()).isEqualTo(NOW);
    }

    @Test
    void clock_isNotMovedByAnAbsurdTimestamp() {
        clock.arrivalMs(NOW, NOW);

        long arrival = clock.arrivalMs(NOW + 10L * 365 * 86_400_000, NOW);

        assertThat(arrival).isEqualTo(NOW);
        assertThat(clock.watermarkMs()).isEqualTo(NOW);
        assertThat(clock.clamped()).isEqualTo(1);
    }

    @Test
    void clock_givesANegativeTimestampTheTasksTime() {
        clock.arrivalMs(NOW - 100, NOW);

        assertThat(clock.arrivalMs(-1, NOW)).isEqualTo(NOW - 100);
    }

    @Test
    void clock_givesAFirstNegativeTimestampTheWallTime() {
        assertThat(clock.arrivalMs(-1, NOW)).isEqualTo(NOW);
    }

    @Test
    void clock_givesAProducerWhoseClockIsFastTheWallTime() {
        long arrival = clock.arrivalMs(NOW + 1_800_000, NOW);

        assertThat(arrival).isEqualTo(NOW);
        assertThat(clock.clamped()).isEqualTo(1);
    }

    @Test
    void clock_isIdleAfterSilence() {
        clock.arrivalMs(NOW, NOW);

        assertThat(clock.idle(NOW + 9_999)).isFalse();
        assertThat(clock.idle(NOW + 10_000)).isTrue();
    }
}
