package dev.plait.correlator.graph;

import dev.plait.correlator.trace.view.Nanos;
import dev.plait.correlator.trace.view.ProxyLog;
import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The calls that access logs tell of: Kong's, from the gateway to the service it sent the request to, and Kuma's, from source to
 * destination. A request that Kong answered itself, without a try of an upstream, is no call. The sidecars on both sides log
 * the same call: of logs with the same pair and request ID the first stands for all.
 */
final class LogCalls {
    /** What Kuma calls a source outside the mesh. */
    private static final String UNKNOWN = "unknown";

    private LogCalls() {}

    /**
     * Calls of one trace.
     *
     * @param logs the entry proxy's first
     * @param gateways what the proxy that wrote a log is called as a service
     */
    static List<Call> of(
            List<AccessLog> logs, Function<AccessLog, String> gateways, Predicate<AccessLog> isNew, TraceId traceId) {
        Map<List<String>, Call> calls = new LinkedHashMap<>();
        for (int i = 0; i < logs.size(); i++) {
            AccessLog log = logs.get(i);
            Optional<TimedEdge> edge = edge(log, gateways.apply(log), traceId.high(), traceId.low());
            if (edge.isPresent()) {
                String request = log.requestId().orElse("#" + i);
                Call call = new Call(edge.get(), isNew.test(log));
                calls.merge(
                        List.of(edge.get().client(), edge.get().server(), request),
                        call,
                        (first, other) -> new Call(first.edge(), first.fresh() || other.fresh()));
            }
        }
        return new ArrayList<>(calls.values());
    }

    static Optional<TimedEdge> edge(AccessLog log, String gateway, long traceHigh, long traceLow) {
        boolean kong = log.product().equals(ProxyLog.KONG);
        boolean proxied = !kong || log.tries() > 0 || log.upstreamMs().isPresent();
        Optional<String> client = kong ? Optional.of(gateway) : log.source();
        Optional<String> server = kong ? log.service() : log.destination();
        if (client.isEmpty() || server.isEmpty() || !proxied) {
            return Optional.empty();
        }
        boolean outside = !kong && client.get().equals(UNKNOWN);
        OptionalDouble waitedMs = kong && log.upstreamMs().isPresent() ? log.upstreamMs() : log.totalMs();
        return Optional.of(new TimedEdge(
                outside ? Connection.USER : client.get(),
                server.get(),
                outside ? Connection.VIRTUAL : Connection.HTTP,
                log.error(),
                nanos(waitedMs),
                OptionalLong.empty(),
                log.startEpochNanos() == 0
                        ? 0
                        : Nanos.plusMs(log.startEpochNanos(), log.totalMs().orElse(0)),
                traceHigh,
                traceLow));
    }

    private static OptionalLong nanos(OptionalDouble ms) {
        return ms.isPresent() ? OptionalLong.of(Nanos.plusMs(0, ms.getAsDouble())) : OptionalLong.empty();
    }
}
