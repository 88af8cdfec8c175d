package dev.plait.correlator.graph;

import dev.plait.correlator.trace.view.Semantics;
import dev.plait.schemas.model.TraceSpan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which service a call reached that nothing answered and that names no more than an address: the one that answered another call of
 * the same caller to that address (a retry's first try), or, when all such calls of the caller were to one address, the one that
 * its only access log names and that no other of its spans reached (Kong's tries, when the service has no spans).
 */
final class Addresses {
    private final Map<List<String>, String> answered = new HashMap<>();
    private final Map<String, Set<String>> unknown = new HashMap<>();
    private final Map<String, Set<String>> logged = new HashMap<>();

    void answered(TraceSpan call, String server) {
        Semantics.peerAddress(call.attributes())
                .ifPresent(address -> answered.putIfAbsent(List.of(call.service(), address), server));
    }

    void unanswered(TraceSpan call) {
        address(call)
                .filter(address -> !answered.containsKey(List.of(call.service(), address)))
                .ifPresent(address -> unknown.computeIfAbsent(call.service(), client -> new HashSet<>())
                        .add(address));
    }

    /** A call that an access log tells of and no pair of spans. */
    void logged(Call.Pair pair) {
        logged.computeIfAbsent(pair.client(), client -> new HashSet<>()).add(pair.server());
    }

    Optional<String> server(TraceSpan call) {
        Optional<String> address = address(call);
        Optional<String> server = address.map(known -> answered.get(List.of(call.service(), known)));
        Set<String> servers = logged.getOrDefault(call.service(), Set.of());
        Set<String> addresses = unknown.getOrDefault(call.service(), Set.of());
        boolean only = address.isPresent() && servers.size() == 1 && addresses.size() == 1;
        return only ? server.or(() -> servers.stream().findFirst()) : server;
    }

    /** Of a call that names neither a service nor what kind of thing it called. */
    private static Optional<String> address(TraceSpan call) {
        boolean bare = Peer.connection(call).equals(Connection.VIRTUAL)
                && Semantics.peerService(call.attributes()).isEmpty();
        return bare ? Semantics.peerAddress(call.attributes()) : Optional.empty();
    }
}
