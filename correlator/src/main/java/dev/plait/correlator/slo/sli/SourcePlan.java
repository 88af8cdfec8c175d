package dev.plait.correlator.slo.sli;

import dev.plait.correlator.slo.sli.CountedSlo.Errors;
import dev.plait.schemas.model.CountedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SLOs of one source, and the order in which a request is looked up. First a {@link Gate} tells who counts it; the
 * {@link DetailSet}s of these then tell the rest. SLOs share a set when match and group read the same, and a gate when their
 * {@code total}s do. Those that read only what takes few values (service, route, tags) share one gate even if they read
 * different things, until it fills up because there are too many combinations; then they part.
 */
final class SourcePlan {
    private static final int MAX_ENTRIES = 10_000;
    private static final int MIN_ENTRIES = 64;

    private final List<CountedSlo> slos;
    private final int maxEntries;
    private final Map<CountedSlo, DetailSet> setOf = new LinkedHashMap<>();
    private final Map<CountedSlo, Integer> placeOf = new LinkedHashMap<>();
    private final List<DetailSet> sets = new ArrayList<>();
    private List<Gate> gates;
    private boolean shared = true;

    /** @param maxEntries combinations remembered in all, half of them by gates */
    SourcePlan(List<CountedSlo> slos, int maxEntries) {
        this.slos = slos;
        this.maxEntries = maxEntries;
        Map<Reads, List<CountedSlo>> byReads = new LinkedHashMap<>();
        for (CountedSlo slo : slos) {
            byReads.computeIfAbsent(slo.detailReads(), reads -> new ArrayList<>())
                    .add(slo);
        }
        byReads.forEach((reads, members) -> {
            DetailSet set = new DetailSet(members, reads, entries(byReads.size()));
            sets.add(set);
            for (int i = 0; i < members.size(); i++) {
                setOf.put(members.get(i), set);
                placeOf.put(members.get(i), i);
            }
        });
        gates = gates();
    }

    void evaluate(CountedRequest request, SliEvaluator.Hits hits, Errors errors) {
        if (shared && gates.get(0).isWasted()) {
            shared = false;
            gates = gates();
        }
        for (int i = 0; i < gates.size(); i++) {
            gates.get(i).evaluate(request, hits, errors);
        }
    }

    int remembered() {
        return gates.stream().mapToInt(Gate::remembered).sum()
                + sets.stream().mapToInt(DetailSet::remembered).sum();
    }

    /** The shared gate is the first. */
    private List<Gate> gates() {
        Map<Reads, List<CountedSlo>> byReads = new LinkedHashMap<>();
        Reads plain = slos.stream()
                .map(slo -> slo.total.reads())
                .filter(Reads::isPlain)
                .reduce(Reads.NOTHING, Reads::and);
        if (shared) {
            byReads.put(plain, new ArrayList<>());
        }
        for (CountedSlo slo : slos) {
            Reads reads = slo.total.reads();
            byReads.computeIfAbsent(shared && reads.isPlain() ? plain : reads, key -> new ArrayList<>())
                    .add(slo);
        }
        List<Gate> made = new ArrayList<>();
        byReads.forEach((reads, members) -> made.add(new Gate(parts(members), reads, entries(byReads.size()))));
        return List.copyOf(made);
    }

    private List<Gate.Part> parts(List<CountedSlo> members) {
        Map<DetailSet, List<CountedSlo>> bySet = new LinkedHashMap<>();
        for (CountedSlo slo : members) {
            bySet.computeIfAbsent(setOf.get(slo), set -> new ArrayList<>()).add(slo);
        }
        List<Gate.Part> parts = new ArrayList<>();
        bySet.forEach((set, those) -> parts.add(
                new Gate.Part(set, those, those.stream().map(placeOf::get).toList())));
        return parts;
    }

    private int entries(int tables) {
        return Math.max(MIN_ENTRIES, Math.min(MAX_ENTRIES, maxEntries / 2 / tables));
    }
}
