package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.CountedSlo.Errors;
import dev.plait.schemas.model.CountedRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells which of some SLOs count a request, by what their {@code total}s read: that mostly leaves a few of many. It remembers
 * by combination; with a whole map among what they read, it does not.
 */
final class Gate {
    /** Remembering pays while most requests are known. */
    private static final int LOOKUPS_PER_NEW = 5;

    private final List<Part> parts;
    private final Optional<Combinations<Passed>> known;
    private long lookups;
    private boolean wasted;

    Gate(List<Part> parts, Reads reads, int maxEntries) {
        this.parts = parts;
        known = reads.wholeMap() ? Optional.empty() : Optional.of(new Combinations<>(reads.slots(), maxEntries));
    }

    /** SLOs of this gate that are in one set, and their places there. */
    record Part(DetailSet set, List<CountedSlo> slos, List<Integer> places) {}

    /** Those who count such a request. */
    private record Passed(List<Asked> asked, long errors) {}

    private static final class Asked {
        final DetailSet set;
        final int[] members;

        Asked(DetailSet set, int[] members) {
            this.set = set;
            this.members = members;
        }
    }

    void evaluate(CountedRequest request, SliEvaluator.Hits hits, Errors errors) {
        Passed passed = passed(request);
        errors.count += passed.errors;
        for (int i = 0; i < passed.asked.size(); i++) {
            Asked asked = passed.asked.get(i);
            asked.set.evaluate(request, asked.members, hits, errors);
        }
    }

    /** Whether it has filled up with combinations that did not come often enough. */
    boolean isWasted() {
        return wasted;
    }

    int remembered() {
        return known.map(Combinations::size).orElse(0);
    }

    private Passed passed(CountedRequest request) {
        if (known.isEmpty()) {
            return ask(request);
        }
        lookups++;
        Passed passed = known.get().get(request);
        if (passed == null) {
            passed = ask(request);
            startOver(known.get());
            known.get().put(passed);
        }
        return passed;
    }

    private void startOver(Combinations<Passed> combinations) {
        if (combinations.isFull()) {
            wasted = lookups < (long) combinations.size() * LOOKUPS_PER_NEW;
            lookups = 0;
        }
    }

    private Passed ask(CountedRequest request) {
        Errors errors = new Errors();
        List<Asked> asked = new ArrayList<>();
        for (Part part : parts) {
            int[] members = new int[part.slos.size()];
            int count = 0;
            for (int i = 0; i < members.length; i++) {
                if (part.slos.get(i).counts(request, errors)) {
                    members[count++] = part.places.get(i);
                }
            }
            if (count > 0) {
                asked.add(new Asked(part.set, Arrays.copyOf(members, count)));
            }
        }
        return new Passed(List.copyOf(asked), errors.count);
    }
}
