package dev.plait.correlator.alert;

import java.math.BigDecimal;

/**
 * How fast an error budget is used: bad by total over a window, by the budget (Google's <i>The Site Reliability Workbook</i>,
 * chapter 5). 1 uses it up just at the end of the period. Nothing counted is a rate of 0.
 *
 * @param budget the share of requests that may be bad: 1 - target
 */
public record BurnRate(double budget) {
    /** Far below what one request makes, far above what rounding makes. */
    private static final double ROUNDING = 1 + 1e-12;

    /** The budget of a target as it is written: of 0.999 it is 0.001, not 0.0010000000000000009. */
    public static BurnRate ofTarget(double target) {
        return new BurnRate(BigDecimal.ONE.subtract(BigDecimal.valueOf(target)).doubleValue());
    }

    public double of(long bad, long total) {
        return total == 0 ? 0 : (double) bad / total / budget;
    }

    /** Whether the rate is above the factor. Just the factor, however it is rounded, is not above. */
    public boolean exceeds(long bad, long total, double factor) {
        return bad > 0 && bad > factor * budget * total * ROUNDING;
    }
}
