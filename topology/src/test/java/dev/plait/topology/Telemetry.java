package dev.plait.topology;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Small input records as text: OTLP/JSON, Kong objects, Kuma lines. Times in milliseconds since {@link #EPOCH_MS}. */
final class Telemetry {
    static final long EPOCH_MS = 1_767_225_600_000L;
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String REQUEST = "9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f";

    private Telemetry() {}

    /** A request of one resource with the given spans. */
    static byte[] spans(String service, String... spans) {
        return bytes("""
                {"resourceSpans":[{"resource":{"attributes":[%s]},"scopeSpans":[{"spans":[%s]}]}]}""".formatted(text("service.name", service), String.join(",", spans)));
    }

    /** A SERVER span; {@code parent} is empty for a root. */
    static String span(String trace, String id, String parent, long startMs, long millis, String... attributes) {
        return """
                {"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"op-%s","kind":2,"startTimeUnixNano":"%d",\
                "endTimeUnixNano":"%d","attributes":[%s]}""".formatted(
                        trace,
                        id,
                        parent,
                        id,
                        (EPOCH_MS + startMs) * 1_000_000,
                        (EPOCH_MS + startMs + millis) * 1_000_000,
                        Arrays.stream(attributes).collect(Collectors.joining(",")));
    }

    static byte[] log(String service, String trace, String span, long timeMs, String body) {
        return bytes("""
                {"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d",\
                "severityNumber":9,"severityText":"INFO","body":{"stringValue":"%s"},"traceId":"%s","spanId":"%s"}]}]}]}""".formatted(text("service.name", service), (EPOCH_MS + timeMs) * 1_000_000, body, trace, span));
    }

    /** A line of Kong's error log as its OpenTelemetry plugin sends it outside of a sampled request. */
    static byte[] kongRuntimeLog(String requestId, long timeMs, String body) {
        return bytes("""
                {"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"scope":{"name":"kong-internal"},"logRecords":[\
                {"timeUnixNano":"%d","severityNumber":17,"severityText":"ERR","body":{"stringValue":"%s"},\
                "attributes":[%s,{"key":"introspection.current.line","value":{"doubleValue":42}}]}]}]}]}""".formatted(
                text("service.name", "kong"), (EPOCH_MS + timeMs) * 1_000_000, body, text("request.id", requestId)));
    }

    /** A Kong access log; {@code traceIds} is the {@code trace_id} object, or empty for none. */
    static byte[] kong(String requestId, String traceIds, int status, long startMs) {
        return bytes("""
                {"request":{"id":"%s","method":"GET","uri":"/orders?id=7"},"response":{"status":%d,"size":312},\
                "latencies":{"kong":3,"proxy":41,"request":46,"receive":0},"started_at":%d,"client_ip":"10.0.0.9",\
                "service":{"name":"orders"},"route":{"name":"orders-v1"},"source":"upstream"%s}""".formatted(
                        requestId, status, EPOCH_MS + startMs, traceIds.isEmpty() ? "" : ",\"trace_id\":" + traceIds));
    }

    /** A default Kuma line. */
    static byte[] kuma(String trace, String requestId, int status) {
        return bytes("""
                [2026-01-01T00:00:00.010Z] default "GET /orders HTTP/1.1" %d - 0 91 12 11 "-" "curl/8.5" "%s" "%s" \
                "orders.mesh" "frontend" "orders" "10.42.0.7" "10.42.1.9:8080"
                """.formatted(status, trace, requestId));
    }

    static String text(String key, String value) {
        return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
