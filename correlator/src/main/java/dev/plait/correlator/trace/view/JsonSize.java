package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How many bytes a part of a trace takes as JSON in UTF-8, estimated from above without writing it: field names, digits and
 * escapes are counted, optional fields as if present. Field names are those of the output record; a test holds the estimate
 * against what is written.
 */
final class JsonSize {
    private static final int NUMBER = 26;
    private static final int BOOLEAN = 5;
    private static final int ESCAPED = 6;
    private static final int TRACE = names(
            "traceId idWidth replacesTraceId revision delta closedBecause startEpochNanos durationNanos status root gateway"
                    + " hops services spans logs exemplars context criticalPath rootCause counts verdict tags sampling");
    private static final int ROOT = names("spanId service name kind");
    private static final int ACCESS = names(
            "product name route service consumer requestId method path status clientAddress startEpochNanos totalMs"
                    + " gatewayMs upstreamMs tries responseFlags source destination");
    private static final int SPAN =
            names("spanId parentSpanId service name kind startEpochNanos durationNanos selfNanos"
                    + " status statusMessage error onCriticalPath skewNanos scope attributes events links");
    private static final int EVENT = names("name timeEpochNanos attributes");
    private static final int LINK = names("traceId spanId attributes");
    private static final int LOG =
            names("timeEpochNanos service severity severityNumber body spanId source joinedBy attributes");
    private static final int EXEMPLAR = names("metric unit value timeEpochNanos spanId attributes");
    private static final int CONTEXT = names("service instance metric unit value timeEpochNanos");
    private static final int SEGMENT = names("spanId startEpochNanos endEpochNanos");
    private static final int CAUSE = names("service operation spanId kind reason");
    private static final int COUNTS = names("spans errors logs exemplars duplicates dropped") + 6 * NUMBER;
    private static final int VERDICT =
            names("complete rootSeen gatewayLogSeen missingParents ambiguousId truncated maxClockSkewNanos")
                    + 7 * NUMBER;
    private static final int SAMPLING = names("traceId keep reason probability decidedAtMs") + 3 * NUMBER;

    private JsonSize() {}

    static long of(CorrelatedTrace trace) {
        return withoutPieces(trace)
                + list(trace.spans(), JsonSize::of)
                + list(trace.logs(), JsonSize::of)
                + list(trace.exemplars(), JsonSize::of);
    }

    /** All but spans, logs and exemplars. */
    static long withoutPieces(CorrelatedTrace trace) {
        return TRACE
                + text(trace.traceId())
                + text(trace.replacesTraceId())
                + text(trace.closedBecause().name())
                + 5 * NUMBER
                + BOOLEAN
                + trace.root()
                        .map(root -> ROOT
                                + text(root.spanId())
                                + text(root.service())
                                + text(root.name())
                                + text(root.kind().name()))
                        .orElse(4L)
                + trace.gateway().map(JsonSize::of).orElse(4L)
                + list(trace.hops(), JsonSize::of)
                + list(trace.services(), JsonSize::text)
                + list(
                        trace.context(),
                        context -> CONTEXT
                                + text(context.service())
                                + text(context.instance())
                                + text(context.metric())
                                + text(context.unit())
                                + 2 * NUMBER)
                + list(trace.criticalPath(), segment -> SEGMENT + text(segment.spanId()) + 2 * NUMBER)
                + trace.rootCause()
                        .map(cause -> CAUSE
                                + text(cause.service())
                                + text(cause.operation())
                                + text(cause.spanId())
                                + text(cause.kind().name())
                                + text(cause.reason()))
                        .orElse(4L)
                + COUNTS
                + VERDICT
                + attributes(trace.tags())
                + SAMPLING
                + text(trace.sampling().traceId())
                + text(trace.sampling().reason());
    }

    static long of(AccessLog log) {
        return ACCESS
                + text(log.product())
                + text(log.name())
                + text(log.route())
                + text(log.service())
                + text(log.consumer())
                + text(log.requestId())
                + text(log.method())
                + text(log.path())
                + text(log.clientAddress())
                + 6 * NUMBER
                + list(log.responseFlags(), JsonSize::text)
                + text(log.source())
                + text(log.destination());
    }

    static long of(TraceSpan span) {
        return SPAN
                + text(span.spanId())
                + text(span.parentSpanId())
                + text(span.service())
                + text(span.name())
                + text(span.kind().name())
                + 4 * NUMBER
                + text(span.status().name())
                + text(span.statusMessage())
                + 2 * BOOLEAN
                + text(span.scope())
                + attributes(span.attributes())
                + list(span.events(), JsonSize::of)
                + list(span.links(), JsonSize::of);
    }

    static long of(TraceLog log) {
        return LOG
                + 2 * NUMBER
                + text(log.service())
                + text(log.severity())
                + text(log.body())
                + text(log.spanId())
                + text(log.source())
                + text(log.joinedBy().name())
                + attributes(log.attributes());
    }

    static long of(CorrelatedTrace.Exemplar exemplar) {
        return EXEMPLAR
                + text(exemplar.metric())
                + text(exemplar.unit())
                + 2 * NUMBER
                + text(exemplar.spanId())
                + attributes(exemplar.attributes());
    }

    static long text(String text) {
        long bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < ' ' ? ESCAPED : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    private static long of(SpanEvent event) {
        return EVENT + text(event.name()) + NUMBER + attributes(event.attributes());
    }

    private static long of(SpanLink link) {
        return LINK + text(link.traceId()) + text(link.spanId()) + attributes(link.attributes());
    }

    private static long attributes(Map<String, ?> attributes) {
        long bytes = 2;
        for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
            Object value = attribute.getValue();
            bytes += text(attribute.getKey()) + 2 + (value instanceof String text ? text(text) : NUMBER);
        }
        return bytes;
    }

    private static long text(Optional<String> text) {
        return text.isPresent() ? text(text.get()) : 4;
    }

    private static <T> long list(List<T> items, ToLongFunction<? super T> size) {
        long bytes = 2L + items.size();
        for (T item : items) {
            bytes += size.applyAsLong(item);
        }
        return bytes;
    }

    /** Braces, and for each name two quotes, a colon and a comma. */
    private static int names(String names) {
        int bytes = 2;
        for (String name : names.split(" ", -1)) {
            bytes += name.length() + 4;
        }
        return bytes;
    }
}
