package dev.plait.topology;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloEvidence;
import dev.plait.correlator.slo.SloTracker;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.wire.SloDefinitionJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The SLOs, and groups of SLOs, whose keys belong to one window task. One without groups is there as soon as it is defined,
 * a group once it was counted. Which there are is kept beside what they keep themselves, so that a restart finds them.
 */
final class SloTrackers {
    /** Groups of one SLO in one task; what is beyond is counted together, as one group. */
    static final int MAX_GROUPS = 10_000;

    /** Before the keys of trackers, which begin with a name. */
    private static final String INDEX = "\u0000";

    /** Before the names of SLOs whose definitions are kept. */
    private static final String DEFINITION = "\u0002";

    private final SloDefinitionFeed feed;
    private final DurableBytes kept;
    private final WindowEmitter out;
    private final int partition;
    private final int partitions;
    private final long lateWindowMs;
    private final TaskCounters counters;
    private final Map<String, Tracked> trackers = new TreeMap<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final Map<String, SloDefinition> lastDefinitions = new HashMap<>();
    private SloDefinitionFeed.Snapshot definitions;
    private long evaluations;

    /** @param partition of the task, among {@code partitions} */
    SloTrackers(
            SloDefinitionFeed feed,
            DurableBytes kept,
            WindowEmitter out,
            int partition,
            int partitions,
            long lateWindowMs,
            TaskCounters counters) {
        this.feed = feed;
        this.kept = kept;
        this.out = out;
        this.partition = partition;
        this.partitions = partitions;
        this.lateWindowMs = lateWindowMs;
        this.counters = counters;
        this.definitions = feed.snapshot();
        restore();
        refresh();
    }

    /** With the definitions they had last: what was deleted meanwhile is let go at the next {@link #advance}. */
    private void restore() {
        kept.forEach(DEFINITION, (key, value) -> {
            if (!(SloDefinitionJson.read(value) instanceof SloDefinitionJson.Defined last)) {
                throw new IllegalStateException(key.substring(1) + ": its kept definition is unreadable");
            }
            lastDefinitions.put(last.definition().name(), last.definition());
        });
        List<SloKey> keys = new ArrayList<>();
        kept.forEach(INDEX, (key, value) -> keys.add(key(value)));
        keys.forEach(key -> start(key, lastDefinitions.get(key.slo())));
    }

    private static SloKey key(byte[] entry) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry))) {
            return SloKey.read(in);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void remember(SloKey key) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(entry)) {
            key.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        kept.put(INDEX + key.text(), entry.toByteArray());
    }

    /** Once for all groups of an SLO. */
    private void remember(SloDefinition definition) {
        if (!definition.equals(lastDefinitions.put(definition.name(), definition))) {
            kept.put(DEFINITION + definition.name(), SloDefinitionJson.write(definition));
        }
    }

    /** Counts for one key. What belongs to no definition, or is later than the late window, is counted as such only. */
    void count(SloKey asked, SloCount count, long clockMs) {
        Tracked tracked = tracked(asked);
        if (tracked == null) {
            counters.add("slo-requests-undefined", count.good() + count.bad());
        } else if (tracked.tracker.count(count, clockMs)) {
            counters.add("slo-requests-counted", count.good() + count.bad());
        } else {
            counters.add("slo-requests-late", count.good() + count.bad());
        }
    }

    void evidence(SloKey asked, SloEvidence evidence, long clockMs) {
        Tracked tracked = tracked(asked);
        if (tracked != null) {
            tracked.tracker.evidence(evidence, clockMs);
        }
    }

    /** Evaluates what is due, after taking over changed definitions. */
    void advance(long clockMs, long wallMs) {
        takeChanges();
        List<SloKey> over = new ArrayList<>();
        for (Tracked tracked : trackers.values()) {
            if (definitions
                            .named(tracked.key.slo())
                            .filter(definition -> fits(tracked.key, definition))
                            .isEmpty()
                    || !tracked.key.group().isEmpty() && tracked.tracker.forgettable(clockMs)) {
                tracked.tracker.retire(clockMs, out);
                out.statusOver(tracked.key);
                over.add(tracked.key);
            } else if (tracked.tracker.advance(clockMs, wallMs, out)) {
                evaluations++;
            }
        }
        over.forEach(this::forget);
    }

    /** How many evaluations were due since this object was made. */
    long evaluations() {
        return evaluations;
    }

    private void takeChanges() {
        if (feed.snapshot().version() != definitions.version()) {
            definitions = feed.snapshot();
            refresh();
        }
    }

    private Tracked tracked(SloKey asked) {
        takeChanges();
        Tracked known = trackers.get(asked.text());
        if (known != null) {
            return known;
        }
        SloDefinition definition = definitions.named(asked.slo()).orElse(null);
        if (definition == null || !fits(asked, definition)) {
            return null;
        }
        SloKey key = asked;
        if (groups.getOrDefault(asked.slo(), 0) >= MAX_GROUPS && !asked.group().isEmpty()) {
            counters.add("slo-groups-over-limit", 1);
            key = asked.overflow(partition);
        }
        Tracked there = trackers.get(key.text());
        return there == null ? track(key, definition) : there;
    }

    /** Whether a key is one of the definition's groups: those of another {@code groupBy} are over. */
    private static boolean fits(SloKey key, SloDefinition definition) {
        return key.isOverflow()
                ? !definition.groupBy().isEmpty()
                : key.group().keySet().equals(Set.copyOf(definition.groupBy()));
    }

    private Tracked track(SloKey key, SloDefinition definition) {
        remember(definition);
        remember(key);
        return start(key, definition);
    }

    private Tracked start(SloKey key, SloDefinition definition) {
        Tracked tracked = new Tracked(key, definition, new SloTracker(definition, key.group(), lateWindowMs, kept));
        trackers.put(key.text(), tracked);
        groups.merge(key.slo(), 1, Integer::sum);
        return tracked;
    }

    private void forget(SloKey key) {
        kept.delete(INDEX + key.text());
        if (trackers.remove(key.text()) != null) {
            if (groups.merge(key.slo(), -1, Integer::sum) == 0) {
                groups.remove(key.slo());
                lastDefinitions.remove(key.slo());
                kept.delete(DEFINITION + key.slo());
            }
        }
    }

    private void refresh() {
        for (Tracked tracked : trackers.values()) {
            definitions
                    .named(tracked.key.slo())
                    .filter(definition -> fits(tracked.key, definition) && !definition.equals(tracked.definition))
                    .ifPresent(definition -> {
                        tracked.tracker.define(definition);
                        tracked.definition = definition;
                        remember(definition);
                    });
        }
        for (SloDefinition definition : definitions.current().values()) {
            SloKey key = new SloKey(definition.name(), Map.of());
            if (definition.groupBy().isEmpty()
                    && key.partition(partitions) == partition
                    && !trackers.containsKey(key.text())) {
                track(key, definition);
            }
        }
    }

    private static final class Tracked {
        final SloKey key;
        final SloTracker tracker;
        SloDefinition definition;

        Tracked(SloKey key, SloDefinition definition, SloTracker tracker) {
            this.key = key;
            this.definition = definition;
            this.tracker = tracker;
        }
    }
}
