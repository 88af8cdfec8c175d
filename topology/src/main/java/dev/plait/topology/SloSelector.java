package dev.plait.topology;

import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.sli.SliEvaluator;
import dev.plait.correlator.slo.sli.SloGroup;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.SloDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which SLOs count a request, and whether it is good for them: the evaluator of the definitions as they are now. */
final class SloSelector {
    /** Keys remembered; beyond it they are made anew. */
    private static final int MAX_KEYS = 20_000;

    private final SloDefinitionFeed feed;
    private final TaskCounters counters;
    private final Map<Grouped, SloKey> keys = new HashMap<>();
    private SloDefinitionFeed.Snapshot definitions;
    private SliEvaluator evaluator;
    private long[] untilMs;
    private long errors;

    SloSelector(SloDefinitionFeed feed, TaskCounters counters) {
        this.feed = feed;
        this.counters = counters;
        take(feed.snapshot());
    }

    /** Takes one SLO key that counts the request. */
    @FunctionalInterface
    interface Selected {
        void slo(SloKey key, boolean good);
    }

    private record Grouped(String slo, SloGroup group) {}

    /** Start of the ten seconds that a time is in. */
    static long bucketMs(long timeMs) {
        return Math.floorDiv(timeMs, SloCount.BUCKET_MS) * SloCount.BUCKET_MS;
    }

    boolean isEmpty() {
        return feed.snapshot().current().isEmpty();
    }

    void select(CountedRequest request, Selected out) {
        takeChanges();
        evaluator.evaluate(request, hits(request, out));
        countErrors();
    }

    /** The same of requests that a metric tells of. */
    void select(String metric, CountedRequest request, Selected out) {
        takeChanges();
        evaluator.evaluate(metric, request, hits(request, out));
        countErrors();
    }

    private SliEvaluator.Hits hits(CountedRequest request, Selected out) {
        long endMs = request.endEpochNanos() / 1_000_000;
        return (slo, definition, group, good) -> {
            if (endMs < untilMs[slo]) {
                out.slo(key(definition.name(), group), good);
            }
        };
    }

    private void takeChanges() {
        if (feed.snapshot().version() != definitions.version()) {
            take(feed.snapshot());
        }
    }

    private void countErrors() {
        counters.add("sli-errors", evaluator.errors() - errors);
        errors = evaluator.errors();
    }

    private SloKey key(String slo, SloGroup group) {
        Grouped grouped = new Grouped(slo, group);
        SloKey known = keys.get(grouped);
        if (known == null) {
            if (keys.size() >= MAX_KEYS) {
                keys.clear();
            }
            known = new SloKey(slo, group.values());
            keys.put(grouped, known);
        }
        return known;
    }

    private void take(SloDefinitionFeed.Snapshot snapshot) {
        List<SloDefinition> all = new ArrayList<>(snapshot.current().values());
        int current = all.size();
        snapshot.replaced().forEach(replaced -> all.add(replaced.definition()));
        untilMs = new long[all.size()];
        for (int i = 0; i < untilMs.length; i++) {
            untilMs[i] = i < current
                    ? Long.MAX_VALUE
                    : snapshot.replaced().get(i - current).untilMs();
        }
        definitions = snapshot;
        evaluator = new SliEvaluator(all);
        errors = 0;
        keys.clear();
        counters.add("slo-definitions-refused", evaluator.problems().size());
    }
}
