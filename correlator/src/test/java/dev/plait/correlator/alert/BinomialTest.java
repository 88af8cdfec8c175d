package dev.plait.correlator.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
    private static final double LEVEL = 0.05;

    /** Against sums of exact fractions. */
    @Test
    void tail_isExactForSmallTotals() {
        for (String p : new String[] {"0.001", "0.01", "0.1", "0.5"}) {
            for (int total : new int[] {1, 2, 10, 15, 16, 17, 40, 300}) {
                for (int bad = 1; bad <= Math.min(total, 60); bad++) {
                    double exact = exactTail(bad, total, new BigDecimal(p)).doubleValue();
                    double probability = Double.parseDouble(p);

                    assertThat(Binomial.isUnlikely(bad, total, probability, LEVEL))
                            .as("%d of %d at %s: %s", bad, total, p, exact)
                            .isEqualTo(bad > total * probability && exact < LEVEL);
                    if (bad > total * probability) {
                        assertThat(Binomial.tail(bad, total, probability, 1) / exact)
                                .as("%d of %d at %s", bad, total, p)
                                .isCloseTo(1, within(1e-10));
                    }
                }
            }
        }
    }

    /**
     * Where the 95 % begin at totals whose exact sums nobody waits for: Poisson's limits (Poisson(1): P(X >= 4) = 0.0190, P(X >= 3)
     * = 0.0803), and mean plus 1.645 standard deviations for the large ones.
     */
    @ParameterizedTest
    @CsvSource({
        "3, 1000000000, 1e-9, false",
        "4, 1000000000, 1e-9, true",
        "1001637, 1000000000, 0.001, false",
        "1001650, 1000000000, 0.001, true",
        "1001600, 1000000000, 0.001, false",
        "1000000, 1000000000, 0.001, false",
        "500026100, 1000000000, 0.5, true",
        "500025900, 1000000000, 0.5, false",
        "1000000000, 1000000000, 0.5, true",
        "0, 1000000000, 0.001, false",
        "0, 0, 0.001, false"
    })
    void isUnlikely_holdsForLargeTotals(long bad, long total, double p, boolean unlikely) {
        assertThat(Binomial.isUnlikely(bad, total, p, LEVEL)).isEqualTo(unlikely);
    }

    @Test
    void isUnlikely_growsWithTheBadOnes() {
        boolean before = false;
        for (long bad = 999_000; bad < 1_003_000; bad += 20) {
            boolean unlikely = Binomial.isUnlikely(bad, 1_000_000_000, 0.001, LEVEL);

            assertThat(unlikely || !before).isTrue();
            before = unlikely;
        }
        assertThat(before).isTrue();
    }

    /** Bad requests below the least are not enough however unlikely they are; neither are likely ones however many. */
    @Test
    void lowTraffic_needsAllThree() {
        LowTraffic floor = new LowTraffic(10, 3, 0.01);

        assertThat(floor.isEnough(9, 9)).isFalse();
        assertThat(floor.isEnough(2, 10)).isFalse();
        assertThat(floor.isEnough(3, 10)).isTrue();
        assertThat(floor.isEnough(12, 1000)).isFalse();
        assertThat(floor.isEnough(16, 1000)).isTrue();
    }

    private static BigDecimal exactTail(int bad, int total, BigDecimal p) {
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger ways = BigInteger.ONE;
        for (int k = 0; k <= total; k++) {
            if (k >= bad) {
                sum = sum.add(p.pow(k)
                        .multiply(BigDecimal.ONE.subtract(p).pow(total - k))
                        .multiply(new BigDecimal(ways))
                        .round(MathContext.DECIMAL128));
            }
            ways = ways.multiply(BigInteger.valueOf(total - k)).divide(BigInteger.valueOf(k + 1));
        }
        return sum;
    }
}
