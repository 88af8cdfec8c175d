package dev.plait.ingest;

import java.util.Optional;

/**
 * Reads one input record of one format. Pure but for reused buffers: a decoder belongs to one thread, the same bytes give
 * the same calls and the same verdict, and it throws nothing whatever the bytes are. Time is linear in the input.
 */
public interface Decoder {
    /**
     * Hands every good item of {@code value} to {@code sink}, and every bad one to {@link SignalSink#reject}.
     *
     * @return why the whole record is refused; the caller then forgets what the sink was given for it. Empty: all is
     *     handed over.
     */
    Optional<Rejected> decode(byte[] value, SignalSink sink);
}
