package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same spans, logs and exemplars with less in them. Their place in the trace, their times and outcome always stay. */
final class LeanPiece {
    private LeanPiece() {}

    static TraceLog withoutBody(TraceLog log) {
        return log(log, "", log.attributes());
    }

    static TraceLog withoutAttributes(TraceLog log) {
        return log(log, log.body(), Map.of());
    }

    static CorrelatedTrace.Exemplar withoutAttributes(CorrelatedTrace.Exemplar exemplar) {
        return new CorrelatedTrace.Exemplar(
                exemplar.metric(),
                exemplar.unit(),
                exemplar.value(),
                exemplar.timeEpochNanos(),
                exemplar.spanId(),
                Map.of());
    }

    static TraceSpan withoutAttributes(TraceSpan span) {
        return span(span, span.name(), span.statusMessage(), Map.of(), List.of());
    }

    /** All texts at most {@code limit} characters, links gone. */
    static TraceSpan shortened(TraceSpan span, int limit) {
        List<SpanEvent> events = span.events().stream()
                .map(event -> new SpanEvent(
                        Cut.text(event.name(), limit), event.timeEpochNanos(), shortened(event.attributes(), limit)))
                .toList();
        return span(
                span,
                Cut.text(span.name(), limit),
                Cut.text(span.statusMessage(), limit),
                shortened(span.attributes(), limit),
                events);
    }

    /** No attributes, all texts at most {@code limit} characters. */
    static TraceSpan bare(TraceSpan span, int limit) {
        TraceSpan bare = withoutAttributes(shortened(span, limit));
        return new TraceSpan(
                bare.spanId(),
                bare.parentSpanId(),
                Cut.text(bare.service(), limit),
                bare.name(),
                bare.kind(),
                bare.startEpochNanos(),
                bare.durationNanos(),
                bare.selfNanos(),
                bare.status(),
                bare.statusMessage(),
                bare.error(),
                bare.onCriticalPath(),
                bare.skewNanos(),
                Cut.text(bare.scope(), limit),
                bare.attributes(),
                bare.events(),
                bare.links());
    }

    static TraceLog bare(TraceLog log, int limit) {
        return new TraceLog(
                log.timeEpochNanos(),
                Cut.text(log.service(), limit),
                Cut.text(log.severity(), limit),
                log.severityNumber(),
                Cut.text(log.body(), limit),
                log.spanId(),
                log.source(),
                log.joinedBy(),
                Map.of());
    }

    private static Map<String, Object> shortened(Map<String, Object> attributes, int limit) {
        Map<String, Object> shortened = new LinkedHashMap<>();
        attributes.forEach((name, value) -> shortened.putIfAbsent(
                Cut.text(name, limit), value instanceof String text ? Cut.text(text, limit) : value));
        return shortened;
    }

    private static TraceLog log(TraceLog log, String body, Map<String, Object> attributes) {
        return new TraceLog(
                log.timeEpochNanos(),
                log.service(),
                log.severity(),
                log.severityNumber(),
                body,
                log.spanId(),
                log.source(),
                log.joinedBy(),
                attributes);
    }

    private static TraceSpan span(
            TraceSpan span,
            String name,
            Optional<String> statusMessage,
            Map<String, Object> attributes,
            List<SpanEvent> events) {
        return new TraceSpan(
                span.spanId(),
                span.parentSpanId(),
                span.service(),
                name,
                span.kind(),
                span.startEpochNanos(),
                span.durationNanos(),
                span.selfNanos(),
                span.status(),
                statusMessage,
                span.error(),
                span.onCriticalPath(),
                span.skewNanos(),
                span.scope(),
                attributes,
                events,
                List.of());
    }
}
