package dev.plait.ingest.jaeger;

import dev.plait.ingest.traceid.ZipkinTraceId;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Base64;
import java.util.Optional;

/**
 * Ids of Jaeger's JSON: base64 of the bytes, as protobuf's JSON has it. A text whose length is that of hex digits is hex, as in
 * Jaeger's own UI: base64 of an ID has 24 or 12 characters, the last one {@code =}.
 */
final class JsonIds {
    private JsonIds() {}

    /** Empty when it is none. */
    static Optional<TraceId> trace(String text) {
        Optional<byte[]> bytes = bytes(text);
        if (bytes.isEmpty()) {
            return ZipkinTraceId.parse(text);
        }
        int length = bytes.get().length;
        if (length != 16 && length != 8) {
            return Optional.empty();
        }
        long high = length == 16 ? ProtoReader.bigEndian(bytes.get(), 0) : 0;
        long low = ProtoReader.bigEndian(bytes.get(), length - 8);
        return low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
    }

    /** 0 when it is none. */
    static long span(String text) {
        Optional<byte[]> bytes = bytes(text);
        if (bytes.isEmpty()) {
            return ZipkinTraceId.span(text);
        }
        return bytes.get().length == 8 ? ProtoReader.bigEndian(bytes.get(), 0) : 0;
    }

    private static Optional<byte[]> bytes(String text) {
        if (text.length() > 24 || !text.endsWith("=")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
