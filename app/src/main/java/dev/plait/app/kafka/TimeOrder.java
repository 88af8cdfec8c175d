package dev.plait.app.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What several partitions held when the reader was opened, as one sequence by timestamp; each partition keeps its own order.
 * At most {@value #MAX_HELD} records and one fetch of each partition are held at a time.
 */
public final class TimeOrder {
    private static final int MAX_HELD = 2_000;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final TopicReader reader;
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> held = new LinkedHashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> beyond = new ArrayList<>();

    public TimeOrder(TopicReader reader) {
        this.reader = reader;
        reader.partitions().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .forEach(partition -> held.put(partition, new ArrayDeque<>()));
    }

    /** The record with the lowest timestamp of those that are next in their partition; empty when all are given. */
    public Optional<ConsumerRecord<byte[], byte[]>> next() {
        while (isAnyUnknown()) {
            fetch();
        }
        Deque<ConsumerRecord<byte[], byte[]>> lowest = null;
        for (Deque<ConsumerRecord<byte[], byte[]>> queue : held.values()) {
            if (!queue.isEmpty()
                    && (lowest == null
                            || queue.peek().timestamp() < lowest.peek().timestamp())) {
                lowest = queue;
            }
        }
        return lowest == null ? Optional.empty() : Optional.of(lowest.remove());
    }

    /** What was fetched along with the last of them but came after the reader was opened, in the order it came. */
    public List<ConsumerRecord<byte[], byte[]>> beyond() {
        held.keySet().forEach(partition -> reader.hold(partition, false));
        return List.copyOf(beyond);
    }

    /** Whether some partition has more, and it is not known what. */
    private boolean isAnyUnknown() {
        return held.entrySet().stream()
                .anyMatch(entry -> entry.getValue().isEmpty() && !reader.isAtEnd(entry.getKey()));
    }

    private void fetch() {
        held.forEach(
                (partition, queue) -> reader.hold(partition, queue.size() >= MAX_HELD || reader.isAtEnd(partition)));
        for (ConsumerRecord<byte[], byte[]> item : reader.poll(PATIENCE)) {
            if (reader.wasThere(item)) {
                held.get(new TopicPartition(item.topic(), item.partition())).add(item);
            } else {
                beyond.add(item);
            }
        }
    }
}
