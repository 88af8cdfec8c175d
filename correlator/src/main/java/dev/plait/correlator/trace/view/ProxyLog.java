package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SemanticName;
import dev.plait.schemas.model.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One proxy's access log: the log record it came as, and what it says of the request. Kong's and Envoy's attributes are
 * read, also as their own OTLP exporters write them; durations below 0 (Kong: not proxied) are unknown.
 */
public record ProxyLog(ReceivedLog log, AccessLog access) {
    public static final String KONG = "kong";
    public static final String ENVOY = "envoy";
    private static final int CLIENT_CLOSED_REQUEST = 499;

    public static ProxyLog of(ReceivedLog log) {
        Map<String, Object> a = log.attributes();
        List<String> flags = ResponseFlag.codes(a);
        AccessLog access = new AccessLog(
                product(log),
                name(log),
                route(a),
                service(a),
                consumer(a),
                Attributes.text(a, "kong.request.id", "http.request.header.x-request-id", "request.id"),
                Semantics.method(a),
                Semantics.path(a),
                Semantics.httpStatus(a).orElse(0),
                log.error(),
                client(a),
                Nanos.of(log.timeEpochNanos()),
                totalMs(a),
                ms(a, "kong.latency.internal"),
                ms(a, "kong.latency.upstream", "envoy.upstream_service_time"),
                tries(a),
                flags,
                Attributes.text(a, "kuma.source.service"),
                destination(a));
        return new ProxyLog(log, access);
    }

    /** Whether a log is Kong's, which its gateway wrote; else it is Envoy's. */
    public static boolean isKong(ReceivedLog log) {
        return product(log).equals(KONG);
    }

    /** Whether attributes hold one of Kong's own. */
    public static boolean saysKong(Map<String, Object> attributes) {
        for (String key : attributes.keySet()) {
            if (key.startsWith("kong.")) {
                return true;
            }
        }
        return false;
    }

    /** The name or ID of the route that Kong matched, else the template of the path. */
    public static Optional<String> route(Map<String, Object> attributes) {
        return Attributes.text(attributes, "kong.route.name", "kong.route.id").or(() -> Semantics.route(attributes));
    }

    /** The consumer that Kong authenticated: its name, else its ID, which is all that spans of Kong's Zipkin plugin say. */
    public static Optional<String> consumer(Map<String, Object> attributes) {
        return SemanticName.KONG_CONSUMER_NAME
                .text(attributes)
                .or(() -> SemanticName.KONG_CONSUMER_ID.text(attributes));
    }

    /** The address of who called. */
    public static Optional<String> client(Map<String, Object> attributes) {
        return SemanticName.CLIENT_ADDRESS
                .text(attributes)
                .or(() -> Attributes.text(attributes, "net.sock.peer.addr", "kuma.source.address"));
    }

    /** From the first byte in to the last byte out, milliseconds; empty when the log does not say. */
    public static OptionalDouble totalMs(Map<String, Object> attributes) {
        return ms(attributes, "kong.latency.total", "envoy.duration");
    }

    /** The service that a proxy sent the request to, where its log names one. */
    public static Optional<String> upstream(Map<String, Object> attributes) {
        return service(attributes).or(() -> destination(attributes));
    }

    /** The name its operator gave this proxy, else the name it has as a service. */
    private static Optional<String> name(ReceivedLog log) {
        return Optional.ofNullable(log.origin().tags().get("gateway")).or(() -> Services.of(log));
    }

    boolean isKong() {
        return access.product().equals(KONG);
    }

    long endEpochNanos() {
        return Nanos.plusMs(access.startEpochNanos(), access.totalMs().orElse(0));
    }

    /** Whether the request failed at this proxy, as its decoder judged it: by status, response flags or gRPC status. */
    public boolean failed() {
        return access.error();
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
        return failed() ? RootCause.Kind.UPSTREAM : RootCause.Kind.UNKNOWN;
    }

    private static String product(ReceivedLog log) {
        if (log.origin().source() != Source.OTLP) {
            return log.origin().source().label();
        }
        if (KONG.equals(log.origin().resource().get("service.name"))) {
            return KONG;
        }
        return saysKong(log.attributes()) ? KONG : ENVOY;
    }

    private static Optional<String> service(Map<String, Object> attributes) {
        return Attributes.text(attributes, "kong.service.name", "kong.service.id");
    }

    private static Optional<String> destination(Map<String, Object> attributes) {
        return Attributes.text(attributes, "kuma.destination.service");
    }

    private static OptionalDouble ms(Map<String, Object> attributes, String... names) {
        OptionalDouble ms = Attributes.number(attributes, names);
        return ms.isPresent() && ms.getAsDouble() >= 0 ? ms : OptionalDouble.empty();
    }

    /** How often Kong tried: a number, or in its OTLP access logs what each try was, numbered from 1. */
    private static int tries(Map<String, Object> attributes) {
        long tries =
                Attributes.wholeNumber(attributes, "kong.upstream.try.count").orElse(0);
        while (attributes.containsKey("kong.upstream.try." + (tries + 1) + ".ip")) {
            tries++;
        }
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, tries));
    }
}
