package dev.plait.app.doctor;

import static dev.plait.app.doctor.Severity.HINT;
import static dev.plait.app.doctor.Severity.PROBLEM;
import static dev.plait.app.doctor.Severity.WARNING;
import static dev.plait.app.doctor.Words.percent;

import dev.plait.app.doctor.TraceTally.Fact;
import dev.plait.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the joined traces say of those who sent their pieces. */
final class JoinRules {
    static final List<Rule<Examination>> ALL = List.of(
            JoinRules::noTraces,
            JoinRules::onlyGatewayLogs,
            JoinRules::missingParents,
            JoinRules::withoutGatewayLog,
            JoinRules::ambiguous,
            JoinRules::truncated,
            JoinRules::skewed,
            JoinRules::late);

    /** A trace closes seconds after its last piece; the first of a fresh start later. */
    private static final long CLOSED_BY_MS = 60_000;

    private JoinRules() {}

    private static Optional<Finding> noTraces(Examination seen) {
        boolean expected = seen.sources().stream()
                .anyMatch(source -> source.total().spans > 0 && source.slice().fromMs() < seen.nowMs() - CLOSED_BY_MS);
        return seen.traces().records() > 0 || !expected || !isReadable(seen)
                ? Optional.empty()
                : found(
                        PROBLEM,
                        "no-traces",
                        "spans arrive and no trace is written",
                        "look at the engine: is plait run (or up) running with this application.id, and what says its log?");
    }

    private static boolean isReadable(Examination seen) {
        return seen.outputs().stream()
                .anyMatch(output ->
                        output.topic().equals(Topics.TRACES) && output.state().isReadable());
    }

    private static Optional<Finding> onlyGatewayLogs(Examination seen) {
        return shared(
                seen,
                seen.traces().with(Fact.ONLY_GATEWAY_LOG),
                0.2,
                WARNING,
                "only-gateway-log",
                "are a gateway's log and nothing else: its trace ID came with no span",
                "Kong: tracing_sampling_rate = 1.0 (default 0.01) and the opentelemetry plugin's traces_endpoint; services: "
                        + "export spans, and read the header the gateway writes (propagation: w3c)");
    }

    private static Optional<Finding> missingParents(Examination seen) {
        String services = seen.traces().orphans().stream()
                .limit(3)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " spans)")
                .collect(Collectors.joining(", "));
        return shared(
                seen,
                seen.traces().with(Fact.MISSING_PARENTS),
                0.05,
                WARNING,
                "missing-parents",
                "have spans whose parent never came, below callers of " + services,
                "those who call these services: export to the same place, and sample alike "
                        + "(OTEL_TRACES_SAMPLER=parentbased_always_on); a proxy that only forwards headers must export too");
    }

    private static Optional<Finding> withoutGatewayLog(Examination seen) {
        return !seen.hasAccessLogs()
                ? Optional.empty()
                : shared(
                        seen,
                        seen.traces().withoutGatewayLog(),
                        0.5,
                        HINT,
                        "no-gateway-log",
                        "have spans and no access log, although access logs arrive",
                        "log plugin on every route; a log plugin that runs with tracing, so that it writes trace_id; "
                                + "the gateway's context passed on to services (propagation: w3c)");
    }

    private static Optional<Finding> ambiguous(Examination seen) {
        return shared(
                seen,
                seen.traces().with(Fact.AMBIGUOUS_ID),
                0.01,
                WARNING,
                "ambiguous-ids",
                "have pieces with a 64-bit ID that fits several traces",
                "128-bit trace IDs everywhere (traceId128bit: true), made by a good random generator");
    }

    private static Optional<Finding> truncated(Examination seen) {
        return shared(
                seen,
                seen.traces().with(Fact.TRUNCATED),
                0.001,
                WARNING,
                "truncated-traces",
                "are larger than a trace may be and were cut",
                "a root span for each unit of work (a consumer's poll loop is no trace); no span per row or per message; "
                        + "or raise traces.max-spans, traces.max-bytes");
    }

    private static Optional<Finding> skewed(Examination seen) {
        return shared(
                seen,
                seen.traces().with(Fact.SKEWED),
                0.05,
                WARNING,
                "clock-skew",
                "show clocks more than a second apart",
                "keep the clocks of the hosts by NTP (chrony, timesyncd)");
    }

    private static Optional<Finding> late(Examination seen) {
        TraceTally traces = seen.traces();
        double share = SourceTally.share(traces.revised(), traces.records());
        return traces.records() < Rule.ENOUGH || share < 0.2
                ? Optional.empty()
                : found(
                        HINT,
                        "late-pieces",
                        percent(share) + " of the records of " + Topics.TRACES
                                + " replace one that had closed before its last " + "piece came",
                        "shorter delays at the senders (SDK: OTEL_BSP_SCHEDULE_DELAY, collector: batch timeout), or raise "
                                + "traces.after-root and traces.idle-gap above them");
    }

    private static Optional<Finding> shared(
            Examination seen, long traces, double limit, Severity severity, String code, String what, String change) {
        double share = SourceTally.share(traces, seen.traces().traces());
        return seen.traces().traces() < Rule.ENOUGH || share < limit || traces == 0
                ? Optional.empty()
                : found(severity, code, percent(share) + " of " + seen.traces().traces() + " traces " + what, change);
    }

    private static Optional<Finding> found(Severity severity, String code, String what, String change) {
        return Optional.of(new Finding(severity, code, Topics.TRACES, what, change));
    }
}
