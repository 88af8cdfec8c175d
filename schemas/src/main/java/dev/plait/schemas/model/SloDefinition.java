package dev.plait.schemas.model;

import java.util.List;
import java.util.Optional;

/**
 * One SLO, resolved: nothing in it refers to another object. The value of {@code plait-slo-definitions}, keyed by
 * {@code name}. Times are milliseconds.
 *
 * @param effectiveAtMs requests that ended before are not counted by this definition
 * @param groupBy names of request fields or tags; one status and one set of alerts for each combination of their values
 * @param target the share of good requests that is promised, above 0 and below 1
 * @param windowDays as it is promised
 * @param periodMs the rolling window in which the budget is kept; {@code windowDays}, shorter only when windows are scaled
 * @param minEvents so many requests must be in the short window for a burn-rate alert to fire
 * @param minBad so many of them bad
 */
public record SloDefinition(
        String name,
        String displayName,
        String description,
        String service,
        long effectiveAtMs,
        Indicator indicator,
        List<String> groupBy,
        double target,
        int windowDays,
        long periodMs,
        long minEvents,
        long minBad,
        List<AlertRule> alerts) {
    public SloDefinition {
        groupBy = List.copyOf(groupBy);
        alerts = List.copyOf(alerts);
        if (name.isEmpty() || !(target > 0 && target < 1) || periodMs < 1 || windowDays < 1) {
            throw new IllegalArgumentException(
                    "slo " + name + ": a name, a target between 0 and 1 and a window are needed");
        }
    }

    /** The same, counting from another time. */
    public SloDefinition effectiveAt(long timeMs) {
        return new SloDefinition(
                name,
                displayName,
                description,
                service,
                timeMs,
                indicator,
                groupBy,
                target,
                windowDays,
                periodMs,
                minEvents,
                minBad,
                alerts);
    }

    /**
     * Which requests count, and which of them are good.
     *
     * @param source what tells of the requests
     * @param metric the metric's name when {@code source} is {@link RequestSource#METRIC}
     * @param total requests that do not match it are not counted
     * @param match of those counted: the good ones, or the bad ones when {@code matchIsBad}
     */
    public record Indicator(
            RequestSource source, Optional<String> metric, Filter total, Filter match, boolean matchIsBad) {}

    /**
     * A condition on one request.
     *
     * @param where a CEL expression over one request; empty matches all
     * @param maxDurationNanos a slower request does not match; {@link Long#MAX_VALUE} for no limit
     */
    public record Filter(String where, long maxDurationNanos) {
        /** Matches every request. */
        public static final Filter ALL = new Filter("", Long.MAX_VALUE);
    }

    /**
     * When to alert.
     *
     * @param name the label {@code alertname}
     * @param forMs the condition must hold so long before the alert fires; 0: at once
     * @param pairs for {@link Alert.Kind#BURN_RATE}: it fires while both windows of any pair exceed
     * @param threshold for {@link Alert.Kind#THRESHOLD}
     * @param absentMs for {@link Alert.Kind#ABSENCE}: it fires when nothing was counted for so long; else 0
     */
    public record AlertRule(
            String name,
            Alert.Kind kind,
            String severity,
            long forMs,
            List<BurnPair> pairs,
            Optional<Threshold> threshold,
            long absentMs) {
        public AlertRule {
            pairs = List.copyOf(pairs);
        }
    }

    /** Two windows and the burn rate (1 = the budget is just used up at the end of the period) that both must exceed. */
    public record BurnPair(long longMs, long shortMs, double factor) {}

    /** A measure over one window against a number. */
    public record Threshold(Measure measure, boolean above, boolean orEqual, double value, long windowMs) {}

    /** What a threshold is compared with. */
    public enum Measure {
        /** Bad by total, 0 to 1; never beyond the threshold when nothing was counted. */
        ERROR_RATIO,

        /** Counted requests a second. */
        REQUEST_RATE,

        /** Burn rate over the window. */
        BURN_RATE
    }
}
