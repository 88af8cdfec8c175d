package dev.plait.app.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of some topics, committed records only, without a group and without committing anything. One thread.
 */
public final class TopicReader implements AutoCloseable {
    /** Where reading begins. */
    public enum From {
        BEGINNING,
        END
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
    }

    /**
     * Opens a reader.
     *
     * @param client Kafka client settings, with {@code bootstrap.servers}
     * @throws IOException when Kafka does not answer or a topic is not there; the message says which
     */
    public static TopicReader open(Map<String, String> client, Collection<String> topics, From from)
            throws IOException {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
        settings.remove("group.id");
        KafkaConsumer<byte[], byte[]> consumer = newConsumer(settings);
        try {
            return open(consumer, topics, from);
        } catch (TimeoutException e) {
            consumer.close();
            throw new IOException(
                    "no Kafka answers at " + client.get("bootstrap.servers") + " within " + PATIENCE.toSeconds() + " s",
                    e);
        } catch (KafkaException | IOException e) {
            consumer.close();
            throw e;
        }
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer(Map<String, Object> settings) throws IOException {
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            // the outer message says only that construction failed
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException("cannot connect to " + settings.get("bootstrap.servers") + ": " + reason, e);
        }
    }

    private static TopicReader open(KafkaConsumer<byte[], byte[]> consumer, Collection<String> topics, From from)
            throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new IOException("topic " + topic + " does not exist");
            }
            found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        if (from == From.BEGINNING) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        // positions are found now, so that what is written from here on is read
        partitions.forEach(consumer::position);
        return new TopicReader(consumer, consumer.endOffsets(partitions));
    }

    /** The records that have come, in order within each partition; waits for the first at most {@code patience}. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(patience).forEach(records::add);
        return records;
    }

    /** The partitions read, in the order of the topics given. */
    public List<TopicPartition> partitions() {
        return List.copyOf(consumer.assignment());
    }

    /** Whether all that was there on opening has been given. */
    public boolean isAtEnd() {
        return ends.keySet().stream().allMatch(this::isAtEnd);
    }

    /** Whether all that was there on opening in {@code partition} has been given. */
    public boolean isAtEnd(TopicPartition partition) {
        return consumer.position(partition) >= ends.get(partition);
    }

    /** Whether a record was there on opening. */
    public boolean wasThere(ConsumerRecord<byte[], byte[]> item) {
        return item.offset() < ends.get(new TopicPartition(item.topic(), item.partition()));
    }

    /** Stops or resumes fetching of one partition. */
    public void hold(TopicPartition partition, boolean held) {
        if (held) {
            consumer.pause(List.of(partition));
        } else {
            consumer.resume(List.of(partition));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
