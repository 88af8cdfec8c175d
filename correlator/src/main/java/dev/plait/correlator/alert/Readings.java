package dev.plait.correlator.alert;

import java.util.OptionalLong;

/**
 * What alerts of one SLO key are judged by at one moment. Times are milliseconds.
 *
 * @param clockMs arrival time
 * @param wallMs the wall's clock: only to hold back what is written again
 * @param endsToo alerts may also end, not only begin: true every 30 s of the clock
 * @param knownSinceMs since when this key is watched
 * @param quietSinceMs the clock at which something was last counted, or since when it could have been
 * @param budgetRemaining of the period: 1 untouched, negative overspent
 * @param exhaustsAtMs when it is used up at the present rate
 */
public record Readings(
        long clockMs,
        long wallMs,
        boolean endsToo,
        long knownSinceMs,
        long quietSinceMs,
        WindowCounts counts,
        double budgetRemaining,
        OptionalLong exhaustsAtMs) {}
