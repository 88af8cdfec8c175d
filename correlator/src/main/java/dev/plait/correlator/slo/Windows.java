package dev.plait.correlator.slo;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The windows of a definition.
 *
 * @param widthsMs all that must be answered, ascending and distinct
 * @param presentMs what "at the present rate" is measured over: the shortest long window of all burn-rate pairs (1 h by the
 *     defaults), else a 720th of the period (1 h of 30 days)
 * @param silentMs when nothing was counted for so long there is no data: the longest long window of the rule that has the
 *     highest burn-rate factor, the one that pages (6 h by the defaults), else a 120th of the period (6 h of 30 days)
 */
record Windows(List<Long> widthsMs, long periodMs, long presentMs, long silentMs) {
    private static final int PRESENT_PART = 720;
    private static final int SILENT_PART = 120;

    static Windows of(SloDefinition definition) {
        List<AlertRule> rules = definition.alerts();
        List<BurnPair> pairs =
                rules.stream().flatMap(rule -> rule.pairs().stream()).toList();
        long presentMs = pairs.stream()
                .mapToLong(BurnPair::longMs)
                .min()
                .orElse(Math.max(definition.periodMs() / PRESENT_PART, 1));
        Optional<AlertRule> urgent = rules.stream()
                .filter(rule -> !rule.pairs().isEmpty())
                .max(Comparator.comparingDouble(rule -> rule.pairs().stream()
                        .mapToDouble(BurnPair::factor)
                        .max()
                        .orElse(0)));
        long silentMs = urgent.stream()
                .flatMap(rule -> rule.pairs().stream())
                .mapToLong(BurnPair::longMs)
                .max()
                .orElse(Math.max(definition.periodMs() / SILENT_PART, 1));
        TreeSet<Long> widths = new TreeSet<>(List.of(definition.periodMs(), presentMs, silentMs));
        for (BurnPair pair : pairs) {
            widths.add(pair.longMs());
            widths.add(pair.shortMs());
        }
        rules.forEach(rule -> rule.threshold().ifPresent(threshold -> widths.add(threshold.windowMs())));
        return new Windows(List.copyOf(widths), definition.periodMs(), presentMs, silentMs);
    }

    long longestMs() {
        return widthsMs.get(widthsMs.size() - 1);
    }
}
