package dev.plait.schemas.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span within its correlated trace. {@code selfNanos} is the part of its duration that none of its children covers;
 * {@code skewNanos} the clock offset of its service against its parent's, recorded and not applied.
 */
public record TraceSpan(
        String spanId,
        Optional<String> parentSpanId,
        String service,
        String name,
        SpanKind kind,
        long startEpochNanos,
        long durationNanos,
        long selfNanos,
        SpanStatus status,
        Optional<String> statusMessage,
        boolean error,
        boolean onCriticalPath,
        long skewNanos,
        Optional<String> scope,
        Map<String, Object> attributes,
        List<SpanEvent> events,
        List<SpanLink> links) {
    public TraceSpan {
        attributes = Attributes.copy(attributes);
        events = List.copyOf(events);
        links = List.copyOf(links);
    }
}
