package dev.plait.correlator.alert;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;

/** What a rule watches. */
interface Condition {
    Standing at(Readings now);

    /** The longest window it looks at, milliseconds. */
    long longestMs();

    static Condition of(AlertRule rule, SloDefinition definition) {
        return switch (rule.kind()) {
            case BURN_RATE -> new BurnCondition(rule, definition);
            case THRESHOLD ->
                new ThresholdCondition(
                        rule.threshold()
                                .orElseThrow(
                                        () -> new IllegalStateException("rule " + rule.name() + " has no threshold")),
                        BurnRate.ofTarget(definition.target()));
            case ABSENCE -> new AbsenceCondition(rule.absentMs());
        };
    }
}
