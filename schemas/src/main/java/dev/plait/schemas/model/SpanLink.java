package dev.plait.schemas.model;

import java.util.Map;

/** A span's reference to a span of another trace; both IDs as lower-case hex (32 and 16 digits). */
public record SpanLink(String traceId, String spanId, Map<String, Object> attributes) {
    public SpanLink {
        attributes = Attributes.copy(attributes);
    }
}
