package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.Predicate.Answer;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.SloDefinition;

/** One definition, compiled. What can be remembered of a request is its {@link Outcome}; times are compared each time. */
final class CountedSlo {
    private static final long NANOS_PER_MS = 1_000_000;

    final int index;
    final SloDefinition definition;
    final Predicate total;

    private final Predicate match;
    private final GroupReader group;
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
        matched = new Outcome(true, SloGroup.NONE);
        unmatched = new Outcome(false, SloGroup.NONE);
    }

    /** Whether a request that is counted matches when it is fast enough, and its group. */
    record Outcome(boolean match, SloGroup group) {}

    /** All that the outcome depends on of a request that it counts. */
    Reads detailReads() {
        return match.reads().and(group.reads());
    }

    /** Whether {@code total} matches. */
    boolean counts(CountedRequest request, Errors errors) {
        return holds(total, request, errors);
    }

    /** The outcome of a request that {@code total} matches. */
    Outcome outcome(CountedRequest request, Errors errors) {
        boolean holds = holds(match, request, errors);
        if (definition.groupBy().isEmpty()) {
            return holds ? matched : unmatched;
        }
        return new Outcome(holds, group.of(request));
    }

    private static boolean holds(Predicate predicate, CountedRequest request, Errors errors) {
        Answer answer = predicate.test(request);
        if (answer == Answer.ERROR) {
            errors.count++;
        }
        return answer == Answer.TRUE;
    }

    void hit(CountedRequest request, Outcome outcome, SliEvaluator.Hits hits) {
        // what does not say how long it took keeps no limit
        long durationNanos = request.isTimed() ? request.durationNanos() : Long.MAX_VALUE;
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
