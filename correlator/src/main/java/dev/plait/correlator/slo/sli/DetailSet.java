package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.CountedSlo.Errors;
import dev.plait.correlator.slo.sli.CountedSlo.Outcome;
import dev.plait.schemas.model.CountedRequest;
import java.util.List;
import java.util.Optional;

/**
 * SLOs of one source whose match and group read the same. They are asked for one by one, by requests that they count, and each
 * answer is remembered; with a whole map among what they read, none is.
 */
final class DetailSet {
    /** Answers remembered in one set: some 5 MB. */
    private static final int MAX_ANSWERS = 400_000;

    private final List<CountedSlo> slos;
    private final Optional<Combinations<Answers>> known;

    /** @param reads what the match and the group of each of {@code slos} read */
    DetailSet(List<CountedSlo> slos, Reads reads, int maxEntries) {
        this.slos = slos;
        int entries = Math.max(1, Math.min(maxEntries, MAX_ANSWERS / slos.size()));
        known = reads.wholeMap() ? Optional.empty() : Optional.of(new Combinations<>(reads.slots(), entries));
    }

    /** By place in {@code slos}; an outcome is null until it is asked for. */
    private static final class Answers {
        final Outcome[] outcomes;
        final boolean[] errors;

        Answers(int slos) {
            outcomes = new Outcome[slos];
            errors = new boolean[slos];
        }
    }

    /** @param members places in {@code slos}, of those whose {@code total} matches */
    void evaluate(CountedRequest request, int[] members, SliEvaluator.Hits hits, Errors errors) {
        Answers answers = answers(request);
        for (int member : members) {
            CountedSlo slo = slos.get(member);
            Outcome outcome = answers.outcomes[member];
            if (outcome == null) {
                Errors ofMatch = new Errors();
                outcome = slo.outcome(request, ofMatch);
                answers.outcomes[member] = outcome;
                answers.errors[member] = ofMatch.count > 0;
            }
            if (answers.errors[member]) {
                errors.count++;
            }
            slo.hit(request, outcome, hits);
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
}
