package dev.plait.ingest.openslo;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The alerts of an SLO that names none: multi-window, multi-burn-rate, as in the Site Reliability Workbook, chapter 5. A pair
 * pages when 2 % of the budget was used within an hour or 5 % within six, and makes a ticket when 10 % was within a day or
 * three; the short window tells that it still goes on. A share of the budget within a window is a burn rate of
 * {@code share x period / window}: 14.4, 6, 3 and 1 for 30 days.
 */
final class BurnDefaults {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private static final String NAME = "ErrorBudgetBurn";

    private BurnDefaults() {}

    /** Which part of the budget is used up within {@code longMs} when the burn rate is at the factor. */
    private record Share(int percent, long longMs, long shortMs) {}

    /** Pairs whose long window is longer than the period are left out. */
    static List<AlertRule> rules(long periodMs, Scale scale) {
        List<AlertRule> rules = new ArrayList<>();
        rule("page", periodMs, scale, new Share(2, HOUR_MS, 5 * MINUTE_MS), new Share(5, 6 * HOUR_MS, 30 * MINUTE_MS))
                .ifPresent(rules::add);
        rule("ticket", periodMs, scale, new Share(10, DAY_MS, 2 * HOUR_MS), new Share(10, 3 * DAY_MS, 6 * HOUR_MS))
                .ifPresent(rules::add);
        return rules;
    }

    private static Optional<AlertRule> rule(String severity, long periodMs, Scale scale, Share... shares) {
        List<BurnPair> pairs = Stream.of(shares)
                .filter(share -> share.longMs <= periodMs)
                .map(share -> new BurnPair(
                        scale.windowMs(share.longMs),
                        scale.windowMs(share.shortMs),
                        share.percent * (double) periodMs / (100.0 * share.longMs)))
                .toList();
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new AlertRule(NAME, Alert.Kind.BURN_RATE, severity, 0, pairs, Optional.empty(), 0));
    }
}
