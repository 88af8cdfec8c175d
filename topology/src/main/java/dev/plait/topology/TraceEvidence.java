package dev.plait.topology;

import dev.plait.correlator.slo.SloEvidence;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one closed trace tells of its bad requests: itself as an example, once for each SLO, its root cause, and the log line
 * that says most. A request that was bad without failing was slow: its cause is then the span of the critical path that took
 * most time itself.
 */
final class TraceEvidence {
    private static final int FIRST_ERROR_SEVERITY = 17;

    private final CorrelatedTrace trace;
    private final Set<SloKey> told = new HashSet<>();

    TraceEvidence(CorrelatedTrace trace) {
        this.trace = trace;
    }

    void add(EvidenceTally to, SloKey slo, CountedRequest request) {
        if (!told.add(slo)) {
            return;
        }
        to.trace(new Alert.TraceExample(
                trace.traceId(),
                Cut.of(request.service()),
                Optional.of(Cut.of(request.route())).filter(route -> !route.isEmpty()),
                request.status(),
                request.durationNanos(),
                request.error()));
        trace.rootCause().or(() -> request.error() ? failing() : slowest()).ifPresent(to::cause);
        line().ifPresent(to::log);
    }

    /** Of a request that failed within a trace that is well as a whole: the last span that failed with no failing child. */
    private Optional<RootCause> failing() {
        Set<String> parentsOfErrors = trace.spans().stream()
                .filter(TraceSpan::error)
                .flatMap(span -> span.parentSpanId().stream())
                .collect(Collectors.toSet());
        return trace.spans().stream()
                .filter(span -> span.error() && !parentsOfErrors.contains(span.spanId()))
                .max(Comparator.comparingLong(TraceSpan::startEpochNanos))
                .map(span -> new RootCause(
                        span.service(),
                        span.name(),
                        Optional.of(span.spanId()),
                        RootCause.Kind.UPSTREAM,
                        span.statusMessage().orElse("")));
    }

    private Optional<RootCause> slowest() {
        return trace.spans().stream()
                .filter(TraceSpan::onCriticalPath)
                .max(Comparator.comparingLong(TraceSpan::selfNanos))
                .map(span -> new RootCause(
                        span.service(),
                        span.name() + SloEvidence.SLOW,
                        Optional.of(span.spanId()),
                        RootCause.Kind.UPSTREAM,
                        "took most of the time"));
    }

    /** The log of the highest severity from error on, the first of these; else none, as the access log is told already. */
    private Optional<Alert.LogLine> line() {
        List<TraceLog> errors = trace.logs().stream()
                .filter(log -> log.severityNumber() >= FIRST_ERROR_SEVERITY)
                .toList();
        return errors.stream()
                .reduce((one, other) -> other.severityNumber() > one.severityNumber() ? other : one)
                .map(log -> new Alert.LogLine(
                        Optional.of(trace.traceId()),
                        log.service().map(Cut::of),
                        log.severity().map(Cut::of),
                        Cut.of(log.body())));
    }
}
