package dev.plait.topology;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.wire.SloDefinitionJson;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The SLO definitions of this instance, as the global thread of Kafka Streams reads them: all that were written are known
 * before the first task runs, changes are seen while running. A record that is no definition, or not that of its key, is
 * ignored and counted; the definition before it stays. Tasks look at {@link #snapshot}, from their own threads.
 */
final class SloDefinitionFeed implements ProcessorSupplier<String, byte[], Void, Void> {
    private final Map<String, SloDefinition> current = new TreeMap<>();
    private final Map<String, Replaced> replaced = new TreeMap<>();
    private volatile Snapshot snapshot = Snapshot.of(0, Map.of(), List.of());

    /**
     * What holds now. Immutable.
     *
     * @param version another one after each change
     * @param current by name
     * @param metrics names of the metrics that any of them counts
     * @param replaced what changed definitions were before: for requests that ended before the change took effect
     */
    record Snapshot(
            long version, SortedMap<String, SloDefinition> current, Set<String> metrics, List<Replaced> replaced) {
        static Snapshot of(long version, Map<String, SloDefinition> current, Collection<Replaced> replaced) {
            return new Snapshot(
                    version,
                    Collections.unmodifiableSortedMap(new TreeMap<>(current)),
                    current.values().stream()
                            .flatMap(slo -> slo.indicator().metric().stream())
                            .collect(Collectors.toUnmodifiableSet()),
                    List.copyOf(replaced));
        }

        Optional<SloDefinition> named(String name) {
            return Optional.ofNullable(current.get(name));
        }
    }

    /** A definition that counts only requests that ended before a time. */
    record Replaced(SloDefinition definition, long untilMs) {}

    Snapshot snapshot() {
        return snapshot;
    }

    /** A definition, or null to delete it. Returns whether it was taken. */
    private synchronized boolean take(String name, byte[] value) {
        if (name == null) {
            return false;
        }
        if (value == null) {
            current.remove(name);
            replaced.remove(name);
        } else {
            if (!(SloDefinitionJson.read(value) instanceof SloDefinitionJson.Defined read
                    && read.definition().name().equals(name))) {
                return false;
            }
            SloDefinition before = current.get(name);
            if (before != null && before.effectiveAt(0).equals(read.definition().effectiveAt(0))) {
                // several instances put the same change into effect as they start: the first has done it
                return true;
            }
            current.put(name, read.definition());
            if (before != null) {
                replaced.put(name, new Replaced(before, read.definition().effectiveAtMs()));
            }
        }
        snapshot = Snapshot.of(snapshot.version + 1, current, replaced.values());
        return true;
    }

    @Override
    public Processor<String, byte[], Void, Void> get() {
        return new Processor<>() {
            private KeyValueStore<String, byte[]> store;
            private TaskCounters counters;

            @Override
            public void init(ProcessorContext<Void, Void> context) {
                store = context.getStateStore(TraceStores.DEFINITIONS);
                counters = new TaskCounters(context);
            }

            @Override
            public void process(Record<String, byte[]> record) {
                if (take(record.key(), record.value())) {
                    store.put(record.key(), record.value());
                } else {
                    counters.add("slo-definitions-ignored", 1);
                    counters.publish();
                }
            }

            @Override
            public void close() {
                counters.close();
            }
        };
    }
}
