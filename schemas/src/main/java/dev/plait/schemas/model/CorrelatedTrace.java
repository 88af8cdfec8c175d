package dev.plait.schemas.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request: everything of one trace ID, joined. The value of {@code plait-traces}, keyed by {@code traceId}; a record
 * with a higher {@code revision} replaces the one with a lower. Times ending in {@code EpochNanos} are nanoseconds since the
 * epoch; IDs are lower-case hex.
 *
 * @param delta true when this revision carries only the pieces that came after the kept ones were let go
 * @param durationNanos from the earliest start to the latest end of anything in the trace
 * @param counts exact, also when truncated
 */
public record CorrelatedTrace(
        String traceId,
        int idWidth,
        Optional<String> replacesTraceId,
        int revision,
        boolean delta,
        CloseReason closedBecause,
        long startEpochNanos,
        long durationNanos,
        RequestStatus status,
        Optional<Root> root,
        Optional<AccessLog> gateway,
        List<AccessLog> hops,
        List<String> services,
        List<TraceSpan> spans,
        List<TraceLog> logs,
        List<Exemplar> exemplars,
        List<MetricContext> context,
        List<PathSegment> criticalPath,
        Optional<RootCause> rootCause,
        Counts counts,
        Verdict verdict,
        Map<String, String> tags,
        SamplingDecision sampling) {
    public CorrelatedTrace {
        hops = List.copyOf(hops);
        services = List.copyOf(services);
        spans = List.copyOf(spans);
        logs = List.copyOf(logs);
        exemplars = List.copyOf(exemplars);
        context = List.copyOf(context);
        criticalPath = List.copyOf(criticalPath);
        tags = Map.copyOf(tags);
    }

    /** The span without a parent. */
    public record Root(String spanId, String service, String name, SpanKind kind) {}

    /** A piece of time that decided the trace's duration, and the span that spent it. */
    public record PathSegment(String spanId, long startEpochNanos, long endEpochNanos) {}

    /** A metric point that carried this trace ID. */
    public record Exemplar(
            String metric,
            String unit,
            double value,
            long timeEpochNanos,
            Optional<String> spanId,
            Map<String, Object> attributes) {
        public Exemplar {
            attributes = Attributes.copy(attributes);
        }
    }

    /** What a service instance of the trace reported around it. */
    public record MetricContext(
            String service, Optional<String> instance, String metric, String unit, double value, long timeEpochNanos) {}

    /** How many pieces the whole trace has, over all its revisions. */
    public record Counts(long spans, long errors, long logs, long exemplars, long duplicates, long dropped) {}

    /** What is known to be missing or doubtful. */
    public record Verdict(
            boolean complete,
            boolean rootSeen,
            boolean gatewayLogSeen,
            int missingParents,
            boolean ambiguousId,
            boolean truncated,
            long maxClockSkewNanos) {}
}
