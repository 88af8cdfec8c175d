package dev.plait.schemas.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What readers and writers of a topic agree on, and how Plait creates it.
 *
 * @param name one of {@link Topics}
 * @param key what its records are keyed by, in words
 * @param cleanup what Kafka removes
 * @param retention how long records stay; empty: while they are the latest of their key
 * @param partitioned false for a topic that has one partition whatever the application's number is
 * @param compression Kafka's name of a codec, or {@code producer} for whatever a record comes with
 */
public record TopicContract(
        String name,
        String key,
        Cleanup cleanup,
        Optional<Duration> retention,
        boolean partitioned,
        String compression) {
    /** The largest record, compressed as it is stored: 4 MiB. Producers' {@code max.request.size} must match it. */
    public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** Kafka compacts only closed segments, so those of compacted topics are closed after this time. */
    private static final Duration COMPACTED_SEGMENT = Duration.ofHours(6);

    /** Kafka's {@code cleanup.policy}. */
    public enum Cleanup {
        DELETE("delete"),
        COMPACT("compact"),
        COMPACT_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        public String policy() {
            return policy;
        }
    }

    public TopicContract {
        if (retention.isPresent() == (cleanup == Cleanup.COMPACT)) {
            throw new IllegalArgumentException(name + ": a topic has a retention unless it is only compacted");
        }
    }

    /** The topics that Plait writes, sorted by name. */
    public static List<TopicContract> outputs() {
        return List.of(
                output(Topics.ALERTS, "alert fingerprint", Cleanup.COMPACT_DELETE, 30),
                output(Topics.DEAD_LETTERS, "original key", Cleanup.DELETE, 14),
                output(Topics.DECISIONS, "trace ID", Cleanup.COMPACT_DELETE, 1),
                output(Topics.EDGES, "client, server, kind", Cleanup.DELETE, 7),
                output(Topics.MEASURES, "measure and series key", Cleanup.DELETE, 7),
                output(Topics.RED, "series key", Cleanup.DELETE, 7),
                output(Topics.SLO, "SLO name and group", Cleanup.COMPACT_DELETE, 35),
                new TopicContract(Topics.SLO_DEFINITIONS, "SLO name", Cleanup.COMPACT, Optional.empty(), false, "lz4"),
                output(Topics.TRACES, "trace ID", Cleanup.DELETE, 7));
    }

    /** The input topics of the default configuration, sorted by name: made by {@code plait up}, never by {@code plait run}. */
    public static List<TopicContract> defaultInputs() {
        return List.of(
                input(Topics.KONG_LOGS),
                input(Topics.MESH_ACCESS_LOGS),
                input(Topics.OTLP_LOGS),
                input(Topics.OTLP_METRICS),
                input(Topics.OTLP_SPANS),
                input(Topics.PROMETHEUS_METRICS),
                input(Topics.ZIPKIN_SPANS));
    }

    private static TopicContract output(String name, String key, Cleanup cleanup, int days) {
        return new TopicContract(name, key, cleanup, Optional.of(Duration.ofDays(days)), true, "lz4");
    }

    /** An input topic under a configured name. */
    public static TopicContract input(String name) {
        return new TopicContract(name, "any", Cleanup.DELETE, Optional.of(Duration.ofDays(1)), true, "producer");
    }

    /** How many partitions the topic has when the application has {@code applicationPartitions}. */
    public int partitions(int applicationPartitions) {
        return partitioned ? applicationPartitions : 1;
    }

    /** Kafka's topic settings, by name. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(CLEANUP_POLICY_CONFIG, cleanup.policy());
        settings.put(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        settings.put(COMPRESSION_TYPE_CONFIG, compression);
        retention.ifPresent(time -> settings.put(RETENTION_MS_CONFIG, Long.toString(time.toMillis())));
        if (cleanup != Cleanup.DELETE) {
            settings.put(SEGMENT_MS_CONFIG, Long.toString(COMPACTED_SEGMENT.toMillis()));
        }
        return settings;
    }
}
