package dev.plait.perf.load;

import java.util.Map;

/**
 * One generated span.
 *
 * @param parentId 0 for the root
 * @param instance of the service, from 0
 * @param kind OTLP's number: 1 INTERNAL, 2 SERVER, 3 CLIENT
 * @param failed its status is ERROR; else it is not set
 * @param attributes String or Long by name
 */
public record LoadSpan(
        long spanId,
        long parentId,
        String service,
        int instance,
        String name,
        int kind,
        long startEpochNanos,
        long durationNanos,
        boolean failed,
        Map<String, Object> attributes) {
    public static final int INTERNAL = 1;
    public static final int SERVER = 2;
    public static final int CLIENT = 3;
}
