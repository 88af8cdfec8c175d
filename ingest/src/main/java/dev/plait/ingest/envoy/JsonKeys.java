package dev.plait.ingest.envoy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which member of a JSON line means what. Users name the members of {@code json_format} themselves, so each meaning has the
 * names that documentation and common configurations use, in snake, kebab and camel case.
 */
final class JsonKeys {
    private static final Map<String, Column> COLUMNS = new HashMap<>();
    private static final Map<String, String> ATTRIBUTES = new HashMap<>();

    /** Operators without a column; Istio's default JSON has the first of them. */
    private static final List<String> OPERATORS = List.of(
            "upstream_cluster",
            "route_name",
            "response_code_details",
            "connection_termination_details",
            "upstream_transport_failure_reason",
            "upstream_local_address",
            "downstream_local_address",
            "requested_server_name",
            "downstream_transport_failure_reason",
            "downstream_direct_remote_address",
            "downstream_local_port",
            "downstream_local_uri_san",
            "downstream_peer_subject",
            "downstream_peer_uri_san",
            "downstream_tls_version",
            "downstream_tls_cipher",
            "upstream_cluster_raw",
            "upstream_request_attempt_count",
            "upstream_protocol",
            "upstream_peer_subject",
            "upstream_peer_uri_san",
            "upstream_tls_version",
            "upstream_tls_cipher",
            "virtual_cluster_name",
            "connection_id",
            "upstream_connection_id",
            "request_duration",
            "request_tx_duration",
            "response_duration",
            "response_tx_duration",
            "access_log_type",
            "kuma_zone",
            "kuma_workload",
            "kuma_traffic_direction");

    static {
        for (String operator : OPERATORS) {
            String text = operator.toUpperCase(Locale.ROOT);
            String attribute = Operator.of('%' + text + '%', text, "").attribute();
            spellings(operator).forEach(name -> ATTRIBUTES.put(name, attribute));
        }
        names(Column.START_TIME, "start_time", "timestamp", "time", "@timestamp", "ts");
        names(Column.LOG_TYPE, "access_log_type");
        names(Column.MESH, "kuma_mesh", "mesh");
        names(Column.METHOD, "method", "request_method", "http_method", ":method");
        names(Column.PATH, "path", "request_path", "x_envoy_original_path", ":path");
        names(Column.PATH, "x_envoy_origin_path"); // Envoy Gateway's name;
        names(Column.PROTOCOL, "protocol");
        names(Column.STATUS, "response_code", "status", "status_code");
        names(Column.GRPC_STATUS, "grpc_status", "grpc_status_code", "grpc_status_number");
        names(Column.FLAGS, "response_flags", "response_flags_long");
        names(Column.BYTES_RECEIVED, "bytes_received", "request_bytes");
        names(Column.BYTES_SENT, "bytes_sent", "response_bytes");
        names(Column.DURATION, "duration", "duration_ms", "duration_millis");
        names(Column.UPSTREAM_TIME, "upstream_service_time", "x_envoy_upstream_service_time");
        names(Column.FORWARDED_FOR, "x_forwarded_for", "forwarded_for");
        names(Column.USER_AGENT, "user_agent");
        names(Column.REQUEST_ID, "request_id", "x_request_id");
        names(Column.AUTHORITY, "authority", "host", ":authority");
        names(Column.SOURCE, "kuma_source_service", "source_service");
        names(Column.DESTINATION, "kuma_destination_service", "destination_service");
        names(Column.SOURCE_ADDRESS, "kuma_source_address_without_port", "kuma_source_address");
        names(Column.UPSTREAM_HOST, "upstream_host");
        names(Column.DOWNSTREAM_ADDRESS, "downstream_remote_address", "downstream_remote_address_without_port");
        names(Column.TRACE_ID, "trace_id", "traceid", "traceID", "TraceID", "x_trace_id");
        names(Column.SPAN_ID, "span_id", "spanID");
        names(Column.TRACEPARENT, "traceparent");
        names(Column.B3, "b3");
        names(Column.B3_TRACE_ID, "x_b3_traceid", "b3_traceid");
        names(Column.JAEGER, "uber_trace_id");
        names(Column.DATADOG, "dd.trace_id", "dd_trace_id", "x_datadog_trace_id", "x_datadog_traceid");
        names(Column.XRAY, "x_amzn_trace_id");
        names(Column.CLOUD_TRACE, "x_cloud_trace_context");
    }

    private JsonKeys() {}

    /** The meaning of every known name. */
    static Map<String, Column> columns() {
        return new HashMap<>(COLUMNS);
    }

    /** What a member's value is an attribute of: the operator's of its name, as in lines of text; else the name itself. */
    static String attribute(String name) {
        return ATTRIBUTES.getOrDefault(name, name);
    }

    private static void names(Column column, String... names) {
        for (String name : names) {
            spellings(name).forEach(spelling -> COLUMNS.put(spelling, column));
        }
    }

    private static List<String> spellings(String name) {
        return List.of(name, name.replace('_', '-'), camel(name));
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < snake.length(); i++) {
            boolean joint = snake.charAt(i) == '_' && i + 1 < snake.length();
            camel.append(joint ? Character.toUpperCase(snake.charAt(++i)) : snake.charAt(i));
        }
        return camel.toString();
    }
}
