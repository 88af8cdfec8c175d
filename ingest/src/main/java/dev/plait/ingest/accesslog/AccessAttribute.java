package dev.plait.ingest.accesslog;

import dev.plait.ingest.redact.Redactor;
import dev.plait.ingest.redact.Treatment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The vocabulary of access-log records; what else a record may carry has names of its own. Names follow OpenTelemetry's
 * semantic conventions and Kong's own OTLP access logs; sizes are bytes, latencies and durations milliseconds. Written in the
 * order of declaration.
 */
public enum AccessAttribute {
    METHOD("http.request.method"),
    PATH("url.path"),
    QUERY("url.query"),
    URL("url.full"),
    STATUS("http.response.status_code"),
    REQUEST_SIZE("http.request.size"),
    RESPONSE_SIZE("http.response.size"),
    SERVER_ADDRESS("server.address"),
    CLIENT_ADDRESS("client.address"),
    USER_AGENT("user_agent.original"),
    PROTOCOL_VERSION("network.protocol.version"),
    PEER_ADDRESS("network.peer.address"),
    HOST_HEADER("http.request.header.host"),
    FORWARDED_FOR("http.request.header.x-forwarded-for"),
    REQUEST_ID_HEADER("http.request.header.x-request-id"),
    CONTENT_TYPE("http.request.header.content-type"),
    TRACEPARENT("http.request.header.traceparent"),

    KONG_REQUEST_ID("kong.request.id"),
    KONG_ROUTE_NAME("kong.route.name"),
    KONG_ROUTE_ID("kong.route.id"),
    KONG_SERVICE_NAME("kong.service.name"),
    KONG_SERVICE_ID("kong.service.id"),
    KONG_CONSUMER_ID("kong.auth.consumer.id"),
    KONG_CONSUMER_NAME("kong.auth.consumer.name"),
    KONG_TOTAL("kong.latency.total"),
    KONG_INTERNAL("kong.latency.internal"),
    KONG_UPSTREAM("kong.latency.upstream"),
    KONG_RECEIVE("kong.latency.receive"),
    KONG_SOURCE("kong.response.source"),
    KONG_UPSTREAM_STATUS("kong.upstream.status_code"),
    KONG_UPSTREAM_URI("kong.upstream.uri"),
    KONG_TRIES("kong.upstream.try.count"),
    KONG_WORKSPACE("kong.workspace.name"),
    KONG_CORRELATION_ID("kong.correlation.id"),
    KONG_SUBSYSTEM("kong.subsystem"),
    KONG_SESSION_STATUS("kong.session.status"),
    KONG_SESSION_RECEIVED("kong.session.received"),
    KONG_SESSION_SENT("kong.session.sent"),
    KONG_SESSION_PORT("kong.session.server_port"),

    GRPC_STATUS("rpc.response.status_code"),
    ENVOY_FLAGS("envoy.response_flags"),
    ENVOY_DURATION("envoy.duration"),
    ENVOY_UPSTREAM_TIME("envoy.upstream_service_time"),
    ENVOY_BYTES_RECEIVED("envoy.bytes_received"),
    ENVOY_BYTES_SENT("envoy.bytes_sent"),
    KUMA_MESH("kuma.mesh"),
    KUMA_SOURCE("kuma.source.service"),
    KUMA_DESTINATION("kuma.destination.service"),
    KUMA_SOURCE_ADDRESS("kuma.source.address");

    static final List<AccessAttribute> ALL = List.of(values());
    static final int COUNT = ALL.size();

    private static final Set<String> KEYS =
            ALL.stream().map(AccessAttribute::key).collect(Collectors.toUnmodifiableSet());

    private final String key;

    AccessAttribute(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** Whether one of them has this key. */
    public static boolean isKey(String key) {
        return KEYS.contains(key);
    }

    /** How its text is looked at for secrets. */
    Treatment treatment(Redactor redactor) {
        byte[] name = key.getBytes(StandardCharsets.US_ASCII);
        return redactor.treatment(name, 0, name.length);
    }

    /** Its place in the arrays of a record. */
    @SuppressWarnings("EnumOrdinal") // an EnumMap would box the numbers of every log
    int slot() {
        return ordinal();
    }
}
