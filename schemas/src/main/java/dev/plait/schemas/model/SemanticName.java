package dev.plait.schemas.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one vocabulary of attributes: the name that today's semantic conventions have for something (or Kong's and Envoy's own
 * OTLP exporters), and the older and foreign names that mean the same whatever span or log they are on. Decoders that write
 * attributes anew give them the present name; those that are kept as they came (OTLP) are read under all of them, the first that
 * is there wins. Names that mean different things on different spans ({@code net.peer.name}) are not here.
 *
 * <p>Source: OpenTelemetry semantic conventions, docs/non-normative/http-migration.md, db-migration.md and the registry;
 * OpenTracing semantic_conventions.md; Kong/kong kong/plugins/zipkin/handler.lua; envoy source/common/tracing/common_values.h.
 */
public final class SemanticName {
    private static final List<SemanticName> ALL = new ArrayList<>();

    public static final SemanticName HTTP_METHOD = new SemanticName("http.request.method", "http.method");
    public static final SemanticName HTTP_STATUS =
            new SemanticName("http.response.status_code", "http.status_code", "kong.response.status_code");
    public static final SemanticName REQUEST_SIZE = new SemanticName("http.request.size", "request_size");
    public static final SemanticName RESPONSE_SIZE = new SemanticName("http.response.size", "response_size");
    public static final SemanticName URL_PATH = new SemanticName("url.path", "http.target", "http.path");
    public static final SemanticName URL_FULL = new SemanticName("url.full", "http.url");
    public static final SemanticName URL_SCHEME = new SemanticName("url.scheme", "http.scheme");
    public static final SemanticName SERVER_ADDRESS =
            new SemanticName("server.address", "http.host", "net.host.name", "peer.hostname");
    public static final SemanticName SERVER_PORT = new SemanticName("server.port", "net.host.port");
    public static final SemanticName CLIENT_ADDRESS = new SemanticName("client.address", "http.client_ip");
    public static final SemanticName PEER_ADDRESS = new SemanticName(
            "network.peer.address", "net.sock.peer.addr", "peer.address", "net.peer.ip", "peer.ipv4", "peer.ipv6");
    public static final SemanticName PEER_PORT =
            new SemanticName("network.peer.port", "net.sock.peer.port", "peer.port");
    public static final SemanticName LOCAL_ADDRESS = new SemanticName("network.local.address", "net.host.ip");
    public static final SemanticName PROTOCOL_VERSION =
            new SemanticName("network.protocol.version", "http.flavor", "http.protocol");
    public static final SemanticName USER_AGENT =
            new SemanticName("user_agent.original", "http.user_agent", "user_agent");
    public static final SemanticName RPC_SYSTEM = new SemanticName("rpc.system.name", "rpc.system");
    public static final SemanticName RPC_METHOD = new SemanticName("rpc.method", "grpc.path");
    public static final SemanticName RPC_STATUS =
            new SemanticName("rpc.status_code", "rpc.response.status_code", "rpc.grpc.status_code", "grpc.status_code");
    public static final SemanticName DB_SYSTEM = new SemanticName("db.system.name", "db.system");
    public static final SemanticName DB_NAMESPACE = new SemanticName("db.namespace", "db.name", "db.instance");
    public static final SemanticName DB_OPERATION = new SemanticName("db.operation.name", "db.operation");
    public static final SemanticName DB_COLLECTION = new SemanticName("db.collection.name", "db.sql.table");
    public static final SemanticName DB_QUERY = new SemanticName("db.query.text", "db.statement");
    public static final SemanticName DESTINATION =
            new SemanticName("messaging.destination.name", "messaging.destination", "message_bus.destination");
    public static final SemanticName MESSAGING_OPERATION =
            new SemanticName("messaging.operation.type", "messaging.operation");
    public static final SemanticName MESSAGING_PARTITION =
            new SemanticName("messaging.destination.partition.id", "messaging.kafka.destination.partition");
    public static final SemanticName MESSAGING_GROUP =
            new SemanticName("messaging.consumer.group.name", "messaging.kafka.consumer.group");
    public static final SemanticName MESSAGING_OFFSET =
            new SemanticName("messaging.kafka.offset", "messaging.kafka.message.offset");
    public static final SemanticName ENVOY_FLAGS = new SemanticName("envoy.response_flags", "response_flags");
    public static final SemanticName KONG_ROUTE_ID = new SemanticName("kong.route.id", "kong.route");
    public static final SemanticName KONG_ROUTE_NAME = new SemanticName("kong.route.name", "kong.route_name");
    public static final SemanticName KONG_SERVICE_ID = new SemanticName("kong.service.id", "kong.service");
    public static final SemanticName KONG_SERVICE_NAME = new SemanticName("kong.service.name", "kong.service_name");
    public static final SemanticName KONG_CONSUMER_ID = new SemanticName("kong.auth.consumer.id", "kong.consumer");
    public static final SemanticName ENVIRONMENT =
            new SemanticName("deployment.environment.name", "deployment.environment");
    public static final SemanticName MESH = new SemanticName("kuma.mesh", "kuma.io/mesh");
    public static final SemanticName ZONE = new SemanticName("kuma.zone", "kuma.io/zone");
    public static final SemanticName WORKLOAD = new SemanticName("kuma.workload", "kuma.io/workload");

    private static final Map<String, SemanticName> BY_OLDER = byOlder();

    private final String key;
    private final List<String> older;
    private final String[] names;

    private SemanticName(String key, String... older) {
        this.key = key;
        this.older = List.of(older);
        this.names = Stream.concat(Stream.of(key), Stream.of(older)).toArray(String[]::new);
        ALL.add(this);
    }

    /** The whole vocabulary. */
    public static List<SemanticName> all() {
        return List.copyOf(ALL);
    }

    /** The present name of {@code name}, which may be it. */
    public static String present(String name) {
        SemanticName older = BY_OLDER.get(name);
        return older == null ? name : older.key;
    }

    /** The present name. */
    public String key() {
        return key;
    }

    /** What else it is called, the likeliest first. */
    public List<String> older() {
        return older;
    }

    /** The text under the first of its names that is there and not empty. */
    public Optional<String> text(Map<String, Object> attributes) {
        return Attributes.text(attributes, names);
    }

    private static Map<String, SemanticName> byOlder() {
        Map<String, SemanticName> names = new HashMap<>();
        for (SemanticName name : ALL) {
            for (String older : name.older) {
                if (names.put(older, name) != null) {
                    throw new IllegalStateException(older + " means two things");
                }
            }
        }
        return Map.copyOf(names);
    }
}
