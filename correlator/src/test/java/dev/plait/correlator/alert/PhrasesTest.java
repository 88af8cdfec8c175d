package dev.plait.correlator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhrasesTest {
    @Test
    void window_isInItsLargestWholeUnit() {
        assertThat(Phrases.window(3_600_000)).isEqualTo("1h");
        assertThat(Phrases.window(300_000)).isEqualTo("5m");
        assertThat(Phrases.window(90_000)).isEqualTo("90s");
        assertThat(Phrases.window(259_200_000)).isEqualTo("3d");
        assertThat(Phrases.window(1_500)).isEqualTo("1500ms");
    }

    @Test
    void about_isWhatPeopleSay() {
        assertThat(Phrases.about(0)).isEqualTo("less than a second");
        assertThat(Phrases.about(1_000)).isEqualTo("1 second");
        assertThat(Phrases.about(89_000)).isEqualTo("1 minute");
        assertThat(Phrases.about(90_000)).isEqualTo("2 minutes");
        assertThat(Phrases.about(5 * 3_600_000 + 60_000)).isEqualTo("5 hours");
        assertThat(Phrases.about(40 * 86_400_000L)).isEqualTo("40 days");
    }

    @Test
    void percent_hasTwoDigits() {
        assertThat(Phrases.percent(0)).isEqualTo("0%");
        assertThat(Phrases.percent(1)).isEqualTo("100%");
        assertThat(Phrases.percent(0.07234)).isEqualTo("7.2%");
        assertThat(Phrases.percent(0.00015)).isEqualTo("0.015%");
        assertThat(Phrases.percent(0.9999)).isEqualTo("over 99%");
        assertThat(Phrases.percent(0.5)).isEqualTo("50%");
        assertThat(Phrases.percent(24.5)).isEqualTo("2,450%");
    }

    @Test
    void rateAndTarget_areReadable() {
        assertThat(Phrases.rate(14.4)).isEqualTo("14");
        assertThat(Phrases.rate(2.54)).isEqualTo("2.5");
        assertThat(Phrases.rate(6)).isEqualTo("6");
        assertThat(Phrases.rate(1234.5)).isEqualTo("1,235");
        assertThat(Phrases.target(0.9995)).isEqualTo("99.95%");
        assertThat(Phrases.target(0.9)).isEqualTo("90%");
    }
}
