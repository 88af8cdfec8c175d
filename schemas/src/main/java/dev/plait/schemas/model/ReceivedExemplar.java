package dev.plait.schemas.model;

import java.util.Map;

/** One metric exemplar as it was received; {@code spanId} is 0 when it names none. */
public record ReceivedExemplar(
        String metric,
        String unit,
        double value,
        long timeEpochNanos,
        long spanId,
        Map<String, Object> attributes,
        Origin origin) {
    public ReceivedExemplar {
        attributes = Attributes.copy(attributes);
    }
}
