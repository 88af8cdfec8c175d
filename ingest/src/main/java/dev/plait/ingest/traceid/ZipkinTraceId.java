package dev.plait.ingest.traceid;

import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * The {@code traceId} of Zipkin v2 JSON: 16 to 32 hex digits, shorter ones padded as Zipkin's own library does
 * ({@code Span.normalizeTraceId}).
 */
public final class ZipkinTraceId {
    private ZipkinTraceId() {}

    public static Optional<TraceId> parse(String text) {
        return HexId.padded(text, 32);
    }
}
