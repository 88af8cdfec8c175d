package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.OpenSloObject.Kind;
import dev.plait.schemas.model.SloBounds;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads SLOs and resolves what they refer to. */
final class SloReader {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long MIN_PERIOD_MS = TimeUnit.HOURS.toMillis(1);
    private static final String PERIOD = "a duration such as 30d, 4w or 720h, from 1h to 366d";

    private final Catalog catalog;
    private final Problems problems;
    private final SliReader indicators;
    private final AlertReader alerts;
    private final Scale scale;

    SloReader(Catalog catalog, Problems problems, SliReader indicators, AlertReader alerts, Scale scale) {
        this.catalog = catalog;
        this.problems = problems;
        this.indicators = indicators;
        this.alerts = alerts;
        this.scale = scale;
    }

    /** A definition, and the texts in it. */
    record Slo(SloDefinition definition, List<Sli.Text> texts) {}

    /** Empty when there was a problem with it or with what it refers to. */
    Optional<Slo> read(OpenSloObject object) {
        int before = problems.count();
        Fields spec = object.spec();
        String description = spec.optionalText("description", "text").orElse("");
        String service = spec.text("service", "the name of the service that makes the promise")
                .orElse("");
        Optional<Sli> sli = sli(spec);
        long periodMs = periodMs(spec);
        occurrences(spec);
        Optional<Objective> objective = Objective.read(spec, sli);
        SloAnnotations annotations = SloAnnotations.of(object);
        Optional<List<AlertRule>> rules = rules(spec, periodMs);
        spec.end();
        if (problems.count() > before || sli.isEmpty() || objective.isEmpty() || rules.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Slo(
                    new SloDefinition(
                            object.name(),
                            object.displayName(),
                            description,
                            service,
                            0,
                            indicator(sli.get(), objective.get()),
                            annotations.groupBy(),
                            objective.get().target(),
                            (int) ((periodMs + DAY_MS - 1) / DAY_MS),
                            scale.windowMs(periodMs),
                            annotations.minEvents(),
                            annotations.minBad(),
                            rules.get()),
                    sli.get().texts()));
        } catch (IllegalArgumentException outOfBounds) {
            object.whole().problem("", outOfBounds.getMessage());
            return Optional.empty();
        }
    }

    private static Indicator indicator(Sli sli, Objective objective) {
        Filter match = sli.match().orElseGet(() -> new Filter("", objective.maxDurationNanos()));
        return new Indicator(sli.source(), sli.metric(), sli.total(), match, sli.matchIsBad());
    }

    private Optional<Sli> sli(Fields spec) {
        boolean inline = spec.has("indicator");
        if (inline == spec.has("indicatorRef")) {
            spec.problem("", (inline ? "both are" : "neither is") + " given; expected indicator or indicatorRef");
            return Optional.empty();
        }
        Optional<OpenSloObject> object = inline
                ? spec.object("indicator", "a mapping with metadata and spec")
                        .flatMap(fields -> OpenSloObject.inline(Kind.SLI, fields))
                : catalog.find(Kind.SLI, spec, "indicatorRef");
        return object.flatMap(indicators::read);
    }

    private static void occurrences(Fields spec) {
        String method = spec.optionalText("budgetingMethod", "Occurrences").orElse("Occurrences");
        if (method.equals("Timeslices") || method.equals("RatioTimeslices")) {
            spec.problem("budgetingMethod", method + " comes in a later version; expected Occurrences");
        } else if (!method.equals("Occurrences")) {
            spec.wrong("budgetingMethod", "Occurrences");
        }
    }

    /** As it is promised; 30 days when that is not known. */
    private static long periodMs(Fields spec) {
        List<Fields> windows = spec.objects("timeWindow", "a list of one rolling window");
        if (windows.size() != 1) {
            if (!windows.isEmpty()) {
                spec.problem("timeWindow", windows.size() + " windows come in a later version; expected one");
            }
            return 30 * DAY_MS;
        }
        Fields window = windows.get(0);
        boolean calendar = window.has("calendar");
        window.later("calendar", "calendar windows");
        if (!window.truth("isRolling", true) && !calendar) {
            window.problem("isRolling", "false; calendar windows come in a later version, expected true");
        }
        long ms = TimeUnit.NANOSECONDS.toMillis(
                calendar
                        ? 30 * DAY_MS * 1_000_000
                        : window.durationNanos("duration", PERIOD).orElse(30 * DAY_MS * 1_000_000));
        window.ignore("duration");
        window.end();
        if (ms < MIN_PERIOD_MS || ms > SloBounds.MAX_WINDOW_MS) {
            window.wrong("duration", PERIOD);
            return 30 * DAY_MS;
        }
        return ms;
    }

    private static String shown(long ms) {
        return ms % DAY_MS == 0 ? ms / DAY_MS + "d" : TimeUnit.MILLISECONDS.toMinutes(ms) + "m";
    }

    /** Empty when a policy is not known. */
    private Optional<List<AlertRule>> rules(Fields spec, long periodMs) {
        if (!spec.has("alertPolicies")) {
            return Optional.of(BurnDefaults.rules(periodMs, scale));
        }
        List<AlertRule> rules = new ArrayList<>();
        boolean known = true;
        for (Fields element : spec.objectsOrNames(
                "alertPolicies",
                "alertPolicyRef",
                "a list of alert policies, or no such key for the burn-rate alerts")) {
            Optional<OpenSloObject> policy = element.has("alertPolicyRef")
                    ? catalog.find(Kind.ALERT_POLICY, element, "alertPolicyRef")
                    : OpenSloObject.inline(Kind.ALERT_POLICY, element);
            if (element.has("alertPolicyRef")) {
                element.end();
            }
            Optional<List<AlertReader.Rule>> read = policy.flatMap(alerts::read);
            known &= read.isPresent();
            for (AlertReader.Rule rule : read.orElse(List.of())) {
                if (rule.lookbackMs() > periodMs) {
                    element.problem(
                            "",
                            rule.rule().name() + " looks back over more than the time window of " + shown(periodMs));
                }
                rules.add(rule.rule());
            }
        }
        return known ? Optional.of(rules) : Optional.empty();
    }
}
