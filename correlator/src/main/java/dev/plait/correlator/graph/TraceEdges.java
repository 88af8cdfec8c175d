package dev.plait.correlator.graph;

import dev.plait.correlator.trace.view.ProxyLog;
import dev.plait.correlator.trace.view.Services;
import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The calls between services that a closed trace tells of, each once: by its spans ({@code SpanCalls}), and by access logs for those
 * pairs of client and server that its spans do not give. A root without a caller was called by {@code user}, unless an
 * access log says who called its service. Pure functions in O(n).
 *
 * <p>A later revision gives only what it adds: the calls that involve a new piece, for each pair as many as there are more than
 * the earlier pieces alone gave. Windows only add, so what was counted stays: when a server's half comes after its client's was
 * counted as a call to a virtual node, the call is counted once more, to the service it is now known to have reached. If
 * the client named that service already, the pair is the same, and nothing is added. Of a delta revision, which has none of the
 * earlier pieces, a half that came earlier counts as missing.
 */
public final class TraceEdges {
    private TraceEdges() {}

    /**
     * Calls of a revision.
     *
     * @param trace as it was derived, before it is cut to size
     * @param isNew whether a span is in no earlier revision
     * @param isNewLog whether an access log, of {@code gateway} or {@code hops}, is in no earlier revision
     */
    public static List<TimedEdge> edges(
            CorrelatedTrace trace, Predicate<TraceSpan> isNew, Predicate<AccessLog> isNewLog) {
        TraceId traceId = TraceId.ofHex(trace.traceId());
        List<AccessLog> logs =
                Stream.concat(trace.gateway().stream(), trace.hops().stream()).toList();
        Map<Long, String> gateways = gateways(trace.logs());
        Revision revision = new Revision(
                traceId, isNew, isNewLog, log -> gateways.getOrDefault(log.startEpochNanos(), ProxyLog.KONG));
        List<Call> now = revision.calls(trace.spans(), logs);
        List<TraceSpan> oldSpans = trace.spans().stream().filter(isNew.negate()).toList();
        List<AccessLog> oldLogs = logs.stream().filter(isNewLog.negate()).toList();
        List<Call> added = now;
        if (!oldSpans.isEmpty() || !oldLogs.isEmpty()) {
            added = added(revision.calls(oldSpans, oldLogs), now);
        }
        return added.stream().map(Call::edge).toList();
    }

    /** The call that an access log without a trace tells of; empty when it names only one side, or was not sent on. */
    public static Optional<TimedEdge> edge(ReceivedLog log) {
        if (!log.accessLog()) {
            return Optional.empty();
        }
        return LogCalls.edge(ProxyLog.of(log).access(), Services.of(log).orElse(ProxyLog.KONG), 0, 0);
    }

    /** What pieces are called and which are new, as of one revision. */
    private record Revision(
            TraceId traceId,
            Predicate<TraceSpan> isNew,
            Predicate<AccessLog> isNewLog,
            Function<AccessLog, String> gateways) {
        List<Call> calls(List<TraceSpan> spans, List<AccessLog> logs) {
            List<Call> logged = LogCalls.of(logs, gateways, isNewLog, traceId);
            SpanCalls told = new SpanCalls(spans, isNew, traceId, logged);
            List<Call> calls = new ArrayList<>(told.calls());
            Set<Call.Pair> pairs = new HashSet<>();
            Stream.concat(told.calls().stream(), told.entries().stream()).forEach(call -> pairs.add(call.pair()));
            Set<String> called = new HashSet<>();
            for (Call call : logged) {
                if (!pairs.contains(call.pair())) {
                    calls.add(call);
                }
                if (!call.edge().client().equals(Connection.USER)) {
                    called.add(call.edge().server());
                }
            }
            told.entries().stream()
                    .filter(entry -> !called.contains(entry.edge().server()))
                    .forEach(calls::add);
            return calls;
        }
    }

    /**
     * What Kong is called as a service, by the time of its logs. The name that its operator gave it is not used: its spans do not
     * have it, so that one gateway would be two nodes.
     */
    private static Map<Long, String> gateways(List<TraceLog> logs) {
        Map<Long, String> gateways = new HashMap<>();
        for (TraceLog log : logs) {
            if (log.service().isPresent() && ProxyLog.saysKong(log.attributes())) {
                gateways.putIfAbsent(log.timeEpochNanos(), log.service().get());
            }
        }
        return gateways;
    }

    private static List<Call> added(List<Call> before, List<Call> now) {
        Map<Call.Pair, Integer> more = new HashMap<>();
        now.forEach(call -> more.merge(call.pair(), 1, Integer::sum));
        before.forEach(call -> more.merge(call.pair(), -1, Integer::sum));
        List<Call> fresh = new ArrayList<>(now.stream().filter(Call::fresh).toList());
        fresh.sort(Comparator.comparingLong((Call call) -> call.edge().endEpochNanos())
                .reversed());
        List<Call> added = new ArrayList<>();
        for (Call call : fresh) {
            if (more.merge(call.pair(), -1, Integer::sum) >= 0) {
                added.add(call);
            }
        }
        return added;
    }
}
