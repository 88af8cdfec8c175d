package dev.plait.topology;

/** What the assembler writes, each kind to its own topic. */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
sealed interface Emitted {
    byte[] bytes();

    /** A correlated trace as JSON. */
    record ToTraces(byte[] bytes) implements Emitted {}

    /** A sampling decision as JSON. */
    record ToDecisions(byte[] bytes) implements Emitted {}
}
