package dev.plait.correlator.graph;

import dev.plait.correlator.trace.view.Nanos;
import dev.plait.correlator.trace.view.SpanParents;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.model.TraceSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The calls that a trace's spans tell of. O(n).
 *
 * <ul>
 *   <li>A SERVER span below a CLIENT span or a CONSUMER below a PRODUCER, also of one service; either of them below any span of
 *       another service; any span below a CLIENT or PRODUCER span of another service.
 *   <li>A CLIENT or PRODUCER span that nothing answered: to whom its attributes name ({@link Peer}), or to the service that the
 *       rest of the trace knows under its address ({@link Addresses}). Not when a call nested in it is told already
 *       (a client library within another, a sidecar's span): it is the same call.
 *   <li>A SERVER span that names no parent: from {@code user}. A CONSUMER span without its producer: from the queue it names.
 * </ul>
 *
 * A SERVER span whose named parent was not seen tells nothing of its caller.
 */
final class SpanCalls {
    private final List<TraceSpan> spans;
    private final Predicate<TraceSpan> isNew;
    private final TraceId traceId;
    private final SpanParents links;
    private final int[] parents;
    private final int[] answeredBy;
    private final boolean[] nested;
    private final List<Call> calls = new ArrayList<>();
    private final List<Call> entries = new ArrayList<>();

    /** @param logged calls that access logs of the same trace tell of */
    SpanCalls(List<TraceSpan> spans, Predicate<TraceSpan> isNew, TraceId traceId, List<Call> logged) {
        this.spans = spans;
        this.isNew = isNew;
        this.traceId = traceId;
        links = SpanParents.of(spans);
        parents = links.parents();
        answeredBy = new int[spans.size()];
        Arrays.fill(answeredBy, SpanParents.NONE);
        nested = new boolean[spans.size()];
        for (int i = 0; i < spans.size(); i++) {
            findCaller(i);
        }
        List<TraceSpan> unanswered = unanswered();
        if (!unanswered.isEmpty()) {
            Addresses addresses = addresses(logged, unanswered);
            unanswered.forEach(call -> addUnanswered(call, addresses));
        }
    }

    List<Call> calls() {
        return calls;
    }

    /** Requests from {@code user}, by roots that do not know their caller. */
    List<Call> entries() {
        return entries;
    }

    private void findCaller(int server) {
        TraceSpan span = spans.get(server);
        boolean serving = SpanParents.isServing(span.kind());
        int parent = parents[server];
        if (parent != SpanParents.NONE) {
            TraceSpan caller = spans.get(parent);
            boolean called = SpanParents.isCall(caller.kind());
            boolean elsewhere = !caller.service().equals(span.service());
            boolean halves = span.kind() == SpanKind.SERVER && caller.kind() == SpanKind.CLIENT
                    || span.kind() == SpanKind.CONSUMER && caller.kind() == SpanKind.PRODUCER;
            if (halves || elsewhere && (serving || called)) {
                addAnswered(parent, server, called);
            }
        } else if (span.kind() == SpanKind.SERVER && !links.namesParent(server)) {
            entries.add(call(Connection.USER, span.service(), Connection.VIRTUAL, Optional.empty(), Optional.of(span)));
        } else if (span.kind() == SpanKind.CONSUMER) {
            Peer.name(span)
                    .ifPresent(queue -> calls.add(
                            call(queue, span.service(), Peer.connection(span), Optional.empty(), Optional.of(span))));
        }
    }

    private void addAnswered(int client, int server, boolean called) {
        TraceSpan caller = spans.get(client);
        TraceSpan span = spans.get(server);
        if (called && answeredBy[client] == SpanParents.NONE) {
            answeredBy[client] = server;
        }
        calls.add(call(
                caller.service(),
                span.service(),
                Peer.connection(caller, span),
                called ? Optional.of(caller) : Optional.empty(),
                Optional.of(span)));
        coverFrom(called ? parents[client] : client, caller.service());
    }

    /** Calls that name whom they called, without those that a nested call tells of. */
    private List<TraceSpan> unanswered() {
        BitSet unanswered = new BitSet(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            TraceSpan span = spans.get(i);
            if (SpanParents.isCall(span.kind())
                    && answeredBy[i] == SpanParents.NONE
                    && !Peer.receives(span)
                    && Peer.name(span).isPresent()) {
                unanswered.set(i);
                coverFrom(parents[i], span.service());
            }
        }
        return unanswered.stream().filter(i -> !nested[i]).mapToObj(spans::get).toList();
    }

    private Addresses addresses(List<Call> logged, List<TraceSpan> unanswered) {
        Addresses addresses = new Addresses();
        for (int i = 0; i < spans.size(); i++) {
            if (answeredBy[i] != SpanParents.NONE) {
                addresses.answered(spans.get(i), spans.get(answeredBy[i]).service());
            }
        }
        unanswered.forEach(addresses::unanswered);
        Set<Call.Pair> pairs = calls.stream().map(Call::pair).collect(Collectors.toSet());
        logged.stream().map(Call::pair).filter(pair -> !pairs.contains(pair)).forEach(addresses::logged);
        return addresses;
    }

    /** A call of {@code service} is told: the spans of the same service that it is part of tell of no other. */
    private void coverFrom(int from, String service) {
        int at = from;
        while (at != SpanParents.NONE
                && !nested[at]
                && spans.get(at).service().equals(service)
                && !SpanParents.isServing(spans.get(at).kind())) {
            nested[at] = true;
            at = parents[at];
        }
    }

    private void addUnanswered(TraceSpan client, Addresses addresses) {
        Optional<String> known = addresses.server(client);
        calls.add(call(
                client.service(),
                known.or(() -> Peer.name(client)).orElseThrow(),
                known.isPresent() ? Connection.HTTP : Peer.connection(client),
                Optional.of(client),
                Optional.empty()));
    }

    private Call call(
            String client,
            String server,
            String connection,
            Optional<TraceSpan> clientHalf,
            Optional<TraceSpan> serverHalf) {
        boolean error = clientHalf.filter(TraceSpan::error).isPresent()
                || serverHalf.filter(TraceSpan::error).isPresent();
        boolean fresh =
                clientHalf.filter(isNew).isPresent() || serverHalf.filter(isNew).isPresent();
        TimedEdge edge = new TimedEdge(
                client,
                server,
                connection,
                error,
                durationNanos(clientHalf),
                durationNanos(serverHalf),
                serverHalf.or(() -> clientHalf).map(SpanCalls::endEpochNanos).orElse(0L),
                traceId.high(),
                traceId.low());
        return new Call(edge, fresh);
    }

    /** A duration of 0 is that of a span which has not ended, or does not know its start. */
    private static OptionalLong durationNanos(Optional<TraceSpan> half) {
        return half.stream()
                .mapToLong(TraceSpan::durationNanos)
                .filter(nanos -> nanos > 0)
                .findFirst();
    }

    private static long endEpochNanos(TraceSpan span) {
        return span.startEpochNanos() == 0 ? 0 : Nanos.plus(span.startEpochNanos(), span.durationNanos());
    }
}
