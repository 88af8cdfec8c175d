package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.CountedSlo.Errors;
import dev.plait.correlator.slo.sli.CountedSlo.Outcome;
import dev.plait.schemas.model.CountedRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * SLOs of one source that read the same, something that varies among it. They are asked for one by one, by requests that their
 * {@code total} matches as far as that is known, and each answer is remembered; with a whole map among what they read, none is.
 */
final class DetailSet {
    private final List<CountedSlo> slos;

    /** Of each, whether its {@code total} is plain; then it is asked for only when that matches. */
    private final boolean[] totalKnown;

    private final Optional<Combinations<Answers>> known;

    /** @param reads what each of {@code slos} reads */
    DetailSet(List<CountedSlo> slos, Set<Slot> varying, Reads reads, int maxEntries) {
        this.slos = slos;
        totalKnown = new boolean[slos.size()];
        for (int i = 0; i < totalKnown.length; i++) {
            totalKnown[i] = slos.get(i).total.reads().isPlain(varying);
        }
        known = reads.wholeMap() ? Optional.empty() : Optional.of(new Combinations<>(reads.slots(), maxEntries));
    }

    /** By place in {@code slos}; an outcome is null when the SLO does not count the request. */
    private static final class Answers {
        final boolean[] asked;
        final Outcome[] outcomes;
        final long[] errors;

        Answers(int slos) {
            asked = new boolean[slos];
            outcomes = new Outcome[slos];
            errors = new long[slos];
        }
    }

    /** The places of those that may count such a request: all but those whose {@code total} is known not to match. */
    int[] mayCount(CountedRequest request, Errors errors) {
        return IntStream.range(0, totalKnown.length)
                .filter(i -> !totalKnown[i] || CountedSlo.holds(slos.get(i).total, request, errors))
                .toArray();
    }

    /** @param members places in {@code slos} */
    void evaluate(CountedRequest request, int[] members, SliEvaluator.Hits hits, Errors errors) {
        Answers answers = answers(request);
        for (int member : members) {
            if (!answers.asked[member]) {
                ask(answers, member, request);
            }
            errors.count += answers.errors[member];
            Outcome outcome = answers.outcomes[member];
            if (outcome != null) {
                outcome.slo().hit(request, outcome, hits);
            }
        }
    }

    int remembered() {
        return known.map(Combinations::size).orElse(0);
    }

    private Answers answers(CountedRequest request) {
        if (known.isEmpty()) {
            return new Answers(slos.size());
        }
        Answers answers = known.get().get(request);
        if (answers == null) {
            answers = new Answers(slos.size());
            known.get().put(answers);
        }
        return answers;
    }

    private void ask(Answers answers, int member, CountedRequest request) {
        CountedSlo slo = slos.get(member);
        Errors errors = new Errors();
        answers.outcomes[member] = totalKnown[member]
                ? slo.countedOutcome(request, errors)
                : slo.outcome(request, errors).orElse(null);
        answers.errors[member] = errors.count;
        answers.asked[member] = true;
    }
}
