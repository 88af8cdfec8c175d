package dev.plait.schemas.model;

import java.util.List;
import java.util.Map;

/**
 * One span as it was received, decoded from its slice when its trace closes. Times are nanoseconds since the epoch, 0 when
 * unknown; {@code parentSpanId} is 0 for a root; texts are empty when absent. {@code error} is the verdict of the decoder's
 * error rule, carried by the frame's index.
 */
public record ReceivedSpan(
        long spanId,
        long parentSpanId,
        String name,
        SpanKind kind,
        long startEpochNanos,
        long endEpochNanos,
        SpanStatus status,
        String statusMessage,
        boolean error,
        Map<String, Object> attributes,
        List<SpanEvent> events,
        List<SpanLink> links,
        Origin origin) {
    public ReceivedSpan {
        attributes = Attributes.copy(attributes);
        events = List.copyOf(events);
        links = List.copyOf(links);
    }
}
