package dev.plait.schemas.model;

import java.util.Map;
import java.util.Optional;

/** A log record within its correlated trace. */
public record TraceLog(
        long timeEpochNanos,
        Optional<String> service,
        Optional<String> severity,
        int severityNumber,
        String body,
        Optional<String> spanId,
        String source,
        JoinedBy joinedBy,
        Map<String, Object> attributes) {
    public TraceLog {
        attributes = Attributes.copy(attributes);
    }
}
