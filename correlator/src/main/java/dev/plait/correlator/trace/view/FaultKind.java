package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SpanKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the fault of a failing span lies. The first that holds:
 *
 * <ol>
 *   <li>the span's own Envoy response flags say it;
 *   <li>a proxy's span: GATEWAY for its inner work (a plugin); else what its access log says, but NETWORK for a try of an
 *       upstream that Kong had to answer for; without a log NETWORK for a try and UNKNOWN for the rest;
 *   <li>a client call that died of a connection or name failure: NETWORK;
 *   <li>a client call while a proxy logged response flags: as the flags say;
 *   <li>HTTP status 499 or gRPC CANCELLED: CLIENT;
 *   <li>any other service's span: UPSTREAM.
 * </ol>
 */
final class FaultKind {
    private static final int CLIENT_CLOSED_REQUEST = 499;
    private static final int GRPC_CANCELLED = 1;

    /** What exceptions and system errors of the common runtimes say when a peer could not be reached, in lower case. */
    private static final List<String> BROKEN_CONNECTION = List.of(
            "connectexception",
            "connection refused",
            "connection reset",
            "connecttimeout",
            "connect timed out",
            "econnrefused",
            "econnreset",
            "etimedout",
            "ehostunreach",
            "enotfound",
            "unknownhost",
            "no such host",
            "noroutetohost",
            "sockettimeout",
            "network is unreachable",
            "broken pipe");

    private FaultKind() {}

    static RootCause.Kind of(ReceivedSpan span, ProxyLogs proxies) {
        Optional<ResponseFlag> own = ResponseFlag.decisive(ResponseFlag.codes(span.attributes()));
        if (own.isPresent()) {
            return own.get().kind();
        }
        if (isProxy(span)) {
            return ofProxy(span, proxies);
        }
        if (isCall(span)) {
            if (brokeDown(span)) {
                return RootCause.Kind.NETWORK;
            }
            Optional<ResponseFlag> logged = proxies.innermostFailing()
                    .flatMap(proxy -> ResponseFlag.decisive(proxy.access().responseFlags()));
            if (logged.isPresent()) {
                return logged.get().kind();
            }
        }
        return isCancelled(span) ? RootCause.Kind.CLIENT : RootCause.Kind.UPSTREAM;
    }

    private static RootCause.Kind ofProxy(ReceivedSpan span, ProxyLogs proxies) {
        if (span.kind() == SpanKind.INTERNAL) {
            return RootCause.Kind.GATEWAY;
        }
        Optional<ProxyLog> log = logOf(span, proxies);
        if (log.isEmpty()) {
            return isCall(span) ? RootCause.Kind.NETWORK : RootCause.Kind.UNKNOWN;
        }
        boolean noAnswer = isCall(span) && log.get().answeredByKong();
        return noAnswer ? RootCause.Kind.NETWORK : log.get().kind();
    }

    private static Optional<ProxyLog> logOf(ReceivedSpan span, ProxyLogs proxies) {
        return proxies.all().stream()
                .filter(proxy -> proxy.log().spanId() == span.spanId())
                .findFirst()
                .or(proxies::innermostFailing);
    }

    private static boolean isProxy(ReceivedSpan span) {
        return span.origin().scope().equals("kong-internal")
                || span.name().startsWith("kong.")
                || span.attributes().containsKey("kong.request.id")
                || span.attributes().containsKey("kong.balancer.try")
                || span.attributes().containsKey("upstream_cluster")
                || "proxy".equals(span.attributes().get("component"));
    }

    private static boolean isCall(ReceivedSpan span) {
        return SpanParents.isCall(span.kind());
    }

    private static boolean brokeDown(ReceivedSpan span) {
        String type = Attributes.text(span.attributes(), "error.type").orElse("");
        String told = (type + ' ' + Reason.of(span)).toLowerCase(Locale.ROOT);
        return BROKEN_CONNECTION.stream().anyMatch(told::contains);
    }

    private static boolean isCancelled(ReceivedSpan span) {
        return Semantics.httpStatus(span.attributes()).orElse(0) == CLIENT_CLOSED_REQUEST
                || Semantics.grpcStatus(span.attributes()).orElse(0) == GRPC_CANCELLED;
    }
}
