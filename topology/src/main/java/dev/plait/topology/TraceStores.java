package dev.plait.topology;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of the topology, by name. Each is an in-memory log under a sequence number with a changelog. The changelogs are
 * compacted, never expired by time: a live frame must not be lost by retention. As each frame is followed by its tombstone
 * within about a minute, segments are small and cleaned early.
 */
final class TraceStores {
    /** Frames of traces that are open, or closed and still kept. */
    static final String OPEN = "open-traces";

    /** Markers of closed traces, one record per sweep. */
    static final String CLOSED = "closed-traces";

    /** Frames of access logs that wait for their trace, and of announcements. */
    static final String REQUESTS = "open-requests";

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
        return Set.of(log(REQUESTS));
    }

    private static StoreBuilder<KeyValueStore<Long, byte[]>> log(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Long(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }
}
