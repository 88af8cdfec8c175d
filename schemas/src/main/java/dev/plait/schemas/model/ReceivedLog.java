package dev.plait.schemas.model;

import java.util.Map;

/**
 * One log record as it was received. {@code spanId} is 0 when it names none; {@code severity} and {@code body} are empty
 * when absent; {@code severityNumber} is OTLP's, 0 when unset.
 */
public record ReceivedLog(
        long timeEpochNanos,
        long spanId,
        String severity,
        int severityNumber,
        String body,
        boolean accessLog,
        boolean error,
        JoinedBy joinedBy,
        Map<String, Object> attributes,
        Origin origin) {
    public ReceivedLog {
        attributes = Attributes.copy(attributes);
    }
}
