package dev.plait.ingest.applog;

import java.util.Optional;

/**
 * Tells records of another format by the names at their top level, so that a topic with the wrong {@code format} shows in the
 * dead letters and not as logs without meaning. Marks are bits, gathered with {@link #mark} over one object.
 */
final class OtherFormat {
    private static final int OTLP = 1;
    private static final int KONG = 2 | 4;
    private static final int ENVOY = 8 | 16;
    private static final int ZIPKIN = 32 | 64 | 128;
    private static final int JAEGER = 256 | 512;

    private OtherFormat() {}

    static int mark(String topLevelName) {
        return switch (topLevelName) {
            case "resourceSpans", "resourceLogs", "resourceMetrics" -> OTLP;
            case "request", "session" -> 2;
            case "latencies" -> 4;
            case "response_flags" -> 8;
            case "response_code" -> 16;
            case "traceId" -> 32;
            case "id" -> 64;
            case "localEndpoint" -> 128;
            case "operationName" -> 256;
            case "startTime" -> 512;
            default -> 0;
        };
    }

    /** The {@code format} that reads an object of these marks, if it is another one. */
    static Optional<String> of(int marks) {
        if ((marks & OTLP) != 0) {
            return Optional.of("otlp");
        }
        if ((marks & KONG) == KONG) {
            return Optional.of("kong");
        }
        if ((marks & ENVOY) == ENVOY) {
            return Optional.of("envoy");
        }
        if ((marks & ZIPKIN) == ZIPKIN) {
            return Optional.of("zipkin");
        }
        return (marks & JAEGER) == JAEGER ? Optional.of("jaeger") : Optional.empty();
    }
}
