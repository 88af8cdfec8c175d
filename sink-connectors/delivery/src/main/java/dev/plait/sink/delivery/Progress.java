package dev.plait.sink.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Which records of each partition have no answer yet, and so up to where offsets may be committed: never beyond a record that
 * may still be lost. Offsets and partitions are those of Kafka, whatever transformations made of a record's topic.
 *
 * <p>A partition that went to another task and came back is another one: records of before are no longer this task's, and what
 * becomes of them says nothing about those of now. Thread safe.
 */
final class Progress {
    private final Map<TopicPartition, Open> partitions = new HashMap<>();

    /** Records without an answer, by offset; copies of one offset (a transformation may make several) count. */
    private static final class Open {
        private final TreeMap<Long, Integer> offsets = new TreeMap<>();
    }

    /** A record that was handed over, and the time its partition was this task's. */
    static final class Entry {
        private final SinkRecord record;
        private final Open open;

        private Entry(SinkRecord record, Open open) {
            this.record = record;
            this.open = open;
        }

        SinkRecord record() {
            return record;
        }
    }

    private static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    synchronized Entry begin(SinkRecord record) {
        Open open = partitions.computeIfAbsent(partition(record), first -> new Open());
        open.offsets.merge(record.originalKafkaOffset(), 1, Integer::sum);
        return new Entry(record, open);
    }

    synchronized void settle(Entry entry) {
        entry.open.offsets.computeIfPresent(
                entry.record.originalKafkaOffset(), (offset, left) -> left == 1 ? null : left - 1);
    }

    /** Whether the record's partition has been this task's ever since. */
    synchronized boolean isCurrent(Entry entry) {
        return partitions.get(partition(entry.record)) == entry.open;
    }

    synchronized void forget(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(gone);
    }

    /** @param taken up to where Kafka Connect has handed records over */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> taken) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
        taken.forEach((partition, upTo) -> {
            Open open = partitions.get(partition);
            boolean all = open == null || open.offsets.isEmpty() || open.offsets.firstKey() >= upTo.offset();
            committable.put(partition, all ? upTo : new OffsetAndMetadata(open.offsets.firstKey()));
        });
        return committable;
    }
}
