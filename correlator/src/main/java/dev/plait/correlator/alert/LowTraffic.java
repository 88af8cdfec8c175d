package dev.plait.correlator.alert;

/**
 * What a window must hold before it may wake someone: enough requests, enough bad ones, and more bad ones than chance makes of
 * a service that just keeps its promise (one-sided binomial test at 95 %).
 *
 * @param minEvents requests
 * @param minBad bad ones among them
 * @param budget the share that may be bad
 */
record LowTraffic(long minEvents, long minBad, double budget) {
    private static final double LEVEL = 0.05;

    boolean isEnough(long bad, long total) {
        return total >= minEvents && bad >= minBad && Binomial.isUnlikely(bad, total, budget, LEVEL);
    }
}
