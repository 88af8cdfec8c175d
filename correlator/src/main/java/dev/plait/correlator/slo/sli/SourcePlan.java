package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.CountedSlo.Errors;
import dev.plait.correlator.slo.sli.CountedSlo.Outcome;
import dev.plait.schemas.model.CountedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SLOs of one source. A request is first looked up by everything plain that any of them reads (service, route, status,
 * tags): that tells at once the outcome of those that read nothing else, and which of the others may count it. Only these are
 * looked up again, in their {@link DetailSet}, by all that they read themselves.
 *
 * <p>If too many plain combinations come to be remembered, the value that varies most is no longer held for plain.
 */
final class SourcePlan {
    private static final int MAX_ENTRIES = 10_000;
    private static final int MIN_ENTRIES = 64;

    /** Looking up pays while most requests are known. */
    private static final int KNOWN_PER_NEW = 4;

    private final List<CountedSlo> slos;
    private final int maxEntries;
    private final Set<Slot> varying = new HashSet<>();

    private Combinations<Plain> known;
    private List<CountedSlo> plain;
    private List<DetailSet> details;
    private long lookups;

    /** @param maxEntries remembered in all, half of them plain */
    SourcePlan(List<CountedSlo> slos, int maxEntries) {
        this.slos = slos;
        this.maxEntries = maxEntries;
        arrange();
    }

    /** What is known of a plain combination. */
    private record Plain(List<Outcome> outcomes, long errors, List<Asked> asked) {}

    /** The members of a set that may count the request. */
    private static final class Asked {
        final DetailSet set;
        final int[] members;

        Asked(DetailSet set, int[] members) {
            this.set = set;
            this.members = members;
        }
    }

    void evaluate(CountedRequest request, SliEvaluator.Hits hits, Errors errors) {
        Plain answer = known.get(request);
        lookups++;
        if (answer == null) {
            if (known.isFull() && startOver()) {
                evaluate(request, hits, errors);
                return;
            }
            answer = ask(request);
            known.put(answer);
        }
        errors.count += answer.errors;
        for (int i = 0; i < answer.outcomes.size(); i++) {
            Outcome outcome = answer.outcomes.get(i);
            outcome.slo().hit(request, outcome, hits);
        }
        for (int i = 0; i < answer.asked.size(); i++) {
            Asked asked = answer.asked.get(i);
            asked.set.evaluate(request, asked.members, hits, errors);
        }
    }

    int remembered() {
        return known.size() + details.stream().mapToInt(DetailSet::remembered).sum();
    }

    private Plain ask(CountedRequest request) {
        Errors errors = new Errors();
        List<Outcome> outcomes = new ArrayList<>();
        for (CountedSlo slo : plain) {
            slo.outcome(request, errors).ifPresent(outcomes::add);
        }
        List<Asked> asked = new ArrayList<>();
        for (DetailSet set : details) {
            int[] members = set.mayCount(request, errors);
            if (members.length > 0) {
                asked.add(new Asked(set, members));
            }
        }
        return new Plain(List.copyOf(outcomes), errors.count, List.copyOf(asked));
    }

    /** Forgets everything plain; true when it has changed what is held for plain. */
    private boolean startOver() {
        boolean pays = lookups > (long) known.size() * KNOWN_PER_NEW;
        lookups = 0;
        if (!pays && known.mostVarying(known.size() / 100).map(varying::add).orElse(false)) {
            arrange();
            return true;
        }
        known.clear();
        return false;
    }

    private void arrange() {
        plain = new ArrayList<>();
        Map<Reads, List<CountedSlo>> sets = new LinkedHashMap<>();
        Reads plainReads = Reads.NOTHING;
        for (CountedSlo slo : slos) {
            if (slo.reads().isPlain(varying)) {
                plain.add(slo);
                plainReads = plainReads.and(slo.reads());
            } else {
                sets.computeIfAbsent(slo.reads(), reads -> new ArrayList<>()).add(slo);
                plainReads = plainReads.and(slo.total.reads().isPlain(varying) ? slo.total.reads() : Reads.NOTHING);
            }
        }
        known = new Combinations<>(plainReads.slots(), entries(1));
        details = new ArrayList<>();
        sets.forEach((reads, members) -> details.add(new DetailSet(members, varying, reads, entries(sets.size()))));
    }

    private int entries(int sets) {
        return Math.max(MIN_ENTRIES, Math.min(MAX_ENTRIES, maxEntries / 2 / sets));
    }
}
