package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One proxy's access log: the log record it came as, and what it says of the request. Kong's and Envoy's attributes are
 * read, also as their own OTLP exporters write them; durations below 0 (Kong: not proxied) are unknown.
 */
record ProxyLog(ReceivedLog log, AccessLog access) {
    static final String KONG = "kong";
    private static final String ENVOY = "envoy";
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int CLIENT_CLOSED_REQUEST = 499;

    static ProxyLog of(ReceivedLog log) {
        Map<String, Object> a = log.attributes();
        List<String> flags = ResponseFlag.codes(a);
        AccessLog access = new AccessLog(
                product(log),
                name(log),
                Attributes.text(a, "kong.route.name", "kong.route.id", "http.route"),
                Attributes.text(a, "kong.service.name", "kong.service.id"),
                Attributes.text(a, "kong.consumer.username", "kong.auth.consumer.name"),
                Attributes.text(a, "kong.request.id", "http.request.header.x-request-id", "request.id"),
                Semantics.method(a),
                Semantics.path(a),
                Semantics.httpStatus(a).orElse(0),
                Attributes.text(a, "client.address", "http.client_ip", "net.sock.peer.addr", "kuma.source.address"),
                Nanos.of(log.timeEpochNanos()),
                ms(a, "kong.latency.total", "envoy.duration").orElse(0),
                ms(a, "kong.latency.internal"),
                ms(a, "kong.latency.upstream", "envoy.upstream_service_time"),
                tries(a),
                flags,
                Attributes.text(a, "kuma.source.service"),
                Attributes.text(a, "kuma.destination.service"));
        return new ProxyLog(log, access);
    }

    boolean isKong() {
        return access.product().equals(KONG);
    }

    long endEpochNanos() {
        return Nanos.plusMs(access.startEpochNanos(), access.totalMs());
    }

    /** Whether the request failed at this proxy: by its status, or by a flag that blames the upstream. */
    boolean failed() {
        return log.error()
                || access.status() >= FIRST_SERVER_ERROR
                || ResponseFlag.anyUpstreamFault(access.responseFlags());
    }

    /** Whether Kong itself made the answer (a plugin, no route, no upstream reached) and did not pass one on. */
    boolean answeredByKong() {
        return isKong()
                && Attributes.text(log.attributes(), "kong.response.source")
                        .filter(KONG::equals)
                        .isPresent();
    }

    /** The service that this proxy sent the request to, where it names one. */
    Optional<String> upstream() {
        return access.service().or(access::destination);
    }

    /** Where the fault lies as far as this proxy can tell. */
    RootCause.Kind kind() {
        Optional<ResponseFlag> flag = ResponseFlag.decisive(access.responseFlags());
        if (flag.isPresent()) {
            return flag.get().kind();
        }
        if (access.status() == CLIENT_CLOSED_REQUEST) {
            return RootCause.Kind.CLIENT;
        }
        if (answeredByKong()) {
            return RootCause.Kind.GATEWAY;
        }
        return access.status() >= FIRST_SERVER_ERROR ? RootCause.Kind.UPSTREAM : RootCause.Kind.UNKNOWN;
    }

    private static String product(ReceivedLog log) {
        if (log.origin().source() != Source.OTLP) {
            return log.origin().source().label();
        }
        boolean saysKong = log.attributes().keySet().stream().anyMatch(key -> key.startsWith("kong."))
                || KONG.equals(log.origin().resource().get("service.name"));
        return saysKong ? KONG : ENVOY;
    }

    /** The name its operator gave this gateway, else the name it has as a service. */
    private static Optional<String> name(ReceivedLog log) {
        return Optional.ofNullable(log.origin().tags().get("gateway")).or(() -> Services.of(log));
    }

    private static OptionalDouble ms(Map<String, Object> attributes, String... names) {
        OptionalDouble ms = Attributes.number(attributes, names);
        return ms.isPresent() && ms.getAsDouble() >= 0 ? ms : OptionalDouble.empty();
    }

    private static int tries(Map<String, Object> attributes) {
        long tries =
                Attributes.wholeNumber(attributes, "kong.upstream.try.count").orElse(0);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, tries));
    }
}
