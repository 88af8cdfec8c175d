package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.GrpcCode;
import dev.plait.schemas.model.SemanticName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads facts from attributes under their present names and the older ones still in use, which {@link SemanticName} lists.
 * The first name present wins.
 */
public final class Semantics {
    private Semantics() {}

    public static Optional<String> method(Map<String, Object> attributes) {
        return SemanticName.HTTP_METHOD.text(attributes);
    }

    /** The status of an HTTP response; empty when none was received (Envoy writes 0 for that). */
    public static OptionalInt httpStatus(Map<String, Object> attributes) {
        return inRange(attributes, 100, 999, SemanticName.HTTP_STATUS);
    }

    /** The number of a gRPC status, given by number or name; empty when absent or unknown. */
    static OptionalInt grpcStatus(Map<String, Object> attributes) {
        Optional<GrpcCode> code = SemanticName.RPC_STATUS.text(attributes).flatMap(GrpcCode::of);
        return code.isPresent() ? OptionalInt.of(code.get().number()) : OptionalInt.empty();
    }

    /** The path without its query. */
    public static Optional<String> path(Map<String, Object> attributes) {
        return SemanticName.URL_PATH
                .text(attributes)
                .or(() -> SemanticName.URL_FULL.text(attributes).map(Semantics::withoutAuthority))
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
        return SemanticName.PEER_SERVICE
                .text(attributes)
                .or(() -> Attributes.text(attributes, "upstream_cluster.name"));
    }

    /** The host that a client says it called. */
    public static Optional<String> peerAddress(Map<String, Object> attributes) {
        return SemanticName.SERVER_ADDRESS.text(attributes).or(() -> SemanticName.PEER_ADDRESS.text(attributes));
    }

    private static OptionalInt inRange(Map<String, Object> attributes, int from, int to, SemanticName name) {
        OptionalInt present = inRange(attributes, from, to, name.key());
        if (present.isPresent()) {
            return present;
        }
        for (String older : name.older()) {
            OptionalInt number = inRange(attributes, from, to, older);
            if (number.isPresent()) {
                return number;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt inRange(Map<String, Object> attributes, int from, int to, String name) {
        long number = Attributes.wholeNumber(attributes, name).orElse(-1);
        return number >= from && number <= to ? OptionalInt.of((int) number) : OptionalInt.empty();
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
