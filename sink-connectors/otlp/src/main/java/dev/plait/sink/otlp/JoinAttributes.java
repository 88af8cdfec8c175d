package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Locale;

/**
 * What Plait found out about a whole trace, for the one span or log that carries it: {@code plait.status},
 * {@code plait.root_cause.*}, {@code plait.gateway.*}, {@code plait.verdict.*}, {@code plait.sampling.*},
 * {@code plait.counts.*}, {@code plait.revision} and {@code plait.delta}; metric points of the trace as span events.
 */
final class JoinAttributes {
    private JoinAttributes() {}

    static List<KeyValue> of(RecordView trace) {
        KeyValues join = new KeyValues()
                .put("plait.status", trace.text("status"))
                .put("plait.revision", trace.number("revision"))
                .put("plait.delta", trace.flag("delta"))
                .put("plait.closed_because", trace.text("closedBecause").toLowerCase(Locale.ROOT))
                .put("plait.duration_ns", trace.number("durationNanos"))
                .put("plait.replaces_trace_id", trace.optionalText("replacesTraceId"));
        trace.optionalRecord("rootCause").ifPresent(cause -> rootCause(cause, join));
        trace.optionalRecord("gateway").ifPresent(gateway -> gateway(gateway, join));
        if (!trace.records("hops").isEmpty()) {
            join.put("plait.hops", trace.records("hops").size());
        }
        counts(trace.record("counts"), join);
        verdict(trace.record("verdict"), join);
        RecordView sampling = trace.record("sampling");
        join.put("plait.sampling.keep", sampling.flag("keep"))
                .put("plait.sampling.reason", sampling.text("reason"))
                .put("plait.sampling.probability", sampling.real("probability"));
        return join.list();
    }

    /** The exemplars and context of the trace: a time, a metric, a value. */
    static void addMetrics(RecordView trace, Span.Builder span) {
        trace.records("exemplars")
                .forEach(point -> span.addEvents(event("plait.exemplar", point)
                        .addAllAttributes(point(point)
                                .putAll(point.map("attributes"))
                                .put("plait.span_id", point.optionalText("spanId"))
                                .list())));
        trace.records("context")
                .forEach(point -> span.addEvents(event("plait.context", point)
                        .addAllAttributes(point(point)
                                .put("service.name", point.text("service"))
                                .put("service.instance.id", point.optionalText("instance"))
                                .list())));
    }

    private static Span.Event.Builder event(String name, RecordView point) {
        return Span.Event.newBuilder().setName(name).setTimeUnixNano(point.number("timeEpochNanos"));
    }

    private static KeyValues point(RecordView point) {
        return new KeyValues()
                .put("plait.metric", point.text("metric"))
                .put("plait.unit", point.text("unit"))
                .put("plait.value", point.real("value"));
    }

    private static void rootCause(RecordView cause, KeyValues join) {
        join.put("plait.root_cause.service", cause.text("service"))
                .put("plait.root_cause.operation", cause.text("operation"))
                .put("plait.root_cause.span_id", cause.optionalText("spanId"))
                .put("plait.root_cause.kind", cause.text("kind"))
                .put("plait.root_cause.reason", cause.text("reason"));
    }

    private static void gateway(RecordView gateway, KeyValues join) {
        join.put("plait.gateway.product", gateway.text("product"))
                .put("plait.gateway.name", gateway.optionalText("name"))
                .put("plait.gateway.route", gateway.optionalText("route"))
                .put("plait.gateway.service", gateway.optionalText("service"))
                .put("plait.gateway.consumer", gateway.optionalText("consumer"))
                .put("plait.gateway.request_id", gateway.optionalText("requestId"))
                .put("plait.gateway.method", gateway.optionalText("method"))
                .put("plait.gateway.path", gateway.optionalText("path"))
                .put("plait.gateway.status", gateway.number("status"))
                .put("plait.gateway.client_address", gateway.optionalText("clientAddress"))
                .put("plait.gateway.total_ms", gateway.optionalReal("totalMs"))
                .put("plait.gateway.gateway_ms", gateway.optionalReal("gatewayMs"))
                .put("plait.gateway.upstream_ms", gateway.optionalReal("upstreamMs"))
                .put("plait.gateway.tries", gateway.number("tries"))
                .put("plait.gateway.source", gateway.optionalText("source"))
                .put("plait.gateway.destination", gateway.optionalText("destination"));
        List<String> flags = gateway.texts("responseFlags");
        if (!flags.isEmpty()) {
            join.put("plait.gateway.response_flags", String.join(",", flags));
        }
    }

    private static void counts(RecordView counts, KeyValues join) {
        join.put("plait.counts.spans", counts.number("spans"))
                .put("plait.counts.errors", counts.number("errors"))
                .put("plait.counts.logs", counts.number("logs"))
                .put("plait.counts.exemplars", counts.number("exemplars"))
                .put("plait.counts.duplicates", counts.number("duplicates"))
                .put("plait.counts.dropped", counts.number("dropped"));
    }

    private static void verdict(RecordView verdict, KeyValues join) {
        join.put("plait.verdict.complete", verdict.flag("complete"))
                .put("plait.verdict.root_seen", verdict.flag("rootSeen"))
                .put("plait.verdict.gateway_log_seen", verdict.flag("gatewayLogSeen"))
                .put("plait.verdict.missing_parents", verdict.number("missingParents"))
                .put("plait.verdict.ambiguous_id", verdict.flag("ambiguousId"))
                .put("plait.verdict.truncated", verdict.flag("truncated"))
                .put("plait.verdict.max_clock_skew_ns", verdict.number("maxClockSkewNanos"));
    }
}
