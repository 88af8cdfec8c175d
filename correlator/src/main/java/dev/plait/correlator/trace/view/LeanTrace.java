package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The same trace with less around its pieces, or with fewer pieces. */
final class LeanTrace {
    private static final int TEXT = 64;
    private static final int ENTRIES = 16;

    private LeanTrace() {}

    static CorrelatedTrace withoutContext(CorrelatedTrace trace) {
        return around(trace, trace.criticalPath());
    }

    static CorrelatedTrace withoutPath(CorrelatedTrace trace) {
        return around(trace, List.of());
    }

    /** All texts at most 64 characters, all lists at most 16 entries; pieces are left alone. */
    static CorrelatedTrace bare(CorrelatedTrace trace) {
        return new CorrelatedTrace(
                trace.traceId(),
                trace.idWidth(),
                trace.replacesTraceId(),
                trace.revision(),
                trace.delta(),
                trace.closedBecause(),
                trace.startEpochNanos(),
                trace.durationNanos(),
                trace.status(),
                trace.root().map(LeanTrace::bare),
                trace.gateway().map(LeanTrace::bare),
                trace.hops().stream().limit(ENTRIES).map(LeanTrace::bare).toList(),
                trace.services().stream()
                        .limit(ENTRIES)
                        .map(name -> Cut.text(name, TEXT))
                        .toList(),
                trace.spans(),
                trace.logs(),
                trace.exemplars(),
                trace.context(),
                trace.criticalPath(),
                trace.rootCause().map(LeanTrace::bare),
                trace.counts(),
                trace.verdict(),
                bare(trace.tags()),
                trace.sampling());
    }

    /** A truncated trace with these pieces, {@code dropped} fewer than before. */
    static CorrelatedTrace truncated(
            CorrelatedTrace trace,
            List<TraceSpan> spans,
            List<TraceLog> logs,
            List<CorrelatedTrace.Exemplar> exemplars,
            long dropped) {
        CorrelatedTrace.Counts counts = trace.counts();
        CorrelatedTrace.Verdict verdict = trace.verdict();
        return new CorrelatedTrace(
                trace.traceId(),
                trace.idWidth(),
                trace.replacesTraceId(),
                trace.revision(),
                trace.delta(),
                trace.closedBecause(),
                trace.startEpochNanos(),
                trace.durationNanos(),
                trace.status(),
                trace.root(),
                trace.gateway(),
                trace.hops(),
                trace.services(),
                spans,
                logs,
                exemplars,
                trace.context(),
                trace.criticalPath(),
                trace.rootCause(),
                new CorrelatedTrace.Counts(
                        counts.spans(),
                        counts.errors(),
                        counts.logs(),
                        counts.exemplars(),
                        counts.duplicates(),
                        counts.dropped() + dropped),
                new CorrelatedTrace.Verdict(
                        false,
                        verdict.rootSeen(),
                        verdict.gatewayLogSeen(),
                        verdict.missingParents(),
                        verdict.ambiguousId(),
                        true,
                        verdict.maxClockSkewNanos()),
                trace.tags(),
                trace.sampling());
    }

    private static CorrelatedTrace around(CorrelatedTrace trace, List<CorrelatedTrace.PathSegment> path) {
        return new CorrelatedTrace(
                trace.traceId(),
                trace.idWidth(),
                trace.replacesTraceId(),
                trace.revision(),
                trace.delta(),
                trace.closedBecause(),
                trace.startEpochNanos(),
                trace.durationNanos(),
                trace.status(),
                trace.root(),
                trace.gateway(),
                trace.hops(),
                trace.services(),
                trace.spans(),
                trace.logs(),
                trace.exemplars(),
                List.of(),
                path,
                trace.rootCause(),
                trace.counts(),
                trace.verdict(),
                trace.tags(),
                trace.sampling());
    }

    private static AccessLog bare(AccessLog log) {
        return new AccessLog(
                log.product(),
                Cut.text(log.name(), TEXT),
                Cut.text(log.route(), TEXT),
                Cut.text(log.service(), TEXT),
                Cut.text(log.consumer(), TEXT),
                Cut.text(log.requestId(), TEXT),
                Cut.text(log.method(), TEXT),
                Cut.text(log.path(), TEXT),
                log.status(),
                log.error(),
                Cut.text(log.clientAddress(), TEXT),
                log.startEpochNanos(),
                log.totalMs(),
                log.gatewayMs(),
                log.upstreamMs(),
                log.tries(),
                log.responseFlags().stream()
                        .limit(ENTRIES)
                        .map(flag -> Cut.text(flag, TEXT))
                        .toList(),
                Cut.text(log.source(), TEXT),
                Cut.text(log.destination(), TEXT));
    }

    private static CorrelatedTrace.Root bare(CorrelatedTrace.Root root) {
        return new CorrelatedTrace.Root(
                root.spanId(), Cut.text(root.service(), TEXT), Cut.text(root.name(), TEXT), root.kind());
    }

    private static RootCause bare(RootCause cause) {
        return new RootCause(
                Cut.text(cause.service(), TEXT),
                Cut.text(cause.operation(), TEXT),
                cause.spanId(),
                cause.kind(),
                Cut.text(cause.reason(), TEXT));
    }

    private static Map<String, String> bare(Map<String, String> tags) {
        Map<String, String> bare = new LinkedHashMap<>();
        new TreeMap<>(tags)
                .entrySet().stream()
                        .limit(ENTRIES)
                        .forEach(tag -> bare.put(Cut.text(tag.getKey(), TEXT), Cut.text(tag.getValue(), TEXT)));
        return bare;
    }
}
