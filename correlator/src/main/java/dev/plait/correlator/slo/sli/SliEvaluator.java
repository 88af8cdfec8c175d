package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.CountedSlo.Errors;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which of some SLOs count a request, in which group, and whether it is good. An SLO counts a request of its source that
 * ended at or after its {@code effectiveAtMs} and that its {@code total} matches. What an expression says is remembered by the
 * values that it reads, so a request that is like another in all that matters costs a few lookups, some tens of nanoseconds
 * each; durations are compared, never remembered. Where values are always new it costs what the expressions cost, about half a
 * microsecond each. An expression that goes through {@code tags} or {@code attributes} as a whole is evaluated each time.
 *
 * <p>At most {@value #MAX_REMEMBERED} combinations are remembered (64 for each metric and set of values that is read, if that is
 * more), some 100 bytes each beside what is in them; what is
 * remembered changes no answer and no count. Not thread safe.
 */
public final class SliEvaluator {
    static final int MAX_REMEMBERED = 40_000;

    private final Map<RequestSource, SourcePlan> plans = new EnumMap<>(RequestSource.class);
    private final Map<String, SourcePlan> metricPlans = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Errors errors = new Errors();

    /** Takes what was found. */
    @FunctionalInterface
    public interface Hits {
        /**
         * One SLO counts the request.
         *
         * @param slo the definition's place in the list that the evaluator was made of
         */
        void hit(int slo, SloDefinition definition, SloGroup group, boolean good);
    }

    /** A definition that is left out, and why. */
    public record Problem(SloDefinition definition, String reason) {}

    /** Definitions whose expressions do not compile are left out; see {@link #problems}. */
    public SliEvaluator(List<SloDefinition> definitions) {
        Map<RequestSource, List<CountedSlo>> bySource = new EnumMap<>(RequestSource.class);
        Map<String, List<CountedSlo>> byMetric = new HashMap<>();
        Map<String, Expression> expressions = new HashMap<>();
        for (int i = 0; i < definitions.size(); i++) {
            compile(i, definitions.get(i), expressions)
                    .ifPresent(slo -> slo.definition
                            .indicator()
                            .metric()
                            .map(metric -> byMetric.computeIfAbsent(metric, key -> new ArrayList<>()))
                            .orElseGet(() -> bySource.computeIfAbsent(
                                    slo.definition.indicator().source(), key -> new ArrayList<>()))
                            .add(slo));
        }
        int share = MAX_REMEMBERED / Math.max(1, bySource.size() + byMetric.size());
        bySource.forEach((source, slos) -> plans.put(source, new SourcePlan(slos, share)));
        byMetric.forEach((metric, slos) -> metricPlans.put(metric, new SourcePlan(slos, share)));
    }

    /** Why a {@code where} text is refused, beginning with its position; empty when it is fit. */
    public static Optional<String> problem(String where) {
        return Expression.of(where) instanceof Expression.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    /** Those of the given definitions that are left out, in their order. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Calls {@code hits} for each SLO that counts the request, in an order that means nothing. Not for metrics. */
    public void evaluate(CountedRequest request, Hits hits) {
        SourcePlan plan = plans.get(request.source());
        if (plan != null) {
            plan.evaluate(request, hits, errors);
        }
    }

    /**
     * The same for SLOs over the metric of that name. The request stands for all that a point has counted: for a histogram one
     * call for each bucket, whose upper bound is the duration.
     */
    public void evaluate(String metric, CountedRequest request, Hits hits) {
        SourcePlan plan = metricPlans.get(metric);
        if (plan != null) {
            plan.evaluate(request, hits, errors);
        }
    }

    /**
     * How many evaluations were errors (a missing attribute, a text compared with a number), which count as not true. The same
     * whether answers were remembered or not: for each request an error of {@code total} and, if that matches, of the other.
     */
    public long errors() {
        return errors.count;
    }

    /** How many combinations are remembered now. */
    int remembered() {
        return plans.values().stream().mapToInt(SourcePlan::remembered).sum()
                + metricPlans.values().stream().mapToInt(SourcePlan::remembered).sum();
    }

    private Optional<CountedSlo> compile(int index, SloDefinition definition, Map<String, Expression> expressions) {
        Expression total =
                expressions.computeIfAbsent(definition.indicator().total().where(), Expression::of);
        Expression match =
                expressions.computeIfAbsent(definition.indicator().match().where(), Expression::of);
        if (total instanceof Expression.Refused refused) {
            problems.add(new Problem(definition, "total: " + refused.reason()));
        } else if (match instanceof Expression.Refused refused) {
            problems.add(new Problem(
                    definition, (definition.indicator().matchIsBad() ? "bad: " : "good: ") + refused.reason()));
        } else if (total instanceof Expression.Compiled all && match instanceof Expression.Compiled some) {
            return Optional.of(new CountedSlo(index, definition, all.predicate(), some.predicate()));
        }
        return Optional.empty();
    }
}
