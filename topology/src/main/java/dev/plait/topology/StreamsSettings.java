package dev.plait.topology;

import dev.plait.topology.config.PlaitConfig;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams settings: what the design needs, then the user's {@code kafka:} section over it, then what must not be
 * changed (application ID, exactly-once, explicit names).
 */
public final class StreamsSettings {
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** Of all threads: what the window tasks count between two commits. */
    private static final long CACHE_BYTES = 64L * 1024 * 1024;

    /** What a killed instance leaves behind (its membership, its open transaction) is to be gone before source-idle is. */
    private static final Map<String, Object> CLIENTS = Map.of(
            StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
            "earliest",
            StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            MAX_MESSAGE_BYTES,
            StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
            10_000,
            StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
            3_000,
            StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
            MAX_MESSAGE_BYTES,
            StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
            "lz4",
            StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
            128 * 1024,
            StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
            10,
            StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
            10_000);

    private StreamsSettings() {}

    public static Properties of(PlaitConfig config) {
        Properties settings = new Properties();
        engine(settings, config);
        CLIENTS.forEach((key, value) -> {
            // a user may write a client's setting with or without Kafka Streams' prefix
            String plain = key.substring(key.indexOf('.') + 1);
            if (!config.kafka().containsKey(plain)) {
                settings.put(key, value);
            }
        });
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.application().id());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return settings;
    }

    private static void engine(Properties settings, PlaitConfig config) {
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.application().threads());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, config.application().stateDir().toString());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.application().commitInterval().toMillis());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 200);
    }
}
