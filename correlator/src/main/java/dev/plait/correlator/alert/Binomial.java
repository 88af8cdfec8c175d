package dev.plait.correlator.alert;

/**
 * Upper tails of the binomial distribution, for totals up to 2^53.
 *
 * <p>One term comes from Loader's saddle-point expansion (C. Loader, <i>Fast and Accurate Computation of Binomial
 * Probabilities</i>, 2000), which loses no digits where log-gamma functions of large numbers cancel; the others from it by
 * the ratio of neighbours. Above the mean these fall at least geometrically, so the sum ends after some standard deviations:
 * tens of thousands of terms at most at a total of 1e9, and far fewer once the answer is decided.
 */
final class Binomial {
    private static final int TABLE = 16;
    private static final double[] STIRLING_ERROR = new double[TABLE];
    private static final double NEGLIGIBLE = 1e-15;

    static {
        double logFactorial = 0;
        for (int n = 1; n < TABLE; n++) {
            logFactorial += Math.log(n);
            STIRLING_ERROR[n] = logFactorial - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
        }
    }

    private Binomial() {}

    /** Whether at least {@code bad} of {@code total} would come by chance with less than {@code level}, if each were bad with {@code p}. */
    static boolean isUnlikely(long bad, long total, double p, double level) {
        if (bad <= total * p) {
            return false;
        }
        // the Chernoff bound decides all that is not near the mean
        double bound = Math.exp(-deviance((double) bad, total * p) - deviance((double) (total - bad), total * (1 - p)));
        return bound < level || tail(bad, total, p, level) < level;
    }

    /** P(X >= bad), or something above {@code enough} as soon as it is known to be above; {@code bad} is above the mean. */
    static double tail(long bad, long total, double p, double enough) {
        double term = term(bad, total, p);
        double sum = term;
        double odds = p / (1 - p);
        for (long k = bad; k < total && sum <= enough && term > sum * NEGLIGIBLE; k++) {
            term *= (total - k) / (k + 1.0) * odds;
            sum += term;
        }
        return sum;
    }

    /** P(X = k). */
    static double term(long k, long n, double p) {
        if (k == 0) {
            return Math.exp(n * Math.log1p(-p));
        }
        if (k == n) {
            return Math.exp(n * Math.log(p));
        }
        double log = stirlingError(n)
                - stirlingError(k)
                - stirlingError(n - k)
                - deviance((double) k, n * p)
                - deviance((double) (n - k), n * (1 - p));
        return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
    }

    /** {@code ln n!} less Stirling's formula. */
    private static double stirlingError(long n) {
        if (n < TABLE) {
            return STIRLING_ERROR[(int) n];
        }
        double square = (double) n * n;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / 1680.0 / square) / square) / square) / n;
    }

    /** {@code x ln(x / mean) + mean - x}, without cancelling when they are close. */
    private static double deviance(double x, double mean) {
        if (x == 0) {
            return mean;
        }
        double distance = x - mean;
        if (Math.abs(distance) >= 0.1 * (x + mean)) {
            return x * Math.log(x / mean) - distance;
        }
        double v = distance / (x + mean);
        double sum = distance * v;
        double power = 2 * x * v;
        for (int j = 1; j < 1000; j++) {
            power *= v * v;
            double next = sum + power / (2 * j + 1);
            if (next == sum) {
                return next;
            }
            sum = next;
        }
        return sum;
    }
}
