package dev.plait.topology;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Frames are keyed by the partition they are meant for: four bytes. The sender has chosen it by the trace ID of the items,
 * so the partitioner only reads it back.
 */
final class PartitionKey implements StreamPartitioner<byte[], byte[]> {
    static byte[] of(int partition) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        return Optional.of(Set.of(ByteBuffer.wrap(key).getInt() % partitions));
    }
}
