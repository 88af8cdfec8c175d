package dev.plait.topology;

import java.util.function.ObjIntConsumer;

/** What one frame, or the traces of one sweep, add to the windows: a part for each window task that keeps some of it. */
final class DeltaSet {
    private final DeltaPart[] parts;

    DeltaSet(int partitions) {
        this.parts = new DeltaPart[partitions];
    }

    int partitions() {
        return parts.length;
    }

    /** The part of the task that keeps a text key. */
    DeltaPart of(String key) {
        return part(PartitionKey.of(key, parts.length));
    }

    DeltaPart of(SloKey key) {
        return part(key.partition(parts.length));
    }

    private DeltaPart part(int partition) {
        if (parts[partition] == null) {
            parts[partition] = new DeltaPart();
        }
        return parts[partition];
    }

    /** Hands out the pieces of each part that counted something, by partition, and is empty again. */
    void drain(ObjIntConsumer<byte[]> out) {
        for (int partition = 0; partition < parts.length; partition++) {
            if (parts[partition] != null) {
                int to = partition;
                parts[partition].write(piece -> out.accept(piece, to));
                parts[partition] = null;
            }
        }
    }
}
