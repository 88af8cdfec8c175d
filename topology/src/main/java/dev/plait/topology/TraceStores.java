package dev.plait.topology;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of the topology, by name, in memory with a changelog: logs under a sequence number, and the windows' counts
 * under text keys. The changelogs are compacted, never expired by time: a live frame must not be lost by retention. As each frame is followed by its tombstone
 * within about a minute, segments are small and cleaned early.
 */
final class TraceStores {
    /** Frames of traces that are open, or closed and still kept. */
    static final String OPEN = "open-traces";

    /** Markers of closed traces, one record per sweep. */
    static final String CLOSED = "closed-traces";

    /** Frames of access logs that wait for their trace, and of announcements. */
    static final String REQUESTS = "open-requests";

    /** Hashes of access logs that were counted without their trace. */
    static final String COUNTED = "counted-logs";

    /** The last point of each stream of the metrics that SLOs count. */
    static final String METRICS = "metric-streams";

    /** Deltas that the clock has not reached. */
    static final String DELTAS = "open-deltas";

    /** RED windows that are not final. */
    static final String RED = "red-windows";

    /** Service-graph windows that are not final. */
    static final String EDGES = "edge-windows";

    /** Windows of business measures that are not final. */
    static final String MEASURES = "measure-windows";

    /** Counts, evidence and alerts of SLOs; the time of the last evaluation. */
    static final String SLOS = "slo-counts";

    /** Definitions of SLOs, on every instance. */
    static final String DEFINITIONS = "slo-definitions";

    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 * 1024 * 1024),
            TopicConfig.SEGMENT_MS_CONFIG, Integer.toString(10 * 60 * 1000),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
            TopicConfig.DELETE_RETENTION_MS_CONFIG, Integer.toString(10 * 60 * 1000));

    private TraceStores() {}

    static Set<StoreBuilder<?>> ofAssembler() {
        return Set.of(log(OPEN), log(CLOSED));
    }

    static Set<StoreBuilder<?>> ofMatcher() {
        return Set.of(log(REQUESTS), log(COUNTED), cached(METRICS));
    }

    static Set<StoreBuilder<?>> ofWindows() {
        return Set.of(log(DELTAS), cached(RED), cached(EDGES), cached(MEASURES), cached(SLOS));
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> ofDefinitions() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(DEFINITIONS), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    /** Written many times a commit under the same key: the cache makes one record of the changelog of them. */
    private static StoreBuilder<KeyValueStore<String, byte[]>> cached(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG)
                .withCachingEnabled();
    }

    private static StoreBuilder<KeyValueStore<Long, byte[]>> log(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Long(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }
}
