package dev.plait.topology;

import dev.plait.schemas.model.TraceId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Frames and deltas are keyed by the partition they are meant for: four bytes. The sender has chosen it, by the trace ID of
 * the items or the key of what is counted, so the partitioner only reads it back.
 */
final class PartitionKey implements StreamPartitioner<byte[], byte[]> {
    static byte[] of(int partition) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
    }

    /** The partition of a text among {@code count}: its FNV-1a hash, mixed. */
    static int of(String text, int count) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return TraceId.partition(hash, count);
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        return Optional.of(Set.of(ByteBuffer.wrap(key).getInt() % partitions));
    }
}
