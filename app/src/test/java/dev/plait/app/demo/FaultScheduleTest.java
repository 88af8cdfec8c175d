package dev.plait.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    @Test
    void usualFault_comesAndGoes() {
        assertThat(failingAt(0)).isFalse();
        assertThat(failingAt(19)).isFalse();
        assertThat(failingAt(20)).isTrue();
        assertThat(failingAt(59)).isTrue();
        assertThat(failingAt(60)).isFalse();
        assertThat(failingAt(139)).isFalse();
        assertThat(failingAt(140)).isTrue();
        assertThat(failingAt(180)).isFalse();
    }

    @Test
    void faultWithoutEnd_isRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new FaultSchedule(Duration.ZERO, second, second))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean failingAt(int seconds) {
        return FaultSchedule.USUAL.isFailing(Duration.ofSeconds(seconds));
    }
}
