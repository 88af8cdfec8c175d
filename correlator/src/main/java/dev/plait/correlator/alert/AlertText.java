package dev.plait.correlator.alert;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.Threshold;
import dev.plait.schemas.model.SloStatus.Burn;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The annotations of an alert: {@code summary}, one line for a pager, and {@code description}, what one needs to begin: how
 * much fails, how fast the budget goes and when it is gone, the failing hop, where to look. Figures are rounded for people;
 * exact ones are in the record beside.
 */
final class AlertText {
    private final AlertSubject subject;
    private final AlertRule rule;
    private final Standing standing;
    private final Readings now;
    private final EvidenceText evidence;

    AlertText(AlertSubject subject, AlertRule rule, Standing standing, Readings now, EvidenceText evidence) {
        this.subject = subject;
        this.rule = rule;
        this.standing = standing;
        this.now = now;
        this.evidence = evidence;
    }

    Map<String, String> annotations(Alert.State state, long startsAtMs) {
        String title = subject.title();
        String culprit = evidence.culprit().map(words -> ": " + words).orElse("");
        long lastedMs = now.clockMs() - startsAtMs;
        return switch (state) {
            case RESOLVED ->
                Map.of(
                        "summary",
                        "Resolved after " + Phrases.about(lastedMs) + ": " + title + culprit + ".",
                        "description",
                        description("The condition no longer holds. It began at " + Phrases.time(startsAtMs) + "."));
            case PENDING ->
                Map.of(
                        "summary",
                        "Pending: " + title + " " + what() + culprit + ".",
                        "description",
                        description("Fires if it lasts for " + Phrases.window(rule.forMs()) + "."));
            case FIRING -> Map.of("summary", title + " " + what() + culprit + ".", "description", description(""));
        };
    }

    private String what() {
        return switch (rule.kind()) {
            case BURN_RATE -> {
                long bad = bad(standing.shortMs());
                long total = total(standing.shortMs());
                BurnRate rate = BurnRate.ofTarget(definition().target());
                yield (isLatency() ? "is too slow or fails for " : "fails ") + Phrases.percent(ratio(bad, total))
                        + " of requests in the last "
                        + Phrases.window(standing.shortMs()) + ", " + Phrases.rate(rate.of(bad, total))
                        + " times what its error budget allows";
            }
            case THRESHOLD -> rule.threshold().map(this::threshold).orElse("is beyond its threshold");
            case ABSENCE -> "has had no requests for " + Phrases.about(now.clockMs() - now.quietSinceMs());
        };
    }

    private String threshold(Threshold threshold) {
        double measured =
                new ThresholdCondition(threshold, BurnRate.ofTarget(definition().target())).measured(now.counts());
        String window = " in the last " + Phrases.window(threshold.windowMs()) + " (limit: "
                + (threshold.above() ? "above " : "below ");
        return switch (threshold.measure()) {
            case ERROR_RATIO ->
                "fails " + Phrases.percent(measured) + " of requests" + window + Phrases.percent(threshold.value())
                        + ")";
            case REQUEST_RATE ->
                "has " + Phrases.rate(measured) + " requests a second" + window + Phrases.rate(threshold.value()) + ")";
            case BURN_RATE ->
                "burns its error budget " + Phrases.rate(measured) + " times faster than it may" + window
                        + Phrases.rate(threshold.value()) + ")";
        };
    }

    private String description(String first) {
        StringJoiner text = new StringJoiner(" ");
        if (!first.isEmpty()) {
            text.add(first);
        }
        if (standing.windowMs() > 0) {
            text.add(failed());
        }
        for (Burn burn : standing.burn()) {
            if (burn.exceeded()) {
                text.add("The budget burns " + Phrases.rate(burn.longRate()) + " times too fast over "
                        + burn.longWindow() + " and " + Phrases.rate(burn.shortRate()) + " over " + burn.shortWindow()
                        + " (limit " + Phrases.rate(burn.factor()) + ").");
            }
        }
        text.add(budget());
        evidence.sentences().forEach(text::add);
        return text.toString();
    }

    private String failed() {
        StringBuilder text = new StringBuilder(96)
                .append(Phrases.count(bad(standing.windowMs())))
                .append(" of ")
                .append(Phrases.count(total(standing.windowMs())))
                .append(
                        isLatency()
                                ? " requests were too slow or failed in the last "
                                : " requests failed in the last ")
                .append(Phrases.window(standing.windowMs()));
        if (standing.shortMs() != standing.windowMs()) {
            text.append(", ")
                    .append(Phrases.count(bad(standing.shortMs())))
                    .append(" of ")
                    .append(Phrases.count(total(standing.shortMs())))
                    .append(" in the last ")
                    .append(Phrases.window(standing.shortMs()));
        }
        return text.append("; ")
                .append(Phrases.target(definition().target()))
                .append(" over ")
                .append(definition().windowDays())
                .append(" days are promised.")
                .toString();
    }

    private String budget() {
        double remaining = now.budgetRemaining();
        if (remaining <= 0) {
            return "The error budget is used up, " + Phrases.percent(1 - remaining) + " of it is spent.";
        }
        String left = Phrases.percent(remaining) + " of the error budget is left";
        if (now.exhaustsAtMs().isEmpty()) {
            return left + "; at the present rate it lasts.";
        }
        long exhaustsAtMs = now.exhaustsAtMs().getAsLong();
        return left + "; at the present rate it is gone in " + Phrases.about(exhaustsAtMs - now.clockMs()) + ", at "
                + Phrases.time(exhaustsAtMs) + ".";
    }

    private boolean isLatency() {
        return definition().indicator().match().maxDurationNanos() != Long.MAX_VALUE;
    }

    private SloDefinition definition() {
        return subject.definition();
    }

    private long bad(long windowMs) {
        return now.counts().bad(windowMs);
    }

    private long total(long windowMs) {
        return now.counts().total(windowMs);
    }

    private static double ratio(long bad, long total) {
        return total == 0 ? 0 : (double) bad / total;
    }
}
