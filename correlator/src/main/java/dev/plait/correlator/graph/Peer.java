package dev.plait.correlator.graph;

import dev.plait.correlator.trace.view.Semantics;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.SemanticName;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceSpan;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a span says it called, or took its message from, when that one told nothing of itself: the service that it names; else a
 * database as {@code postgresql/orders}, a queue as {@code kafka/payments}, or the service of an RPC; else an address. Source:
 * OpenTelemetry semantic conventions of databases, messaging and RPC, names that are no longer used too.
 */
final class Peer {
    private Peer() {}

    static Optional<String> name(TraceSpan span) {
        Map<String, Object> attributes = span.attributes();
        return Semantics.peerService(attributes)
                .or(() -> switch (kind(span).orElse("")) {
                    case Connection.DATABASE -> joined(databaseSystem(attributes), databaseName(attributes));
                    case Connection.MESSAGING ->
                        joined(Attributes.text(attributes, "messaging.system"), destination(attributes));
                    case Connection.RPC -> rpcService(attributes);
                    default -> Optional.empty();
                })
                .or(() -> Semantics.peerAddress(attributes));
    }

    /** Whether a span called a broker for messages, so that nothing was sent. */
    static boolean receives(TraceSpan span) {
        return SemanticName.MESSAGING_OPERATION
                .text(span.attributes())
                .filter("receive"::equals)
                .isPresent();
    }

    /** How two spans are connected: as the first of them that knows says, else by HTTP. */
    static String connection(TraceSpan client, TraceSpan server) {
        return kind(client).or(() -> kind(server)).orElse(Connection.HTTP);
    }

    /** How a span is connected with one that told nothing of itself. */
    static String connection(TraceSpan span) {
        return kind(span).orElse(Connection.VIRTUAL);
    }

    private static Optional<String> kind(TraceSpan span) {
        Map<String, Object> attributes = span.attributes();
        if (databaseSystem(attributes).isPresent()) {
            return Optional.of(Connection.DATABASE);
        }
        if (span.kind() == SpanKind.PRODUCER
                || span.kind() == SpanKind.CONSUMER
                || attributes.containsKey("messaging.system")) {
            return Optional.of(Connection.MESSAGING);
        }
        boolean rpc = SemanticName.RPC_SYSTEM.text(attributes).isPresent();
        return rpc ? Optional.of(Connection.RPC) : Optional.empty();
    }

    private static Optional<String> databaseSystem(Map<String, Object> attributes) {
        return SemanticName.DB_SYSTEM.text(attributes);
    }

    private static Optional<String> databaseName(Map<String, Object> attributes) {
        return SemanticName.DB_NAMESPACE.text(attributes);
    }

    /** Where it is known, the template: destinations made for one reply would each be a node. */
    private static Optional<String> destination(Map<String, Object> attributes) {
        return Attributes.text(attributes, "messaging.destination.template")
                .or(() -> SemanticName.DESTINATION.text(attributes));
    }

    /** Of {@code rpc.service}, or of a method with its service: {@code shop.Cart/Add}. */
    private static Optional<String> rpcService(Map<String, Object> attributes) {
        return Attributes.text(attributes, "rpc.service")
                .or(() -> Attributes.text(attributes, "rpc.method")
                        .filter(method -> method.indexOf('/') > 0)
                        .map(method -> method.substring(0, method.indexOf('/'))));
    }

    private static Optional<String> joined(Optional<String> system, Optional<String> name) {
        return system.isPresent() && name.isPresent()
                ? Optional.of(system.get() + '/' + name.get())
                : system.or(() -> name);
    }
}
