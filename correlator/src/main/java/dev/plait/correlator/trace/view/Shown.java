package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Received pieces in the form in which a trace shows them. Attributes stay as they came. */
final class Shown {
    private Shown() {}

    static List<TraceSpan> spans(SpanTree tree, List<CriticalPath.Segment> path, long[] skewNanos) {
        boolean[] onPath = new boolean[tree.size()];
        path.forEach(segment -> onPath[segment.span()] = true);
        long[] selfNanos = SelfTime.of(tree);
        List<TraceSpan> spans = new ArrayList<>(tree.size());
        for (int i = 0; i < tree.size(); i++) {
            ReceivedSpan span = tree.span(i);
            spans.add(new TraceSpan(
                    Hex.of(span.spanId()),
                    id(span.parentSpanId()),
                    tree.service(i),
                    span.name(),
                    span.kind(),
                    tree.start(i),
                    tree.durationNanos(i),
                    selfNanos[i],
                    span.status(),
                    text(span.statusMessage()),
                    span.error(),
                    onPath[i],
                    skewNanos[i],
                    text(span.origin().scope()),
                    span.attributes(),
                    span.events(),
                    span.links()));
        }
        return spans;
    }

    static TraceLog log(ReceivedLog log) {
        return new TraceLog(
                Nanos.of(log.timeEpochNanos()),
                Services.of(log),
                text(log.severity()),
                log.severityNumber(),
                log.accessLog() && log.body().isEmpty() ? line(ProxyLog.of(log).access()) : log.body(),
                id(log.spanId()),
                log.origin().source().label(),
                log.joinedBy(),
                log.attributes());
    }

    static CorrelatedTrace.Exemplar exemplar(ReceivedExemplar exemplar) {
        return new CorrelatedTrace.Exemplar(
                exemplar.metric(),
                exemplar.unit(),
                exemplar.value(),
                Nanos.of(exemplar.timeEpochNanos()),
                id(exemplar.spanId()),
                exemplar.attributes());
    }

    static CorrelatedTrace.Root root(SpanTree tree, int i) {
        ReceivedSpan span = tree.span(i);
        return new CorrelatedTrace.Root(Hex.of(span.spanId()), tree.service(i), span.name(), span.kind());
    }

    static List<CorrelatedTrace.PathSegment> path(SpanTree tree, List<CriticalPath.Segment> path) {
        return path.stream()
                .map(segment -> new CorrelatedTrace.PathSegment(
                        Hex.of(tree.span(segment.span()).spanId()), segment.start(), segment.end()))
                .toList();
    }

    /** What a proxy logged, with the tries that its spans show where the log does not count them. */
    static AccessLog access(ProxyLog proxy, Retries retries) {
        AccessLog log = proxy.access();
        return new AccessLog(
                log.product(),
                log.name(),
                log.route(),
                log.service(),
                log.consumer(),
                log.requestId(),
                log.method(),
                log.path(),
                log.status(),
                log.error(),
                log.clientAddress(),
                log.startEpochNanos(),
                log.totalMs(),
                log.gatewayMs(),
                log.upstreamMs(),
                retries.tries(proxy),
                log.responseFlags(),
                log.source(),
                log.destination());
    }

    private static String line(AccessLog access) {
        return String.join(
                " ",
                access.method().orElse("-"),
                access.path().orElse("-"),
                access.status() == 0 ? "-" : Integer.toString(access.status()));
    }

    private static Optional<String> id(long spanId) {
        return spanId == 0 ? Optional.empty() : Optional.of(Hex.of(spanId));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
