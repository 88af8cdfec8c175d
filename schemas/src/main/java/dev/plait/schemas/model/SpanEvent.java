package dev.plait.schemas.model;

import java.util.Map;

/** Something that happened within a span. Times are nanoseconds since the epoch. */
public record SpanEvent(String name, long timeEpochNanos, Map<String, Object> attributes) {
    public SpanEvent {
        attributes = Attributes.copy(attributes);
    }
}
