package dev.plait.app.demo;

import dev.plait.schemas.topic.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The mesh hop in front of checkout: an Envoy inbound listener as Kuma configures it. One span with Envoy's tags (all of them
 * text) and, after the response, Kuma's default access-log line, whose trace ID is the B3 header of the request.
 */
final class MeshSidecar implements Server {
    private static final Latency FILTERS = Latency.ofMillis(0.2, 2);

    private final Telemetry telemetry;
    private final Server local;
    private final TopicWriter topics;

    MeshSidecar(Telemetry telemetry, Server local, TopicWriter topics) {
        this.telemetry = telemetry;
        this.local = local;
        this.topics = topics;
    }

    @Override
    public Response handle(Request request) {
        Instant started = Instant.now();
        long startNanos = System.nanoTime();
        Span span = telemetry
                .tracer()
                .spanBuilder("ingress")
                .setParent(telemetry.extract(request.headers()))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("component", "proxy")
                .setAttribute("http.method", request.method())
                .setAttribute("http.url", "http://" + request.host() + request.path())
                .setAttribute("http.protocol", "HTTP/1.1")
                .setAttribute(
                        "guid:x-request-id",
                        request.headers().get("x-request-id").orElse(""))
                .setAttribute("upstream_cluster.name", "localhost_8080")
                .setAttribute("node_id", "default.checkout-7c9d5")
                .setAttribute("kuma.mesh", MeshLogLine.MESH)
                .startSpan();
        return Telemetry.within(span, () -> {
            FILTERS.pass();
            long upstreamStartNanos = System.nanoTime();
            Headers headers = request.headers().copy();
            telemetry.inject(headers);
            Response response = local.handle(new Request(request.method(), request.host(), request.path(), headers));
            long endNanos = System.nanoTime();
            span.setAttribute("http.status_code", Integer.toString(response.status()));
            span.setAttribute("response_flags", "-");
            if (response.isServerError()) {
                span.setAttribute("error", "true");
            }
            long durationMs = (endNanos - startNanos) / 1_000_000;
            long upstreamMs = (endNanos - upstreamStartNanos) / 1_000_000;
            String line = MeshLogLine.of(request, response, started, durationMs, upstreamMs);
            topics.write(Topics.MESH_ACCESS_LOGS, line.getBytes(StandardCharsets.UTF_8));
            return response;
        });
    }
}
