package dev.plait.ingest.traceid;

import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * The ids of Zipkin v2 JSON: a {@code traceId} of 1 to 32 hex digits, span ids of 1 to 16, shorter ones padded as Zipkin's own
 * library does ({@code Span.normalizeTraceId}).
 */
public final class ZipkinTraceId {
    private ZipkinTraceId() {}

    public static Optional<TraceId> parse(String text) {
        return HexId.padded(text, 32);
    }

    /** A span ID, or 0 when it is none. */
    public static long span(String text) {
        int length = text.length();
        return length >= 1 && length <= 16 && Hex.isHex(text, 0, length) ? Hex.parse(text, 0, length) : 0;
    }
}
