package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads facts from attributes under their present names and the older ones still in use: HTTP and RPC conventions before
 * they became stable, and the tags of Zipkin, Envoy and Kong. The first name present wins. Source: OpenTelemetry semantic
 * conventions, docs/non-normative/http-migration.md and docs/rpc/grpc.md; envoy source/common/tracing/common_values.h.
 */
public final class Semantics {
    /** By number, without underscores, as Envoy may write them. Source: grpc/grpc, doc/statuscodes.md. */
    private static final List<String> GRPC_STATUSES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALIDARGUMENT",
            "DEADLINEEXCEEDED",
            "NOTFOUND",
            "ALREADYEXISTS",
            "PERMISSIONDENIED",
            "RESOURCEEXHAUSTED",
            "FAILEDPRECONDITION",
            "ABORTED",
            "OUTOFRANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATALOSS",
            "UNAUTHENTICATED");

    private static final String[] GRPC_STATUS = {
        "rpc.status_code", "rpc.response.status_code", "rpc.grpc.status_code", "grpc.status_code"
    };

    private Semantics() {}

    public static Optional<String> method(Map<String, Object> attributes) {
        return Attributes.text(attributes, "http.request.method", "http.method");
    }

    /** The status of an HTTP response; empty when none was received (Envoy writes 0 for that). */
    public static OptionalInt httpStatus(Map<String, Object> attributes) {
        return inRange(
                attributes, 100, 999, "http.response.status_code", "http.status_code", "kong.response.status_code");
    }

    /** The number of a gRPC status, given by number or name; empty when absent or unknown. */
    static OptionalInt grpcStatus(Map<String, Object> attributes) {
        OptionalInt number = inRange(attributes, 0, GRPC_STATUSES.size() - 1, GRPC_STATUS);
        if (number.isPresent()) {
            return number;
        }
        int named = Attributes.text(attributes, GRPC_STATUS)
                .map(name -> GRPC_STATUSES.indexOf(name.replace("_", "").toUpperCase(Locale.ROOT)))
                .orElse(-1);
        return named < 0 ? OptionalInt.empty() : OptionalInt.of(named);
    }

    /** The path without its query. */
    public static Optional<String> path(Map<String, Object> attributes) {
        return Attributes.text(attributes, "url.path", "http.target", "http.path")
                .or(() -> Attributes.text(attributes, "url.full", "http.url").map(Semantics::withoutAuthority))
                .map(Semantics::withoutQuery);
    }

    /** The template that a server matched the path with; never the path itself. */
    public static Optional<String> route(Map<String, Object> attributes) {
        return Attributes.text(attributes, "http.route");
    }

    /** Whom a client called: a service where it is named, else an address. */
    public static Optional<String> peer(Map<String, Object> attributes) {
        return peerService(attributes).or(() -> peerAddress(attributes));
    }

    /** The service that a client says it called. */
    public static Optional<String> peerService(Map<String, Object> attributes) {
        return Attributes.text(attributes, "service.peer.name", "peer.service", "upstream_cluster.name");
    }

    /** The host that a client says it called. */
    public static Optional<String> peerAddress(Map<String, Object> attributes) {
        return Attributes.text(
                attributes,
                "server.address",
                "net.peer.name",
                "http.host",
                "network.peer.address",
                "net.sock.peer.addr",
                "peer.address",
                "net.peer.ip");
    }

    private static OptionalInt inRange(Map<String, Object> attributes, int from, int to, String... names) {
        for (String name : names) {
            long number = Attributes.wholeNumber(attributes, name).orElse(-1);
            if (number >= from && number <= to) {
                return OptionalInt.of((int) number);
            }
        }
        return OptionalInt.empty();
    }

    private static String withoutAuthority(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return url;
        }
        int path = url.indexOf('/', scheme + 3);
        return path < 0 ? "/" : url.substring(path);
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
