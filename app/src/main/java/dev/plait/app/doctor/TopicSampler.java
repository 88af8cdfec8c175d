package dev.plait.app.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the newest records of a window, topic by topic, committed records only; without a group, committing nothing. At most
 * the window's records and {@link #MAX_BYTES} of one topic, and no topic longer than {@link #PATIENCE} without a record.
 */
final class TopicSampler implements AutoCloseable {
    static final long MAX_BYTES = 256L << 20;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int maxRecords;

    TopicSampler(Map<String, String> kafka, int maxRecords) throws IOException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
        settings.put("fetch.max.bytes", Integer.toString(8 << 20));
        settings.put("allow.auto.create.topics", "false");
        settings.remove("group.id");
        settings.remove("group.instance.id");
        try {
            this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException("cannot connect to " + kafka.get("bootstrap.servers") + ": " + reason, e);
        }
        this.maxRecords = maxRecords;
    }

    /** Where a topic ends now; empty when it may not be read. */
    Optional<Map<TopicPartition, Long>> ends(String topic) {
        try {
            return Optional.of(consumer.endOffsets(partitions(topic)));
        } catch (AuthorizationException denied) {
            return Optional.empty();
        }
    }

    /** Where a topic's records of {@code sinceMs} and later begin; empty when it may not be read. */
    Optional<Map<TopicPartition, Long>> since(String topic, long sinceMs) {
        try {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions(topic).forEach(partition -> times.put(partition, sinceMs));
            Map<TopicPartition, Long> starts = new HashMap<>(consumer.endOffsets(times.keySet()));
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                    consumer.offsetsForTimes(times).entrySet()) {
                if (found.getValue() != null) {
                    starts.put(found.getKey(), found.getValue().offset());
                }
            }
            return Optional.of(starts);
        } catch (AuthorizationException denied) {
            return Optional.empty();
        }
    }

    /** When the first record at or after {@code offset} was written; empty when there is none or it may not be read. */
    Optional<Long> timeAt(TopicPartition partition, long offset) {
        AtomicLong timeMs = new AtomicLong(-1);
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            new Reading(item -> timeMs.compareAndSet(-1, item.timestamp()), consumer.endOffsets(List.of(partition)))
                    .untilFirst();
        } catch (AuthorizationException denied) {
            return Optional.empty();
        } finally {
            consumer.unsubscribe();
        }
        return timeMs.get() < 0 ? Optional.empty() : Optional.of(timeMs.get());
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Gives {@code to} what lies between {@code starts} and now, from where no more than the limit is left. */
    Slice read(
            Map<TopicPartition, Long> starts, long sinceMs, long nowMs, Consumer<ConsumerRecord<byte[], byte[]>> to) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(starts.keySet());
        long most = Math.max(1, maxRecords / Math.max(1, starts.size()));
        boolean cut = false;
        boolean young = true;
        consumer.assign(starts.keySet());
        for (TopicPartition partition : starts.keySet()) {
            long start = Math.max(starts.get(partition), ends.get(partition) - most);
            cut |= start > starts.get(partition);
            young &= start <= oldest.get(partition);
            consumer.seek(partition, Math.min(start, ends.get(partition)));
        }
        Reading reading = new Reading(to, ends);
        boolean whole = reading.untilEnd();
        consumer.unsubscribe();
        // a topic that began within the window, or of which only the newest was read: rates are of that time
        long fromMs = (young || cut) && reading.firstMs < Long.MAX_VALUE ? Math.max(sinceMs, reading.firstMs) : sinceMs;
        return new Slice(reading.records, reading.bytes, fromMs, nowMs, cut || !whole);
    }

    /** One pass over the partitions assigned. */
    private final class Reading {
        private final Consumer<ConsumerRecord<byte[], byte[]>> to;
        private final Map<TopicPartition, Long> ends;
        private long records;
        private long bytes;
        private long firstMs = Long.MAX_VALUE;

        Reading(Consumer<ConsumerRecord<byte[], byte[]>> to, Map<TopicPartition, Long> ends) {
            this.to = to;
            this.ends = ends;
        }

        /** Whether all was read. */
        boolean untilEnd() {
            return until(Long.MAX_VALUE);
        }

        void untilFirst() {
            until(1);
        }

        private boolean until(long most) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isAtEnd() && records < most && bytes < MAX_BYTES && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> item : consumer.poll(POLL)) {
                    if (item.offset() < ends.get(new TopicPartition(item.topic(), item.partition()))) {
                        take(item);
                    }
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
            }
            return isAtEnd();
        }

        private boolean isAtEnd() {
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }

        private void take(ConsumerRecord<byte[], byte[]> item) {
            records++;
            bytes += Math.max(0, item.serializedKeySize()) + Math.max(0, item.serializedValueSize());
            firstMs = item.timestamp() > 0 ? Math.min(firstMs, item.timestamp()) : firstMs;
            to.accept(item);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
