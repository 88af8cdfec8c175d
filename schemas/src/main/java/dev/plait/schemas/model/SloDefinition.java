package dev.plait.schemas.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One SLO, resolved: nothing in it refers to another object. The value of {@code plait-slo-definitions}, keyed by
 * {@code name}. Times are milliseconds. The bounds are those of {@link SloBounds}; beyond them the constructors throw
 * {@link IllegalArgumentException} with a sentence.
 *
 * @param name at most 253 characters, without {@code /}, which parts it from a group in keys
 * @param effectiveAtMs requests that ended before are not counted by this definition
 * @param groupBy names of request fields, tags or attributes; one status and one set of alerts for each combination of their
 *     values
 * @param target the share of good requests that is promised, above 0 and below 1
 * @param windowDays as it is promised, rounded up to whole days
 * @param periodMs the rolling window in which the budget is kept; {@code windowDays}, shorter when it is less than a day or
 *     windows are scaled
 * @param minEvents so many requests must be in the short window for a burn-rate alert to fire
 * @param minBad so many of them bad
 * @param alerts no two of them with the same name and severity, which tell alerts apart
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
        SloBounds.name("name", name);
        SloBounds.check(name.indexOf('/') < 0, "name", name, "a name without /");
        SloBounds.text("displayName", displayName, SloBounds.MAX_NAME);
        SloBounds.text("description", description, SloBounds.MAX_TEXT);
        SloBounds.text("service", service, SloBounds.MAX_NAME);
        SloBounds.check(effectiveAtMs >= 0, "effectiveAtMs", effectiveAtMs, "0 or more");
        SloBounds.atMost("groupBy", groupBy.size(), SloBounds.MAX_GROUP_BY);
        groupBy.forEach(key -> SloBounds.name("groupBy", key));
        SloBounds.check(Set.copyOf(groupBy).size() == groupBy.size(), "groupBy", groupBy, "each name once");
        SloBounds.check(target > 0 && target < 1, "target", target, "above 0 and below 1");
        SloBounds.check(windowDays >= 1 && windowDays <= SloBounds.MAX_DAYS, "windowDays", windowDays, "1 to 366");
        SloBounds.window("periodMs", periodMs);
        SloBounds.check(minEvents >= 0, "minEvents", minEvents, "0 or more");
        SloBounds.check(minBad >= 0, "minBad", minBad, "0 or more");
        SloBounds.atMost("alerts", alerts.size(), SloBounds.MAX_ALERTS);
        Set<List<String>> labels = new HashSet<>();
        for (AlertRule alert : alerts) {
            SloBounds.check(
                    labels.add(List.of(alert.name(), alert.severity())),
                    "alerts",
                    alert.name() + ", " + alert.severity(),
                    "each name and severity once");
            SloBounds.check(alert.longestMs() <= periodMs, "alerts", alert.longestMs(), "windows within the period");
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
            RequestSource source, Optional<String> metric, Filter total, Filter match, boolean matchIsBad) {
        public Indicator {
            SloBounds.check(
                    metric.isPresent() == (source == RequestSource.METRIC),
                    "metric",
                    metric.orElse("none"),
                    "a name exactly when the source is metric");
            metric.ifPresent(name -> SloBounds.name("metric", name));
        }
    }

    /**
     * A condition on one request.
     *
     * @param where a CEL expression over one request, at most 8 Ki characters; empty matches all
     * @param maxDurationNanos a slower request does not match; {@link Long#MAX_VALUE} for no limit
     */
    public record Filter(String where, long maxDurationNanos) {
        /** Matches every request. */
        public static final Filter ALL = new Filter("", Long.MAX_VALUE);

        public Filter {
            SloBounds.text("where", where, SloBounds.MAX_TEXT);
            SloBounds.check(maxDurationNanos > 0, "maxDurationNanos", maxDurationNanos, "above 0");
        }
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
            SloBounds.name("alert name", name);
            SloBounds.name("severity", severity);
            SloBounds.check(forMs >= 0 && forMs <= SloBounds.MAX_WINDOW_MS, "forMs", forMs, "0 to 366 days");
            SloBounds.atMost("pairs", pairs.size(), SloBounds.MAX_PAIRS);
            SloBounds.check(
                    pairs.isEmpty() == (kind != Alert.Kind.BURN_RATE), "pairs", pairs.size(), "some for a BURN_RATE");
            SloBounds.check(
                    threshold.isPresent() == (kind == Alert.Kind.THRESHOLD),
                    "threshold",
                    threshold.isPresent(),
                    "one for a THRESHOLD");
            if (kind == Alert.Kind.ABSENCE) {
                SloBounds.window("absentMs", absentMs);
            } else {
                SloBounds.check(absentMs == 0, "absentMs", absentMs, "0 unless it is an ABSENCE");
            }
        }

        /** Its longest window that must lie within the period. */
        long longestMs() {
            long longest = threshold.map(Threshold::windowMs).orElse(0L);
            for (BurnPair pair : pairs) {
                longest = Math.max(longest, pair.longMs());
            }
            return longest;
        }
    }

    /** Two windows and the burn rate (1 = the budget is just used up at the end of the period) that both must exceed. */
    public record BurnPair(long longMs, long shortMs, double factor) {
        public BurnPair {
            SloBounds.window("longMs", longMs);
            SloBounds.window("shortMs", shortMs);
            SloBounds.check(longMs >= shortMs, "longMs", longMs, "not shorter than shortMs");
            SloBounds.check(factor > 0 && Double.isFinite(factor), "factor", factor, "a number above 0");
        }
    }

    /** A measure over one window against a number that is not negative. */
    public record Threshold(Measure measure, boolean above, boolean orEqual, double value, long windowMs) {
        public Threshold {
            SloBounds.check(value >= 0 && Double.isFinite(value), "value", value, "a number, 0 or more");
            SloBounds.window("windowMs", windowMs);
        }
    }

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
