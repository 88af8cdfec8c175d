package dev.plait.topology;

import org.apache.kafka.streams.KeyValue;

/** What the assembler writes, each kind to its own topic. */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
sealed interface Emitted {
    byte[] bytes();

    /** A correlated trace as JSON. */
    record ToTraces(byte[] bytes) implements Emitted {}

    /** A {@link Delta} for a window task. */
    record ToWindows(int partition, byte[] bytes) implements Emitted {
        KeyValue<byte[], byte[]> keyed() {
            return KeyValue.pair(PartitionKey.of(partition), bytes);
        }
    }

    /** A sampling decision as JSON. */
    record ToDecisions(byte[] bytes) implements Emitted {}
}
