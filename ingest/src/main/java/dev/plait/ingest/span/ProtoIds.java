package dev.plait.ingest.span;

import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/** Reads trace ids of protobuf messages. */
public final class ProtoIds {
    private ProtoIds() {}

    /** Of sixteen bytes, or eight when only the low half is known; empty for any other length, and for zero. */
    public static Optional<TraceId> trace(ProtoReader in) {
        int length = in.length();
        byte[] bytes = in.bytes();
        int at = in.position();
        in.advance(length);
        if (length != 16 && length != 8) {
            return Optional.empty();
        }
        long high = length == 16 ? ProtoReader.bigEndian(bytes, at) : 0;
        long low = ProtoReader.bigEndian(bytes, at + length - 8);
        return low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
    }

    /** Whether the message at {@code at} begins with a field 1 of more bytes than a trace ID has: it is no span's. */
    public static boolean isTooLong(byte[] bytes, int at) {
        return at + 1 < bytes.length
                && bytes[at] == (1 << 3 | ProtoReader.LEN)
                && (bytes[at + 1] < 0 || bytes[at + 1] > 16);
    }

    /** Of eight bytes; 0 for any other length. */
    public static long span(ProtoReader in) {
        int length = in.length();
        long id = length == 8 ? ProtoReader.bigEndian(in.bytes(), in.position()) : 0;
        in.advance(length);
        return id;
    }
}
