package dev.plait.ingest.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.RequestKey;
import dev.plait.ingest.accesslog.RecordedLogs;
import dev.plait.schemas.model.ItemFlags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshDecoderTest {
    private static final long START = 1_767_225_600_310_000_000L;
    private static final String WIDE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String NARROW = "0000000000000000a3ce929d0e0e4736";

    private final MeshDecoder decoder = new MeshDecoder();

    @Test
    void kumaLine_becomesOneAccessLogRecord() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.KUMA + "\n").only();

        assertThat(log.trace()).isEqualTo(MeshLines.B3);
        assertThat(log.flags()).isEqualTo(ItemFlags.LOG | ItemFlags.ACCESS_LOG | ItemFlags.ERROR);
        assertThat(log.requestKey()).contains(RequestKey.of(MeshLines.REQUEST_ID));
        assertThat(log.resource()).isEqualTo(Map.of("kuma.mesh", "default"));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(START);
        assertThat(log.record().getBody().getStringValue()).isEqualTo("GET /api/v1/users 503");
        assertThat(log.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("http.request.method", "GET"),
                        Map.entry("url.path", "/api/v1/users"),
                        Map.entry("url.query", "page=2&token=******"),
                        Map.entry("http.response.status_code", "503"),
                        Map.entry("http.request.size", "5"),
                        Map.entry("http.response.size", "91"),
                        Map.entry("server.address", "users.mesh"),
                        Map.entry("client.address", "10.0.0.1"),
                        Map.entry("user_agent.original", "curl/8.5"),
                        Map.entry("network.protocol.version", "1.1"),
                        Map.entry("network.peer.address", "10.42.1.9:8080"),
                        Map.entry("http.request.header.host", "users.mesh:80"),
                        Map.entry("http.request.header.x-forwarded-for", "10.0.0.1, 10.0.0.2"),
                        Map.entry("http.request.header.x-request-id", MeshLines.REQUEST_ID),
                        Map.entry("envoy.response_flags", "UF,URX"),
                        Map.entry("envoy.duration", "12.0"),
                        Map.entry("envoy.upstream_service_time", "7.0"),
                        Map.entry("kuma.mesh", "default"),
                        Map.entry("kuma.source.service", "frontend"),
                        Map.entry("kuma.destination.service", "backend"),
                        Map.entry("kuma.source.address", "10.42.0.7")));
    }

    /** As a collector's Kafka exporter writes a body of text with encoding {@code raw}. */
    @Test
    void lineInAJsonString_isTheLine() {
        String quoted = "\"" + MeshLines.KUMA.replace("\"", "\\\"") + "\"";

        RecordedLogs logs = RecordedLogs.of(decoder, quoted);

        assertThat(logs.only().hash())
                .isEqualTo(RecordedLogs.of(decoder, MeshLines.KUMA).only().hash());
        assertThat(logs.normalised).isEqualTo(Map.of("json_string", 1));
    }

    @Test
    void kumaLine_withoutTraceIdColumn_isTheSameButUntraced() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.KUMA_8).only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.attributes())
                .isEqualTo(RecordedLogs.of(decoder, MeshLines.KUMA).only().attributes());
    }

    @Test
    void istioLine_isEnvoysWithMoreToIt() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.ISTIO).only();

        assertThat(log.attributes())
                .containsAllEntriesOf(
                        RecordedLogs.of(decoder, MeshLines.ENVOY).only().attributes())
                .containsEntry("envoy.response_code_details", "via_upstream")
                .containsEntry("envoy.upstream_cluster", "outbound|8080||orders.shop.svc.cluster.local")
                .containsEntry("envoy.upstream_local_address", "10.42.0.7:40112")
                .containsEntry("envoy.downstream_local_address", "10.96.0.12:8080")
                .containsEntry("client.address", "10.42.0.7")
                .containsEntry("envoy.route_name", "v1");
        assertThat(log.requestKey()).contains(RequestKey.of(MeshLines.REQUEST_ID));
    }

    @Test
    void istioLine_mayBeOfAConnection_orOfAFailure() {
        String connection = "[2026-01-01T00:00:00.310Z] \"- - -\" 0 UF,URX - - \"delayed connect error: 111\" 0 0 12 -"
                + " \"-\" \"-\" \"-\" \"-\" \"10.42.1.9:5432\" outbound|5432||db - 10.96.0.9:5432 10.42.0.7:5000 - -";

        RecordedLogs.Log log = RecordedLogs.of(decoder, connection).only();

        assertThat(log.isError()).isTrue();
        assertThat(log.attributes())
                .containsEntry("envoy.upstream_transport_failure_reason", "delayed connect error: 111")
                .containsEntry("envoy.bytes_sent", "0")
                .doesNotContainKey("http.response.size");
        assertThat(RecordedLogs.of(decoder, connection.replace(" - -", "")).refusal())
                .isEqualTo("TRUNCATED");
    }

    @Test
    void envoyLine_isRead() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.ENVOY).only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.isError()).isFalse();
        assertThat(log.resource()).isEmpty();
        assertThat(log.requestKey()).contains(RequestKey.of(MeshLines.REQUEST_ID));
        assertThat(log.record().getBody().getStringValue()).isEqualTo("POST /orders 200");
        assertThat(log.attributes())
                .containsEntry("network.protocol.version", "2")
                .containsEntry("envoy.upstream_service_time", "31.0")
                .doesNotContainKeys("envoy.response_flags", "client.address", "http.request.header.x-forwarded-for");
    }

    @Test
    void tcpLine_isReadAsAConnection() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.TCP).only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.requestKey()).isEmpty();
        assertThat(log.record().getTimeUnixNano()).isEqualTo(START);
        assertThat(log.record().getBody().getStringValue()).isEqualTo("TCP frontend postgres");
        assertThat(log.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("kuma.mesh", "default"),
                        Map.entry("kuma.source.service", "frontend"),
                        Map.entry("kuma.source.address", "10.42.0.7"),
                        Map.entry("client.address", "10.42.0.7"),
                        Map.entry("kuma.destination.service", "postgres"),
                        Map.entry("network.peer.address", "10.42.1.9:5432"),
                        Map.entry("envoy.duration", "220.0"),
                        Map.entry("envoy.bytes_sent", "4096"),
                        Map.entry("envoy.bytes_received", "120")));
    }

    @Test
    void jsonLine_givesWhatTheTextLineGives() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.JSON).only();

        assertThat(log.isError()).isTrue();
        assertThat(log.requestKey()).contains(RequestKey.of(MeshLines.REQUEST_ID));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(START);
        assertThat(log.resource()).isEqualTo(Map.of("kuma.mesh", "default"));
        assertThat(log.attributes())
                .containsEntry("user_agent.original", "curl/8.5")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("client.address", "10.42.0.7")
                .containsEntry("envoy.duration", "12.0")
                .doesNotContainKey("envoy.upstream_service_time");
    }

    @Test
    void typedJson_isReadLikewise() {
        String typed =
                "{\"startTime\":\"2026-01-01T00:00:00.310Z\",\"method\":\"GET\",\"path\":\"/a\",\"responseCode\":200,"
                        + "\"duration\":12,\"bytesSent\":91,\"upstreamHost\":null,\"request-id\":\"r-1\",\"nested\":{\"a\":[1]}}";

        RecordedLogs.Log log = RecordedLogs.of(decoder, typed).only();

        assertThat(log.record().getTimeUnixNano()).isEqualTo(START);
        assertThat(log.requestKey()).contains(RequestKey.of("r-1"));
        assertThat(log.attributes())
                .containsEntry("http.response.status_code", "200")
                .containsEntry("http.response.size", "91")
                .containsEntry("envoy.duration", "12.0")
                .doesNotContainKey("network.peer.address");
    }

    @ParameterizedTest
    @CsvSource({
        "grpc_status, '\"Unavailable\"', true",
        "grpcStatus, '\"DATA_LOSS\"', true",
        "grpc_status_number, 14, true",
        "grpc_status, '\"NotFound\"', false",
        "grpc_status, 0, false",
        "grpc_status, '\"-\"', false",
        "grpc_status, null, false",
    })
    void grpcStatusOfAJsonLine_tellsAFailureUnderHttp200(String name, String value, boolean error) {
        String json = "{\"method\":\"POST\",\"path\":\"/a.B/C\",\"response_code\":200,\"" + name + "\":" + value + "}";

        assertThat(RecordedLogs.of(decoder, json).only().isError()).isEqualTo(error);
    }

    /** Names as documentation has them, and the method with the one quote that Kuma's puts before it. */
    @Test
    void membersOfDocumentedConfigurations_areKnown() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"start_time\":\"2026-01-01T00:00:00Z\",\"method\":\"\\\"GET\",\"response_code\":\"200\",\"duration_millis\":\"7\","
                                + "\"traceID\":\"" + MeshLines.B3 + "\",\"spanID\":\"a2fb4a1d1a96d312\"}")
                .only();

        assertThat(log.trace()).isEqualTo(MeshLines.B3);
        assertThat(log.span()).isEqualTo("a2fb4a1d1a96d312");
        assertThat(log.attributes())
                .isEqualTo(Map.of(
                        "http.request.method", "GET", "http.response.status_code", "200", "envoy.duration", "7.0"));
    }

    /** The members of Istio's default JSON: those without a place in the vocabulary are called as in lines of text. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void membersOfIstiosJson_areKept(boolean typed) {
        String json = """
                {"start_time":"2026-01-01T00:00:00.310Z","method":"GET","path":"/reviews/7","protocol":"HTTP/1.1",\
                "response_code":%1$s503%1$s,"response_flags":"UF","response_code_details":"upstream_reset_before_response_started",\
                "connection_termination_details":%2$s,"upstream_transport_failure_reason":"delayed_connect_error:_111",\
                "bytes_received":%1$s0%1$s,"bytes_sent":%1$s91%1$s,"duration":%1$s12%1$s,"upstream_service_time":%2$s,\
                "x_forwarded_for":"203.0.113.9","user_agent":"curl/8.5","request_id":"r-1","authority":"reviews:9080",\
                "upstream_host":"10.42.1.9:9080","upstream_cluster":"outbound|9080||reviews.default.svc.cluster.local",\
                "upstream_local_address":"10.42.0.7:41234","downstream_local_address":"10.96.0.20:9080",\
                "downstream_remote_address":"10.42.0.7:55123","requested_server_name":%2$s,"route_name":"default"}""".formatted(typed ? "" : "\"", typed ? "null" : "\"-\"");

        RecordedLogs logs = RecordedLogs.of(decoder, json);

        assertThat(logs.normalised).isEmpty();
        assertThat(logs.only().attributes())
                .containsAllEntriesOf(Map.of(
                        "envoy.response_code_details", "upstream_reset_before_response_started",
                        "envoy.upstream_transport_failure_reason", "delayed_connect_error:_111",
                        "envoy.upstream_cluster", "outbound|9080||reviews.default.svc.cluster.local",
                        "envoy.upstream_local_address", "10.42.0.7:41234",
                        "envoy.downstream_local_address", "10.96.0.20:9080",
                        "envoy.downstream_remote_address", "10.42.0.7:55123",
                        "envoy.route_name", "default",
                        "client.address", "203.0.113.9",
                        "server.address", "reviews"))
                .doesNotContainKeys(
                        "envoy.connection_termination_details", "envoy.requested_server_name", "upstream_cluster");
    }

    @Test
    void membersNobodyKnows_areAttributesByTheirPath_upToALimit() {
        StringBuilder json = new StringBuilder(
                "{\"method\":\"GET\",\"response_code\":\"200\",\"routeName\":\"r\",\"team\":\"shop\",");
        json.append(
                "\"none\":\"-\",\"order\":{\"total\":7.5,\"vip\":true,\"lines\":[1]},\"url.path\":\"/x\",\"api_token\":\"abc\",");
        json.append("\"note\":\"").append("n".repeat(2_000)).append('"');
        for (int i = 0; i < 100; i++) {
            json.append(",\"m").append(i).append("\":").append(i);
        }

        RecordedLogs logs = RecordedLogs.of(decoder, json + "}");

        assertThat(logs.only().attributes())
                .containsEntry("envoy.route_name", "r")
                .containsEntry("team", "shop")
                .containsEntry("order.total", "7.5")
                .containsEntry("order.vip", "true")
                .containsEntry("api_token", "***")
                .containsEntry("m0", "0")
                .doesNotContainKeys("none", "order.lines", "url.path", "m99");
        assertThat(logs.only().get("note")).hasSize(1024);
        assertThat(logs.normalised)
                .containsEntry("field_over_limit", 42)
                .containsEntry("truncated_text", 1)
                .containsEntry("duplicate_key", 1);
    }

    @Test
    void jsonOfAConnection_isToldByItsLackOfHttp() {
        String tcp =
                "{\"method\":\"-\",\"path\":\"-\",\"response_code\":\"0\",\"bytes_sent\":\"9\",\"bytes_received\":\"8\","
                        + "\"kuma_source_service\":\"a\",\"kuma_destination_service\":\"b\"}";

        RecordedLogs.Log log = RecordedLogs.of(decoder, tcp).only();

        assertThat(log.get("envoy.bytes_sent")).isEqualTo("9");
        assertThat(log.record().getBody().getStringValue()).isEqualTo("TCP a b");
    }

    @ParameterizedTest
    @CsvSource({
        "trace_id, " + WIDE + ", " + WIDE,
        "traceid, a3ce929d0e0e4736, " + NARROW,
        "traceId, 11803532876627986230, " + NARROW,
        "TraceID, " + WIDE + ", " + WIDE,
        "x_b3_traceid, " + WIDE + ", " + WIDE,
        "x-b3-traceid, 1234567890123456, 00000000000000001234567890123456",
        "b3, a3ce929d0e0e4736-00f067aa0ba902b7-1, " + NARROW,
        "traceparent, 00-" + WIDE + "-00f067aa0ba902b7-01, " + WIDE,
        "dd.trace_id, 11803532876627986230, " + NARROW,
        "dd_trace_id, " + WIDE + ", " + WIDE,
        "x_datadog_trace_id, 1234567890123456, 0000000000000000000462d53c8abac0",
        "uber_trace_id, " + WIDE + ":1:0:1, " + WIDE,
        "x_amzn_trace_id, Root=1-4bf92f35-77b34da6a3ce929d0e0e4736, " + WIDE,
        "my_trace, " + WIDE + ", " + WIDE,
    })
    void traceIdKeys_areReadInTheirForm(String key, String value, String trace) {
        MeshDecoder configured = new MeshDecoder(MeshFormat.of("", Map.of("my_trace", "%TRACE_ID%")));
        String line = "{\"method\":\"GET\",\"response_code\":\"200\",\"" + key + "\":\"" + value + "\"}";

        assertThat(RecordedLogs.of(configured, line).only().trace()).isEqualTo(trace);
    }

    @Test
    void manyLines_areOneRecordEach_andBadOnesRefusedAlone() {
        String record = MeshLines.KUMA + "\r\n\n" + MeshLines.TCP + "\nnonsense\n  \n" + MeshLines.JSON + "\n"
                + MeshLines.ENVOY;

        RecordedLogs logs = RecordedLogs.of(decoder, record);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(4);
        assertThat(logs.logs)
                .extracting(log -> log.resource().getOrDefault("kuma.mesh", ""))
                .containsExactly("default", "default", "default", "");
        assertThat(logs.rejected).extracting(r -> r.item() + " " + r.reason()).containsExactly("2 WRONG_FORMAT");
        assertThat(logs.rejected.get(0).atByte()).isEqualTo(record.indexOf("nonsense"));
    }

    @Test
    void jsonDocuments_areRead() {
        String pretty = MeshLines.JSON.replace(",\"", ",\n  \"").replace("{\"", "{\n  \"");

        assertThat(RecordedLogs.of(decoder, pretty).logs).hasSize(1);
        assertThat(RecordedLogs.of(decoder, pretty + "\n" + pretty).logs).hasSize(2);
        assertThat(RecordedLogs.of(decoder, "[" + MeshLines.JSON + ",\n" + MeshLines.JSON + "]").logs)
                .hasSize(2);
        assertThat(RecordedLogs.of(decoder, MeshLines.JSON + "\n" + MeshLines.JSON + "\n").logs)
                .hasSize(2);
        assertThat(RecordedLogs.of(decoder, "[]").verdict).isEmpty();
    }

    @Test
    void secretInTheNameOfAMesh_isCoveredInTheResourceToo() {
        String json = "{\"method\":\"GET\",\"response_code\":200,\"kuma_mesh\":\"token=s3cr3t\"}";

        RecordedLogs.Log log = RecordedLogs.of(decoder, json).only();

        assertThat(log.resource()).isEqualTo(Map.of("kuma.mesh", "token=******"));
        assertThat(log.get("kuma.mesh")).isEqualTo("token=******");
    }

    @Test
    void meshes_areTheirLinesResources() {
        String other = MeshLines.KUMA.replace("] default ", "] staging ");

        RecordedLogs logs = RecordedLogs.of(decoder, MeshLines.KUMA + "\n" + other + "\n" + MeshLines.TCP);

        assertThat(logs.logs)
                .extracting(log -> log.resource().get("kuma.mesh"))
                .containsExactly("default", "staging", "default");
        assertThat(logs.logs.get(0).hash()).isNotEqualTo(logs.logs.get(1).hash());
    }

    @Test
    void emissarysLine_isEnvoys() {
        assertThat(RecordedLogs.of(decoder, "ACCESS " + MeshLines.ENVOY).only().hash())
                .isEqualTo(RecordedLogs.of(decoder, MeshLines.ENVOY).only().hash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            - default 127.0.0.1(unknown)->10.0.0.2:443(unknown) took 3ms, sent 0 bytes, received: 0 bytes    | true
            - default 127.0.0.1(unknown)->10.0.0.2:443(unknown) took -ms, sent 0 bytes, received: 0 bytes    | true
            - default 127.0.0.1(unknown)->10.0.0.2:443(unknown) took 9ms, sent 0 bytes, received: 317 bytes  | false
            UF default 127.0.0.1(unknown)->10.0.0.2:443(unknown) took 9ms, sent 0 bytes, received: 0 bytes   | false
            - default 127.0.0.1(unknown)->-(unknown) took 9ms, sent 0 bytes, received: 0 bytes               | false
            - default 127.0.0.1(web)->10.0.0.2:443(unknown) took 9ms, sent 0 bytes, received: 0 bytes        | false
            - default 127.0.0.1(unknown)->10.0.0.2:443(db) took 9ms, sent 0 bytes, received: 0 bytes         | false
            """)
    void zoneProxy_logsAConnectionTwice_andIsReadOnce(String rest, boolean passedOver) {
        RecordedLogs logs = RecordedLogs.of(decoder, "[2026-01-01T00:00:00.310Z] " + rest);

        if (passedOver) {
            assertThat(logs.refusal()).isEqualTo("NOT_ACCESS_LOG");
        } else {
            assertThat(logs.only().get("network.peer.address")).isEqualTo(rest.contains("->-") ? "" : "10.0.0.2:443");
        }
    }

    @Test
    void namesOfGateways_areKnown() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"ts\":\"2026-01-01T00:00:00.310Z\",\"method\":\"GET\",\"x-envoy-origin-path\":\"/a?b=1\","
                                + "\"response_code\":200,\"x_trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                                + "\"span_id\":\"00f067aa0ba902b7\"}")
                .only();

        assertThat(log.record().getTimeUnixNano()).isEqualTo(START);
        assertThat(log.get("url.path")).isEqualTo("/a");
        assertThat(log.trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(log.record().getSpanId().toByteArray())
                .isEqualTo(new byte[] {0, (byte) 0xf0, 0x67, (byte) 0xaa, 0x0b, (byte) 0xa9, 0x02, (byte) 0xb7});
        assertThat(log.attributes()).doesNotContainKeys("span_id", "envoy.span_id");
    }

    @Test
    void lineThatAShipperWrapped_isReadAsItIs() {
        for (String line : List.of(MeshLines.ENVOY, MeshLines.KUMA, MeshLines.TCP, MeshLines.JSON.replace("\n", ""))) {
            String text = line.replace("\\", "\\\\").replace("\"", "\\\"");
            String docker = "{\"log\":\"" + text + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-01-01T00:00:00Z\"}";
            String filebeat = "{\"@timestamp\":\"2026-01-01T00:00:00Z\",\"message\":\"" + text + "\"}";

            for (String wrapped : List.of(docker, filebeat)) {
                assertThat(RecordedLogs.of(decoder, wrapped).only().hash())
                        .as(wrapped)
                        .isEqualTo(RecordedLogs.of(decoder, line).only().hash());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"message":"hello"}                           | WRONG_FORMAT
            {"message":"[2026-01-01T00:00:00Z] hello"}    | TRUNCATED
            {"message":"{\\"method\\":\\"GET\\"}"}        | WRONG_FORMAT
            {"message":"{\\"method\\":\\"GET\\",\\"path"}  | WRONG_FORMAT
            {"log":"[2026-01-01T00:00:00Z] \\"GET / HTTP"} | TRUNCATED
            {"message":["[2026-01-01T00:00:00Z]"]}        | WRONG_FORMAT
            """)
    void wrapperWithoutAnAccessLog_isRefused(String value, String reason) {
        assertThat(RecordedLogs.of(decoder, value).refusal()).isEqualTo(reason);
    }

    @Test
    void accessLogWithAMessage_keepsIt() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, "{\"method\":\"GET\",\"path\":\"/\",\"message\":\"[x] y\"}")
                .only();

        assertThat(log.attributes()).containsEntry("message", "[x] y").containsEntry("url.path", "/");
    }
}
