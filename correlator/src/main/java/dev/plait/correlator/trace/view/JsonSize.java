package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.JsonBytes.BOOLEAN;
import static dev.plait.correlator.trace.view.JsonBytes.NULL;
import static dev.plait.correlator.trace.view.JsonBytes.NUMBER;
import static dev.plait.correlator.trace.view.JsonBytes.attributes;
import static dev.plait.correlator.trace.view.JsonBytes.digits;
import static dev.plait.correlator.trace.view.JsonBytes.list;
import static dev.plait.correlator.trace.view.JsonBytes.names;
import static dev.plait.correlator.trace.view.JsonBytes.text;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;

/**
 * How many bytes a part of a trace takes as JSON in UTF-8, estimated from above without writing it: field names, digits and
 * escapes are counted, optional fields as if present (half a surrogate pair, which no UTF-8 gives, is not foreseen). Field names are those of the output record; a test holds the estimate
 * against what is written.
 */
final class JsonSize {
    private static final int TRACE = names(
            "traceId idWidth replacesTraceId revision delta closedBecause startEpochNanos durationNanos status root gateway"
                    + " hops services spans logs exemplars context criticalPath rootCause counts verdict tags sampling");
    private static final int ROOT = names("spanId service name kind");
    private static final int ACCESS = names(
            "product name route service consumer requestId method path status error clientAddress startEpochNanos totalMs"
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
                        .orElse((long) NULL)
                + trace.gateway().map(JsonSize::of).orElse((long) NULL)
                + list(trace.hops(), JsonSize::of)
                + list(trace.services(), JsonBytes::text)
                + list(
                        trace.context(),
                        context -> CONTEXT
                                + text(context.service())
                                + text(context.instance())
                                + text(context.metric())
                                + text(context.unit())
                                + 2 * NUMBER)
                + list(
                        trace.criticalPath(),
                        segment -> SEGMENT
                                + text(segment.spanId())
                                + digits(segment.startEpochNanos())
                                + digits(segment.endEpochNanos()))
                + trace.rootCause()
                        .map(cause -> CAUSE
                                + text(cause.service())
                                + text(cause.operation())
                                + text(cause.spanId())
                                + text(cause.kind().name())
                                + text(cause.reason()))
                        .orElse((long) NULL)
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
                + BOOLEAN
                + list(log.responseFlags(), JsonBytes::text)
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
                + digits(span.startEpochNanos())
                + digits(span.durationNanos())
                + digits(span.selfNanos())
                + digits(span.skewNanos())
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
                + digits(log.timeEpochNanos())
                + digits(log.severityNumber())
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

    private static long of(SpanEvent event) {
        return EVENT + text(event.name()) + digits(event.timeEpochNanos()) + attributes(event.attributes());
    }

    private static long of(SpanLink link) {
        return LINK + text(link.traceId()) + text(link.spanId()) + attributes(link.attributes());
    }
}
