package dev.plait.app.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Kuma's default HTTP access-log line: nine leading fields, then nine quoted ones, the trace ID the third of them. */
final class MeshLogLine {
    static final String MESH = "default";

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private MeshLogLine() {}

    static String of(Request request, Response response, Instant started, long durationMs, long upstreamMs) {
        return "[" + MILLIS.format(started) + "] " + MESH
                + " \"" + request.method() + " " + request.path() + " HTTP/1.1\" "
                + response.status() + " - 0 " + response.sizeBytes() + " " + durationMs + " " + upstreamMs
                + quoted(header(request, "x-forwarded-for"))
                + quoted(header(request, "user-agent"))
                + quoted(header(request, "x-b3-traceid"))
                + quoted(header(request, "x-request-id"))
                + quoted(request.host())
                + quoted("kong")
                + quoted("checkout")
                + quoted("10.42.0.7")
                + quoted("127.0.0.1:8080");
    }

    private static String header(Request request, String name) {
        return request.headers().get(name).orElse("-");
    }

    private static String quoted(String value) {
        return " \"" + value + "\"";
    }
}
