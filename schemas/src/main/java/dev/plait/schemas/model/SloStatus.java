package dev.plait.schemas.model;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How an SLO, or one group of it, stands: the value of {@code plait-slo}.
 *
 * @param evaluatedAtMs the clock at which it was worked out: arrival time
 * @param good requests within the period; {@code total} is {@code good + bad}
 * @param errorRatio bad by total, 0 when nothing was counted
 * @param budgetRemaining 1: untouched; 0: used up; negative: overspent
 * @param exhaustsAtMs when the budget is used up at the present rate; empty when it is not within the period
 */
public record SloStatus(
        String slo,
        String service,
        Map<String, String> group,
        double target,
        int windowDays,
        long evaluatedAtMs,
        long good,
        long bad,
        long total,
        double errorRatio,
        double budgetRemaining,
        OptionalLong exhaustsAtMs,
        List<Burn> burn,
        State state) {
    public SloStatus {
        group = Map.copyOf(group);
        burn = List.copyOf(burn);
    }

    /** One pair of windows. Windows are texts such as {@code 1h} and {@code 5m}; rates are burn rates. */
    public record Burn(
            String severity,
            String longWindow,
            String shortWindow,
            double factor,
            double longRate,
            double shortRate,
            boolean exceeded) {}

    /** In words. */
    public enum State {
        OK,
        PENDING,
        FIRING,
        INSUFFICIENT_DATA,
        NO_DATA
    }
}
