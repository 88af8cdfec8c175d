package dev.plait.sink.otlp;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanStatus;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A request that Kong answered with 503 because orders failed: everything that a correlated trace can say. */
final class FailedTrace {
    static final long START = 1_767_225_600_123_456_789L;
    static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    static final TraceSpan KONG = span("00f067aa0ba902b7", Optional.empty(), "kong", SpanStatus.UNSET, true);
    static final TraceSpan ORDERS =
            span("00f067aa0ba902b8", Optional.of("00f067aa0ba902b7"), "orders", SpanStatus.ERROR, true);
    private static final AccessLog GATEWAY = new AccessLog(
            "kong",
            Optional.of("edge"),
            Optional.of("orders-v1"),
            Optional.of("orders"),
            Optional.of("shop"),
            Optional.of("r1"),
            Optional.of("GET"),
            Optional.of("/orders"),
            503,
            true,
            Optional.of("10.0.0.1"),
            START,
            OptionalDouble.of(5.5),
            OptionalDouble.of(1.5),
            OptionalDouble.of(4),
            2,
            List.of("UF", "URX"),
            Optional.empty(),
            Optional.empty());

    private FailedTrace() {}

    static CorrelatedTrace of(List<TraceSpan> spans, boolean keep) {
        return new CorrelatedTrace(
                TRACE_ID,
                128,
                Optional.empty(),
                1,
                false,
                CloseReason.ROOT_COMPLETE,
                START,
                5_000_000,
                RequestStatus.ERROR,
                Optional.of(new CorrelatedTrace.Root(KONG.spanId(), "kong", "kong", SpanKind.SERVER)),
                Optional.of(GATEWAY),
                List.of(GATEWAY),
                List.of("kong", "orders"),
                spans,
                List.of(log(Optional.of("kong"), "GET /orders 503"), log(Optional.empty(), "half \ud83d")),
                List.of(new CorrelatedTrace.Exemplar(
                        "http.duration", "s", 0.25, 9, Optional.of(ORDERS.spanId()), Map.of("a", 1L))),
                List.of(new CorrelatedTrace.MetricContext("orders", Optional.of("pod-1"), "cpu", "1", Double.NaN, 10)),
                List.of(),
                Optional.of(new RootCause(
                        "orders", "GET /orders", Optional.of(ORDERS.spanId()), RootCause.Kind.UPSTREAM, "503")),
                new CorrelatedTrace.Counts(2, 1, 2, 1, 5, 6),
                new CorrelatedTrace.Verdict(true, true, true, 7, false, true, 8),
                Map.of("region", "eu-west-1"),
                new SamplingDecision(TRACE_ID, keep, "error", 0.25, 0));
    }

    private static TraceSpan span(
            String id, Optional<String> parent, String service, SpanStatus status, boolean error) {
        return new TraceSpan(
                id,
                parent,
                service,
                service,
                SpanKind.SERVER,
                START,
                5_000_000,
                1_000_000,
                status,
                Optional.of("no").filter(text -> status == SpanStatus.ERROR),
                error,
                true,
                -3,
                Optional.empty(),
                Map.of("plait.self_time_ns", "forged"),
                List.of(),
                List.of());
    }

    private static TraceLog log(Optional<String> service, String body) {
        return new TraceLog(
                START, service, Optional.of("WARN"), 99, body, Optional.empty(), "kong", JoinedBy.REQUEST_ID, Map.of());
    }
}
