package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.Predicate.Answer;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.SloDefinition;
import java.util.Optional;

/** One definition, compiled. What can be remembered of a request is its {@link Outcome}; times are compared each time. */
final class CountedSlo {
    private static final long NANOS_PER_MS = 1_000_000;

    final int index;
    final SloDefinition definition;
    final Predicate total;
    final Predicate match;
    final GroupReader group;

    private final long effectiveNanos;
    private final long totalMaxNanos;
    private final long matchMaxNanos;
    private final boolean matchIsBad;
    private final Outcome matched;
    private final Outcome unmatched;

    CountedSlo(int index, SloDefinition definition, Predicate total, Predicate match) {
        this.index = index;
        this.definition = definition;
        this.total = total;
        this.match = match;
        group = new GroupReader(definition.groupBy());
        effectiveNanos = definition.effectiveAtMs() > Long.MAX_VALUE / NANOS_PER_MS
                ? Long.MAX_VALUE
                : definition.effectiveAtMs() * NANOS_PER_MS;
        totalMaxNanos = definition.indicator().total().maxDurationNanos();
        matchMaxNanos = definition.indicator().match().maxDurationNanos();
        matchIsBad = definition.indicator().matchIsBad();
        matched = new Outcome(this, true, SloGroup.NONE);
        unmatched = new Outcome(this, false, SloGroup.NONE);
    }

    /** That a request counts when it is fast enough, and whether it matches when it is. */
    record Outcome(CountedSlo slo, boolean match, SloGroup group) {}

    /** All that its outcome depends on. */
    Reads reads() {
        return total.reads().and(match.reads()).and(group.reads());
    }

    /** Empty when {@code total} does not match. */
    Optional<Outcome> outcome(CountedRequest request, Errors errors) {
        return holds(total, request, errors) ? Optional.of(countedOutcome(request, errors)) : Optional.empty();
    }

    /** The outcome of a request that {@code total} matches. */
    Outcome countedOutcome(CountedRequest request, Errors errors) {
        boolean holds = holds(match, request, errors);
        if (definition.groupBy().isEmpty()) {
            return holds ? matched : unmatched;
        }
        return new Outcome(this, holds, group.of(request));
    }

    static boolean holds(Predicate predicate, CountedRequest request, Errors errors) {
        Answer answer = predicate.test(request);
        if (answer == Answer.ERROR) {
            errors.count++;
        }
        return answer == Answer.TRUE;
    }

    void hit(CountedRequest request, Outcome outcome, SliEvaluator.Hits hits) {
        long durationNanos = request.durationNanos();
        if (request.endEpochNanos() >= effectiveNanos && durationNanos <= totalMaxNanos) {
            boolean match = outcome.match && durationNanos <= matchMaxNanos;
            hits.hit(index, definition, outcome.group, match != matchIsBad);
        }
    }

    /** Counts errors of evaluation. */
    static final class Errors {
        long count;
    }
}
