package dev.plait.ingest.openslo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What an SLO promises. For a threshold metric the value is a duration in seconds, which a good request does not exceed.
 *
 * @param maxDurationNanos {@link Long#MAX_VALUE} unless it is for a threshold metric
 */
record Objective(double target, long maxDurationNanos) {
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final String SECONDS = "seconds above 0, at most 86400";

    /** The one of {@code spec.objectives}; empty when there is a problem. */
    static Optional<Objective> read(Fields spec, Optional<Sli> sli) {
        List<Fields> objectives = spec.objects("objectives", "a list of one objective");
        if (objectives.size() != 1) {
            if (!objectives.isEmpty()) {
                spec.problem("objectives", objectives.size() + " objectives come in a later version; expected one");
            }
            return Optional.empty();
        }
        Fields objective = objectives.get(0);
        objective.ignore("displayName");
        objective.later("indicator", "composites");
        objective.later("indicatorRef", "composites");
        objective.later("compositeWeight", "composites");
        objective.later("timeSliceTarget", "time slices");
        objective.later("timeSliceWindow", "time slices");
        Optional<Double> target = target(objective);
        Optional<Long> most = sli.map(
                        known -> maxDurationNanos(objective, known.match().isEmpty()))
                .orElse(Optional.of(Long.MAX_VALUE));
        objective.ignore("op", "value");
        objective.end();
        return target.isPresent() && most.isPresent()
                ? Optional.of(new Objective(target.get(), most.get()))
                : Optional.empty();
    }

    private static Optional<Double> target(Fields objective) {
        boolean ratio = objective.has("target");
        if (ratio == objective.has("targetPercent")) {
            objective.problem("", (ratio ? "both are" : "neither is") + " given; expected target or targetPercent");
            return Optional.empty();
        }
        String key = ratio ? "target" : "targetPercent";
        String right =
                ratio ? "a number above 0 and below 1, such as 0.999" : "a number above 0 and below 100, such as 99.9";
        Optional<Double> target = objective
                .number(key, right)
                .map(BigDecimal::new)
                .map(number -> ratio ? number : number.movePointLeft(2))
                .map(BigDecimal::doubleValue);
        if (target.isPresent() && !(target.get() > 0 && target.get() < 1)) {
            objective.wrong(key, right);
            return Optional.empty();
        }
        return target;
    }

    /** {@code lt} is the next shorter duration. */
    private static Optional<Long> maxDurationNanos(Fields objective, boolean isThreshold) {
        if (!isThreshold) {
            if (objective.has("op") || objective.has("value")) {
                objective.problem(objective.has("op") ? "op" : "value", "is only for a thresholdMetric");
                return Optional.empty();
            }
            return Optional.of(Long.MAX_VALUE);
        }
        String op = objective.text("op", "lte or lt").orElse("");
        boolean known = op.equals("lte") || op.equals("lt");
        if (!known && !op.isEmpty()) {
            objective.wrong("op", "lte or lt: a good request is fast");
        }
        Optional<BigDecimal> seconds = objective.number("value", SECONDS).map(BigDecimal::new);
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        if (seconds.get().doubleValue() > 86_400 || seconds.get().doubleValue() < 1e-6) {
            objective.wrong("value", SECONDS);
            return Optional.empty();
        }
        long nanos = seconds.get().multiply(NANOS_PER_SECOND).longValue();
        return known ? Optional.of(op.equals("lt") ? nanos - 1 : nanos) : Optional.empty();
    }
}
