package dev.plait.correlator.measure;

import dev.plait.correlator.alert.DropAlert;
import dev.plait.correlator.alert.Phrases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an alert about a dropped measure says: to what, from what, of what, since when. */
final class DropText {
    private final MeasureRule rule;
    private final DropRule drop;
    private final Map<String, String> series;
    private final long windowMs;
    private final long pastMs;

    DropText(MeasureRule rule, DropRule drop, Map<String, String> series, long windowMs, long pastMs) {
        this.rule = rule;
        this.drop = drop;
        this.series = series;
        this.windowMs = windowMs;
        this.pastMs = pastMs;
    }

    DropAlert.Subject subject() {
        return new DropAlert.Subject(rule.name() + "-drop", drop.severity(), rule.name(), series);
    }

    DropAlert.Reading reading(Comparison found, long endMs) {
        String summary = title() + " is " + Phrases.percent(found.missing()) + " below what is usual: "
                + amount(found.value()) + " in " + Phrases.window(windowMs) + ", " + amount(found.expected())
                + " expected.";
        return new DropAlert.Reading(found.now().count(), summary, description(found, endMs));
    }

    /** Why it does not hold any more: it is back, or has been so for long enough to be taken as usual. */
    String over(boolean isBack, Comparison found) {
        String brings = amount(found.value()) + " in " + Phrases.window(windowMs);
        return isBack
                ? title() + " is back: " + brings + ", " + amount(found.expected()) + " expected."
                : title() + " has stayed so low for " + Phrases.window(pastMs) + " that it is taken as usual now: "
                        + brings + ".";
    }

    String description(Comparison found, long endMs) {
        String window = Phrases.window(windowMs);
        StringBuilder text = new StringBuilder(160)
                .append(amount(found.now().sum().doubleValue(), rule.unit()))
                .append(" in ")
                .append(items(found.now().count()))
                .append(" in the ")
                .append(window)
                .append(" until ")
                .append(Phrases.time(endMs))
                .append('.');
        if (found.usualMs() > 0) {
            text.append(" In the ")
                    .append(Phrases.about(found.usualMs()))
                    .append(" that it is compared to, ")
                    .append(window)
                    .append(" brought ")
                    .append(amount(found.expected()));
            if (drop.of() == DropRule.Of.SUM) {
                text.append(" in ").append(items(Math.round(found.expectedCount())));
            }
            text.append('.');
        }
        return text.append(" It fires at ")
                .append(Phrases.percent(drop.share()))
                .append(" below that.")
                .toString();
    }

    /** {@code turnover of region=eu}. */
    private String title() {
        String of = new TreeMap<>(series)
                .entrySet().stream()
                        .filter(label -> !label.getKey().equals("source"))
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
        return (drop.of() == DropRule.Of.COUNT ? "Number of " : "") + rule.name() + (of.isEmpty() ? "" : " of " + of);
    }

    private String amount(double value) {
        return drop.of() == DropRule.Of.COUNT ? items(Math.round(value)) : amount(value, rule.unit());
    }

    private static String amount(double value, String unit) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
        return String.format(Locale.ROOT, "%,.2f", rounded).replaceFirst("\\.00$", "")
                + (unit.isEmpty() ? "" : " " + unit);
    }

    private static String items(long count) {
        return Phrases.count(count) + (count == 1 ? " item" : " items");
    }
}
