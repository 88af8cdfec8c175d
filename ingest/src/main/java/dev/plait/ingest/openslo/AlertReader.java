package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.OpenSloObject.Kind;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads alert policies. A rule is named by its policy, the one for {@code alertWhenNoData} with {@code -no-data} behind.
 * Resolved alerts are always told, and to whom is the matter of those who read the alerts: {@code alertWhenResolved} and
 * {@code notificationTargets} change nothing.
 */
final class AlertReader {
    private static final String NO_DATA = "-no-data";

    private final Catalog catalog;
    private final Problems problems;
    private final ConditionReader conditions;
    private final Scale scale;
    private final Map<OpenSloObject, Optional<List<Rule>>> read = new HashMap<>();

    AlertReader(Catalog catalog, Problems problems, ConditionReader conditions, Scale scale) {
        this.catalog = catalog;
        this.problems = problems;
        this.conditions = conditions;
        this.scale = scale;
    }

    /** A rule, and the window of it, unscaled, that must lie within the SLO's period. */
    record Rule(AlertRule rule, long lookbackMs) {}

    /** Empty when there was a problem, which is noted once. */
    Optional<List<Rule>> read(OpenSloObject policy) {
        Optional<List<Rule>> known = read.get(policy);
        if (known == null) {
            int before = problems.count();
            Optional<List<Rule>> rules = policy(policy);
            known = problems.count() == before ? rules : Optional.empty();
            read.put(policy, known);
        }
        return known;
    }

    private Optional<List<Rule>> policy(OpenSloObject policy) {
        policy.checkAnnotations(Set.of());
        Fields spec = policy.spec();
        spec.ignore("description", "notificationTargets");
        spec.truth("alertWhenResolved", true);
        boolean whenBreaching = spec.truth("alertWhenBreaching", true);
        boolean whenNoData = spec.truth("alertWhenNoData", false);
        List<Fields> list = spec.objects("conditions", "a list of one condition");
        spec.end();
        if (list.size() != 1) {
            spec.problem("conditions", list.size() + " conditions; expected one");
            return Optional.empty();
        }
        return object(list.get(0))
                .flatMap(conditions::read)
                .map(condition -> rules(policy.name(), condition, whenBreaching, whenNoData));
    }

    private List<Rule> rules(String name, Condition condition, boolean whenBreaching, boolean whenNoData) {
        boolean isAbsence = condition.measure().isEmpty();
        List<Rule> rules = new ArrayList<>();
        if (whenBreaching) {
            rules.add(new Rule(condition.rule(name, scale), isAbsence ? 0 : condition.lookbackMs()));
        }
        if (whenNoData && !(isAbsence && whenBreaching)) {
            rules.add(new Rule(condition.absence(name + NO_DATA, scale), 0));
        }
        return rules;
    }

    private Optional<OpenSloObject> object(Fields condition) {
        if (!condition.has("conditionRef")) {
            return OpenSloObject.inline(Kind.ALERT_CONDITION, condition);
        }
        condition.end();
        return catalog.find(Kind.ALERT_CONDITION, condition, "conditionRef");
    }
}
