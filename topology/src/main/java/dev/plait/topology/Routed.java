package dev.plait.topology;

/** What the decode and match processors hand on, each kind to its own topic. */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
sealed interface Routed {
    byte[] bytes();

    /** A frame for an assembler. */
    record ToFrames(byte[] bytes) implements Routed {}

    /** A frame of access logs that look for their trace, and of announcements, for a matcher. */
    record ToRequests(byte[] bytes) implements Routed {}

    /** A {@link Delta} for a window task. */
    record ToWindows(byte[] bytes) implements Routed {}

    /** A refused record; null when its value was null is impossible, as tombstones are ignored. */
    record ToDeadLetters(byte[] bytes) implements Routed {}
}
