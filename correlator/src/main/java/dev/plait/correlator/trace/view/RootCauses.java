package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.RootCause;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Names what made a failed request fail: the span of {@link FailingSpan#unhandled}, else the innermost proxy whose access
 * log failed, else a failure that seemed dealt with. {@link FaultKind} says where the fault lies.
 */
final class RootCauses {
    private RootCauses() {}

    /** Empty when no span and no proxy failed. */
    static Optional<RootCause> find(SpanTree tree, ProxyLogs proxies, Retries retries) {
        FailingSpan failing = new FailingSpan(tree, retries);
        OptionalInt span = failing.unhandled();
        if (span.isPresent()) {
            return Optional.of(ofSpan(tree, span.getAsInt(), proxies));
        }
        Optional<ProxyLog> proxy = proxies.innermostFailing();
        if (proxy.isPresent()) {
            return proxy.map(RootCauses::ofProxy);
        }
        OptionalInt handled = failing.any();
        return handled.isPresent() ? Optional.of(ofSpan(tree, handled.getAsInt(), proxies)) : Optional.empty();
    }

    private static RootCause ofSpan(SpanTree tree, int i, ProxyLogs proxies) {
        ReceivedSpan span = tree.span(i);
        return new RootCause(
                tree.service(i),
                span.name(),
                Optional.of(Hex.of(span.spanId())),
                FaultKind.of(span, proxies),
                Reason.of(span));
    }

    /** A fault beyond the proxy is told of the service that it could not reach, any other of the proxy itself. */
    private static RootCause ofProxy(ProxyLog proxy) {
        AccessLog access = proxy.access();
        RootCause.Kind kind = proxy.kind();
        boolean beyond = kind == RootCause.Kind.UPSTREAM || kind == RootCause.Kind.NETWORK;
        Optional<String> upstream = beyond ? proxy.upstream() : Optional.empty();
        long spanId = proxy.log().spanId();
        return new RootCause(
                upstream.or(access::name).orElse(access.product()),
                access.route().orElseGet(() -> request(access)),
                spanId == 0 ? Optional.empty() : Optional.of(Hex.of(spanId)),
                kind,
                Reason.of(proxy));
    }

    private static String request(AccessLog access) {
        String request = access.method().orElse("") + " " + access.path().orElse("");
        return request.isBlank() ? access.product() : Cut.text(request.strip(), Reason.LIMIT);
    }
}
