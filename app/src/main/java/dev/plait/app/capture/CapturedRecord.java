package dev.plait.app.capture;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One Kafka record of a capture. The arrays are the bytes that were on the topic and are not copied: whoever makes one hands
 * them over.
 *
 * @param timestampMs the record's timestamp, as Kafka had it
 * @param headers in order; a name may come more than once
 */
public record CapturedRecord(
        String topic,
        long timestampMs,
        Optional<byte[]> key,
        List<Header> headers,
        Optional<byte[]> value,
        OptionalInt partition,
        OptionalLong offset) {
    public CapturedRecord {
        headers = List.copyOf(headers);
    }

    /** A header; an empty value is Kafka's null. */
    public record Header(String name, Optional<byte[]> value) {}
}
