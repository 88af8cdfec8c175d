package dev.plait.topology;

import dev.plait.ingest.Rejected;
import dev.plait.schemas.topic.DeadLetters;
import dev.plait.schemas.topic.DeadLetters.Letter;
import org.apache.kafka.streams.processor.api.Record;

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
    record ToDeadLetters(byte[] bytes) implements Routed {
        /** The letter that says why. */
        static Record<byte[], Routed> record(DeadLetters letters, Rejected rejected, long arrivalMs) {
            Letter letter = letters.letter(rejected.reason().name(), rejected.detail(), rejected.item());
            return new Record<>(letter.key(), new ToDeadLetters(letter.value()), arrivalMs, letter.headers());
        }
    }
}
