package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** SLOs as people read them: what a definition means, and a table of how all stand. */
public final class SloText {
    private static final int MAX_NAME = 60;
    private static final String ROW = "%-40s %9s %7s  %-17s %12s  %s";

    private SloText() {}

    /** What a definition means. */
    public static List<String> of(SloDefinition slo) {
        List<String> lines = new ArrayList<>();
        lines.add(text(slo.name()) + ": " + percent(slo.target()) + " over " + span(slo.periodMs())
                + (slo.service().isEmpty() ? "" : ", service " + text(slo.service())));
        SloDefinition.Indicator sli = slo.indicator();
        String source =
                sli.source().label() + sli.metric().map(name -> " " + name).orElse("");
        lines.add("  counts   " + source + filter(sli.total(), " all"));
        lines.add("  " + (sli.matchIsBad() ? "bad      " : "good     ")
                + filter(sli.match(), "all").strip());
        if (!slo.groupBy().isEmpty()) {
            lines.add("  each     " + String.join(", ", slo.groupBy()));
        }
        slo.alerts().forEach(rule -> lines.add("  alert    " + alert(rule)));
        return lines;
    }

    /** A head, and a row for each status; a definition without one has a row that says so. */
    public static List<String> table(Collection<SloDefinition> definitions, Collection<JsonNode> statuses) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, ROW, "SLO", "TARGET", "WINDOW", "STATE", "BUDGET LEFT", "GOOD OF TOTAL"));
        for (SloDefinition slo : definitions) {
            List<JsonNode> own = statuses.stream()
                    .filter(status -> status.path("slo").asText().equals(slo.name()))
                    .toList();
            if (own.isEmpty()) {
                lines.add(row(slo, text(slo.name()), "-", "-", "nothing counted yet"));
            }
            own.forEach(status -> lines.add(row(slo, name(status), status)));
        }
        return lines;
    }

    private static String row(SloDefinition slo, String name, JsonNode status) {
        String burning = StreamSupport.stream(status.path("burn").spliterator(), false)
                .filter(burn -> burn.path("exceeded").asBoolean())
                .map(burn -> String.format(
                        Locale.ROOT,
                        ", burns %.1f x in %s",
                        burn.path("longRate").asDouble(),
                        text(burn.path("longWindow").asText())))
                .findFirst()
                .orElse("");
        return row(
                slo,
                name,
                text(status.path("state").asText()),
                String.format(
                        Locale.ROOT,
                        "%.1f %%",
                        100 * status.path("budgetRemaining").asDouble()),
                status.path("good").asLong() + " of " + status.path("total").asLong() + burning);
    }

    private static String row(SloDefinition slo, String name, String state, String budget, String counts) {
        return String.format(
                Locale.ROOT, ROW, name, percent(slo.target()), span(slo.periodMs()), state, budget, counts);
    }

    private static String name(JsonNode status) {
        TreeMap<String, String> group = new TreeMap<>();
        status.path("group")
                .properties()
                .forEach(label -> group.put(label.getKey(), label.getValue().asText()));
        return text(status.path("slo").asText()
                + group.entrySet().stream()
                        .map(label -> " " + label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining()));
    }

    private static String filter(SloDefinition.Filter filter, String all) {
        String where = filter.where().isEmpty() ? "" : " where " + Printable.of(filter.where(), 200);
        String within =
                filter.maxDurationNanos() == Long.MAX_VALUE ? "" : " within " + Times.millis(filter.maxDurationNanos());
        return where.isEmpty() && within.isEmpty() ? all : where + within;
    }

    private static String alert(SloDefinition.AlertRule rule) {
        String when = rule.kind() == Alert.Kind.BURN_RATE
                ? rule.pairs().stream()
                        .map(pair -> span(pair.longMs()) + " and " + span(pair.shortMs()) + " burn above "
                                + number(pair.factor()))
                        .collect(Collectors.joining(", or "))
                : rule.threshold()
                        .map(limit ->
                                limit.measure().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " over "
                                        + span(limit.windowMs()) + (limit.above() ? " above " : " below ")
                                        + limit.value())
                        .orElseGet(() -> "nothing counted for " + span(rule.absentMs()));
        return text(rule.severity()) + " when " + when + (rule.forMs() == 0 ? "" : ", for " + span(rule.forMs()));
    }

    static String span(long ms) {
        if (ms % 86_400_000 == 0) {
            return ms / 86_400_000 + "d";
        }
        if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        return ms % 60_000 == 0 ? ms / 60_000 + "m" : ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }

    private static String number(double factor) {
        return new BigDecimal(factor)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String percent(double ratio) {
        return BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    private static String text(String text) {
        return Printable.of(text, MAX_NAME);
    }
}
