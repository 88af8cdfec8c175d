package dev.plait.correlator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurnRateTest {
    @Test
    void budget_isThatOfTheTargetAsWritten() {
        assertThat(BurnRate.ofTarget(0.999).budget()).isEqualTo(0.001);
        assertThat(BurnRate.ofTarget(0.9995).budget()).isEqualTo(0.0005);
    }

    /** Just the factor is not above it, at every target and total whose product is a whole number. */
    @Test
    void factorItself_doesNotExceed() {
        for (double target : new double[] {0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999}) {
            BurnRate rate = BurnRate.ofTarget(target);
            for (double factor : new double[] {1, 3, 6, 14.4}) {
                for (long total = 10_000; total <= 1_000_000_000; total *= 10) {
                    long bad = Math.round(factor * rate.budget() * total);

                    assertThat(rate.exceeds(bad, total, factor))
                            .as("%s x %s of %d", factor, target, total)
                            .isFalse();
                    assertThat(rate.exceeds(bad + 1, total, factor)).isTrue();
                }
            }
        }
    }

    @Test
    void nothingCounted_burnsNothing() {
        BurnRate rate = BurnRate.ofTarget(0.99);

        assertThat(rate.of(0, 0)).isZero();
        assertThat(rate.exceeds(0, 0, 0)).isFalse();
        assertThat(rate.of(1, 100)).isEqualTo(1);
    }
}
