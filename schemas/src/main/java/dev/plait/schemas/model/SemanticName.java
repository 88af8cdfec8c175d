package dev.plait.schemas.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one vocabulary of attributes: the name that today's semantic conventions have for something (or Kong's and Envoy's own
 * OTLP exporters), the type its value has, and the older and foreign names that mean the same. {@link AttributeNames} gives
 * attributes these names where they are read; what is read without it is found under all of them, the first that is there
 * wins. Names that only some senders mean so ({@code message.id}, {@code try_count}) are not here.
 *
 * <p>Source: OpenTelemetry semantic conventions, schemas/1.44.0, docs/non-normative/http-migration.md, db-migration.md and the
 * registry; OpenTracing semantic_conventions.md; Kong/kong kong/plugins/zipkin/handler.lua; envoy
 * source/common/tracing/common_values.h.
 */
public final class SemanticName {
    private static final List<SemanticName> ALL = new ArrayList<>();

    public static final SemanticName HTTP_METHOD =
            new SemanticName(ValueForm.TEXT, "http.request.method", "http.method");
    public static final SemanticName HTTP_STATUS = new SemanticName(
            ValueForm.HTTP_STATUS, "http.response.status_code", "http.status_code", "kong.response.status_code");
    public static final SemanticName REQUEST_SIZE =
            new SemanticName(ValueForm.INTEGER, "http.request.size", "request_size");
    public static final SemanticName RESPONSE_SIZE =
            new SemanticName(ValueForm.INTEGER, "http.response.size", "response_size");
    public static final SemanticName REQUEST_BODY_SIZE =
            new SemanticName(ValueForm.INTEGER, "http.request.body.size", "http.request_content_length");
    public static final SemanticName RESPONSE_BODY_SIZE =
            new SemanticName(ValueForm.INTEGER, "http.response.body.size", "http.response_content_length");
    public static final SemanticName RESEND_COUNT =
            new SemanticName(ValueForm.INTEGER, "http.request.resend_count", "http.resend_count", "http.retry_count");
    public static final SemanticName URL_PATH =
            new SemanticName(ValueForm.TEXT, "url.path", "http.target", "http.path");
    public static final SemanticName URL_QUERY = new SemanticName(ValueForm.TEXT, "url.query");
    public static final SemanticName URL_FULL = new SemanticName(ValueForm.TEXT, "url.full", "http.url");
    public static final SemanticName URL_SCHEME = new SemanticName(ValueForm.TEXT, "url.scheme", "http.scheme");
    public static final SemanticName SERVER_ADDRESS = new SemanticName(
            ValueForm.TEXT, "server.address", "net.host.name", "net.peer.name", "http.host", "peer.hostname");
    public static final SemanticName SERVER_PORT =
            new SemanticName(ValueForm.INTEGER, "server.port", "net.host.port", "net.peer.port");
    public static final SemanticName CLIENT_ADDRESS =
            new SemanticName(ValueForm.TEXT, "client.address", "http.client_ip");
    public static final SemanticName CLIENT_PORT = new SemanticName(ValueForm.INTEGER, "client.port");
    public static final SemanticName PEER_ADDRESS = new SemanticName(
            ValueForm.ADDRESS,
            "network.peer.address",
            "net.sock.peer.addr",
            "peer.address",
            "net.peer.ip",
            "peer.ipv4",
            "peer.ipv6");
    public static final SemanticName PEER_PORT =
            new SemanticName(ValueForm.INTEGER, "network.peer.port", "net.sock.peer.port", "peer.port");
    public static final SemanticName LOCAL_ADDRESS =
            new SemanticName(ValueForm.TEXT, "network.local.address", "net.sock.host.addr", "net.host.ip");
    public static final SemanticName LOCAL_PORT =
            new SemanticName(ValueForm.INTEGER, "network.local.port", "net.sock.host.port");
    public static final SemanticName PROTOCOL_NAME =
            new SemanticName(ValueForm.TEXT, "network.protocol.name", "net.protocol.name", "net.app.protocol.name");
    public static final SemanticName PROTOCOL_VERSION = new SemanticName(
            ValueForm.VERSION,
            "network.protocol.version",
            "net.protocol.version",
            "net.app.protocol.version",
            "http.flavor",
            "http.protocol");
    public static final SemanticName TRANSPORT =
            new SemanticName(ValueForm.TRANSPORT, "network.transport", "net.transport");
    public static final SemanticName CONNECTION_TYPE =
            new SemanticName(ValueForm.TEXT, "network.connection.type", "net.host.connection.type");
    public static final SemanticName USER_AGENT =
            new SemanticName(ValueForm.TEXT, "user_agent.original", "http.user_agent", "user_agent");
    public static final SemanticName PEER_SERVICE =
            new SemanticName(ValueForm.TEXT, "service.peer.name", "peer.service");
    public static final SemanticName RPC_SYSTEM = new SemanticName(ValueForm.TEXT, "rpc.system.name", "rpc.system");
    public static final SemanticName RPC_METHOD = new SemanticName(ValueForm.TEXT, "rpc.method", "grpc.path");
    public static final SemanticName RPC_STATUS = new SemanticName(
            ValueForm.RPC_STATUS,
            "rpc.response.status_code",
            "rpc.status_code",
            "rpc.grpc.status_code",
            "grpc.status_code",
            "rpc.connect_rpc.error_code");
    public static final SemanticName DB_SYSTEM = new SemanticName(ValueForm.TEXT, "db.system.name", "db.system");
    public static final SemanticName DB_NAMESPACE =
            new SemanticName(ValueForm.TEXT, "db.namespace", "db.name", "db.instance");
    public static final SemanticName DB_OPERATION =
            new SemanticName(ValueForm.TEXT, "db.operation.name", "db.operation");
    public static final SemanticName DB_COLLECTION = new SemanticName(
            ValueForm.TEXT,
            "db.collection.name",
            "db.sql.table",
            "db.mongodb.collection",
            "db.cassandra.table",
            "db.cosmosdb.container");
    public static final SemanticName DB_QUERY = new SemanticName(ValueForm.TEXT, "db.query.text", "db.statement");
    public static final SemanticName DESTINATION = new SemanticName(
            ValueForm.TEXT, "messaging.destination.name", "messaging.destination", "message_bus.destination");
    public static final SemanticName MESSAGING_OPERATION =
            new SemanticName(ValueForm.TEXT, "messaging.operation.type", "messaging.operation");
    public static final SemanticName MESSAGING_PARTITION = new SemanticName(
            ValueForm.TEXT,
            "messaging.destination.partition.id",
            "messaging.kafka.destination.partition",
            "messaging.kafka.partition");
    public static final SemanticName MESSAGING_GROUP = new SemanticName(
            ValueForm.TEXT,
            "messaging.consumer.group.name",
            "messaging.kafka.consumer.group",
            "messaging.kafka.consumer_group",
            "messaging.rocketmq.client_group",
            "messaging.eventhubs.consumer.group");
    public static final SemanticName MESSAGING_CLIENT = new SemanticName(
            ValueForm.TEXT,
            "messaging.client.id",
            "messaging.client_id",
            "messaging.kafka.client_id",
            "messaging.rocketmq.client_id");
    public static final SemanticName MESSAGING_MESSAGE =
            new SemanticName(ValueForm.TEXT, "messaging.message.id", "messaging.message_id");
    public static final SemanticName MESSAGING_CONVERSATION =
            new SemanticName(ValueForm.TEXT, "messaging.message.conversation_id", "messaging.conversation_id");
    public static final SemanticName MESSAGING_BODY_SIZE = new SemanticName(
            ValueForm.INTEGER,
            "messaging.message.body.size",
            "messaging.message.payload_size_bytes",
            "messaging.message_payload_size_bytes");
    public static final SemanticName MESSAGING_OFFSET =
            new SemanticName(ValueForm.INTEGER, "messaging.kafka.offset", "messaging.kafka.message.offset");
    public static final SemanticName MESSAGING_KEY =
            new SemanticName(ValueForm.TEXT, "messaging.kafka.message.key", "messaging.kafka.message_key");
    public static final SemanticName CODE_FUNCTION =
            new SemanticName(ValueForm.TEXT, "code.function.name", "code.function");
    public static final SemanticName CODE_FILE = new SemanticName(ValueForm.TEXT, "code.file.path", "code.filepath");
    public static final SemanticName CODE_LINE = new SemanticName(ValueForm.INTEGER, "code.line.number", "code.lineno");
    public static final SemanticName CODE_COLUMN =
            new SemanticName(ValueForm.INTEGER, "code.column.number", "code.column");
    public static final SemanticName THREAD_ID = new SemanticName(ValueForm.INTEGER, "thread.id");
    public static final SemanticName GEN_AI_PROVIDER =
            new SemanticName(ValueForm.TEXT, "gen_ai.provider.name", "gen_ai.system");
    public static final SemanticName GEN_AI_INPUT =
            new SemanticName(ValueForm.INTEGER, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");
    public static final SemanticName GEN_AI_OUTPUT =
            new SemanticName(ValueForm.INTEGER, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
    public static final SemanticName ENVOY_FLAGS =
            new SemanticName(ValueForm.TEXT, "envoy.response_flags", "response_flags");
    public static final SemanticName ENVOY_DURATION = new SemanticName(ValueForm.REAL, "envoy.duration");
    public static final SemanticName ENVOY_UPSTREAM_TIME =
            new SemanticName(ValueForm.REAL, "envoy.upstream_service_time");
    public static final SemanticName KONG_TRY = new SemanticName(ValueForm.INTEGER, "kong.balancer.try");
    public static final SemanticName KONG_TRIES = new SemanticName(ValueForm.INTEGER, "kong.upstream.try.count");
    public static final SemanticName KONG_TOTAL = new SemanticName(ValueForm.REAL, "kong.latency.total");
    public static final SemanticName KONG_INTERNAL = new SemanticName(ValueForm.REAL, "kong.latency.internal");
    public static final SemanticName KONG_UPSTREAM = new SemanticName(ValueForm.REAL, "kong.latency.upstream");
    public static final SemanticName KONG_RECEIVE = new SemanticName(ValueForm.REAL, "kong.latency.receive");
    public static final SemanticName KONG_UPSTREAM_STATUS =
            new SemanticName(ValueForm.HTTP_STATUS, "kong.upstream.status_code");
    public static final SemanticName KONG_ROUTE_ID = new SemanticName(ValueForm.TEXT, "kong.route.id", "kong.route");
    public static final SemanticName KONG_ROUTE_NAME =
            new SemanticName(ValueForm.TEXT, "kong.route.name", "kong.route_name");
    public static final SemanticName KONG_SERVICE_ID =
            new SemanticName(ValueForm.TEXT, "kong.service.id", "kong.service");
    public static final SemanticName KONG_SERVICE_NAME =
            new SemanticName(ValueForm.TEXT, "kong.service.name", "kong.service_name");
    public static final SemanticName KONG_CONSUMER_ID =
            new SemanticName(ValueForm.TEXT, "kong.auth.consumer.id", "kong.consumer", "kong.consumer.id");
    public static final SemanticName KONG_CONSUMER_NAME = new SemanticName(
            ValueForm.TEXT,
            "kong.auth.consumer.name",
            "kong.auth.consumer.username",
            "kong.consumer.username",
            "kong.consumer.name");
    public static final SemanticName ENVIRONMENT =
            new SemanticName(ValueForm.TEXT, "deployment.environment.name", "deployment.environment");
    public static final SemanticName CONTAINER_RUNTIME =
            new SemanticName(ValueForm.TEXT, "container.runtime.name", "container.runtime");
    public static final SemanticName MESH = new SemanticName(ValueForm.TEXT, "kuma.mesh", "kuma.io/mesh");
    public static final SemanticName ZONE = new SemanticName(ValueForm.TEXT, "kuma.zone", "kuma.io/zone");
    public static final SemanticName WORKLOAD = new SemanticName(ValueForm.TEXT, "kuma.workload", "kuma.io/workload");

    private static final Map<String, SemanticName> BY_NAME = byName();

    private final ValueForm form;
    private final String key;
    private final List<String> older;
    private final String[] names;

    private SemanticName(ValueForm form, String key, String... older) {
        this.form = form;
        this.key = key;
        this.older = List.of(older);
        this.names = Stream.concat(Stream.of(key), Stream.of(older)).toArray(String[]::new);
        ALL.add(this);
    }

    /** The whole vocabulary. */
    public static List<SemanticName> all() {
        return List.copyOf(ALL);
    }

    /** What {@code name}, present or older, is a name of. */
    public static Optional<SemanticName> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The present name of {@code name}, which may be it. */
    public static String present(String name) {
        SemanticName known = BY_NAME.get(name);
        return known == null ? name : known.key;
    }

    /** The present name. */
    public String key() {
        return key;
    }

    /** What else it is called, the likeliest first. */
    public List<String> older() {
        return older;
    }

    /** How its values are. */
    ValueForm form() {
        return form;
    }

    /** The text under the first of its names that is there and not empty. */
    public Optional<String> text(Map<String, Object> attributes) {
        return Attributes.text(attributes, names);
    }

    /** The value under the first of its names that is there. */
    Optional<Object> value(Map<String, Object> attributes) {
        for (String name : names) {
            Object value = attributes.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static Map<String, SemanticName> byName() {
        Map<String, SemanticName> names = new HashMap<>();
        for (SemanticName meant : ALL) {
            for (String name : meant.names) {
                if (names.put(name, meant) != null) {
                    throw new IllegalStateException(name + " means two things");
                }
            }
        }
        return Map.copyOf(names);
    }
}
