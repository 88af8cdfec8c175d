package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which trace an ID means that a person gives. It may be read as a trace ID, of which half may be unknown on either side, and
 * is always looked for as a request ID too: Kong's are 32 hex digits like a trace ID.
 */
record WantedTrace(String text, Optional<TraceId> traceId) {
    /** Attributes of spans and logs that hold a request ID. */
    private static final List<String> REQUEST_IDS =
            List.of("kong.request.id", "http.request.header.x-request-id", "kong.correlation.id", "guid:x-request-id");

    static WantedTrace of(String id) {
        return new WantedTrace(id.strip(), TraceIdText.parse(id));
    }

    /** Whether the record is worth reading: its key is of this trace, or its text holds the ID. */
    boolean mayBe(byte[] key, byte[] value) {
        boolean sameTrace = key != null && isTraceId(new String(key, StandardCharsets.UTF_8));
        return sameTrace
                || new String(value, StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .contains(lower());
    }

    boolean is(JsonNode trace) {
        return isTraceId(trace.path("traceId").asText()) || hasRequestId(trace);
    }

    private boolean isTraceId(String hex) {
        if (traceId.isEmpty() || hex.length() != 32) {
            return false;
        }
        TraceId other = TraceId.ofHex(hex);
        TraceId mine = traceId.get();
        boolean highAgrees = other.high() == mine.high() || other.high() == 0 || mine.high() == 0;
        return highAgrees && other.low() == mine.low();
    }

    private boolean hasRequestId(JsonNode trace) {
        if (isMine(trace.path("gateway").path("requestId"))) {
            return true;
        }
        for (JsonNode hop : trace.path("hops")) {
            if (isMine(hop.path("requestId"))) {
                return true;
            }
        }
        return anyHasRequestId(trace.path("spans")) || anyHasRequestId(trace.path("logs"));
    }

    private boolean anyHasRequestId(JsonNode items) {
        for (JsonNode item : items) {
            JsonNode attributes = item.path("attributes");
            if (REQUEST_IDS.stream().anyMatch(name -> isMine(attributes.path(name)))) {
                return true;
            }
        }
        return false;
    }

    private boolean isMine(JsonNode value) {
        return value.isTextual() && value.asText().toLowerCase(Locale.ROOT).equals(lower());
    }

    private String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
