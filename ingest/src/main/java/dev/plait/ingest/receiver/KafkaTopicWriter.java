package dev.plait.ingest.receiver;

import dev.plait.schemas.topic.TopicContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's idempotent producer with {@code acks=all}: a record is once on its topic however often the producer sends it. Records
 * go to the topic's partitions in turn, so that none of them is idle for long and holds the clock of the others.
 */
public final class KafkaTopicWriter implements TopicWriter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopicWriter.class);
    private static final String PREFIX = "producer.";
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MS = 5;

    /** Room for open batches that small records do not fill. */
    private static final long BATCHES_BYTES = 64L * 1024 * 1024;

    /**
     * How long a thread waits for metadata. Kafka's client forgets them when all brokers are away; a thread that then waited for
     * them would keep every request behind it from its answer.
     */
    private static final int MAX_BLOCK_MS = 5;

    /** Topics that are quiet for a weekend stay known, so that a send does not wait for metadata. */
    private static final Duration METADATA_KEPT = Duration.ofDays(7);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Duration ackTime;

    /**
     * @param kafka client settings; those for the producer alone with or without Kafka Streams' prefix {@code producer.}
     * @param limits how long Kafka may take, and how much is in flight at most
     */
    public KafkaTopicWriter(Map<String, String> kafka, ReceiverLimits limits) {
        this.ackTime = limits.ackTime();
        this.producer =
                new KafkaProducer<>(settings(kafka, limits), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> settings(Map<String, String> kafka, ReceiverLimits limits) {
        int ackMs = (int) limits.ackTime().toMillis();
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "plait-receive");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        kafka.forEach((key, value) -> {
            if (ProducerConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        kafka.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !key.contains("transaction")) {
                settings.put(key.substring(PREFIX.length()), value);
            }
        });
        // what the promise stands on
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ackMs);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ackMs * 3 / 4);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicContract.MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * limits.inFlightBytes() + BATCHES_BYTES);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_KEPT.toMillis());
        return settings;
    }

    /**
     * Asks for the topic's partitions, so that the first request does not have to wait.
     *
     * @throws KafkaException when Kafka or the topic is not there
     */
    public void know(String topic) {
        for (long looks = ackTime.toMillis() / 2 / MAX_BLOCK_MS; ; looks--) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (TimeoutException unknownYet) { // after max.block.ms
                if (looks <= 0) {
                    throw unknownYet;
                }
            }
        }
    }

    @Override
    public CompletionStage<Void> write(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            var unused = producer.send(
                    record.partition() == null ? inTurn(record) : record,
                    (written, failure) -> settle(done, record.topic(), failure));
        } catch (KafkaException failure) {
            settle(done, record.topic(), failure);
        }
        return done;
    }

    private ProducerRecord<byte[], byte[]> inTurn(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(
                record.topic(), nextPartition(record.topic()), record.key(), record.value(), record.headers());
    }

    private int nextPartition(String topic) {
        int partitions = producer.partitionsFor(topic).size();
        int turn = turns.computeIfAbsent(topic, name -> new AtomicInteger()).getAndIncrement();
        return Math.floorMod(turn, partitions);
    }

    private void settle(CompletableFuture<Void> done, String topic, Exception failure) {
        if (failure == null) {
            if (failing.compareAndSet(true, false)) {
                LOG.warn("Kafka acknowledges again");
            }
            done.complete(null);
        } else if (failure instanceof RecordTooLargeException) {
            done.completeExceptionally(new TooLarge("larger than the topic takes"));
        } else {
            if (failing.compareAndSet(false, true)) {
                LOG.warn(
                        "Kafka does not acknowledge, clients are asked to send again: {}: {}",
                        topic,
                        failure.toString());
            }
            done.completeExceptionally(failure);
        }
    }

    /** Waits for what was sent, as long as an acknowledgement may take. */
    @Override
    public void close() {
        producer.close(ackTime);
    }
}
