package dev.plait.ingest.receiver;

import dev.plait.ingest.Decoder;
import java.util.List;
import java.util.Optional;

/** What a body holds, which the address that it was sent to says: each has one topic, one decoder and its own counters. */
public sealed interface Input permits OtlpSignal, ForeignFormat {
    /** In metrics; a lower-case word. */
    String label();

    /** A new one of those that read it from its topic. */
    Decoder decoder();

    /** What is wrong with the outermost encoding of a body, beside what the decoder says of it. */
    Optional<String> problem(byte[] content, boolean json);

    /**
     * The values of several records that hold together what {@code content}, too large for one, holds.
     *
     * @throws RuntimeException a refusal: TOO_LARGE when one item is above {@code limitBytes}, MALFORMED when it cannot be cut
     */
    List<byte[]> split(byte[] content, boolean json, int limitBytes);
}
