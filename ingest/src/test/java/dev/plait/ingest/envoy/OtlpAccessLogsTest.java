package dev.plait.ingest.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import dev.plait.ingest.RequestKey;
import dev.plait.ingest.accesslog.RecordedLogs;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ItemFlags;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Kuma's OpenTelemetry backend and Envoy's OpenTelemetry access logger send, formats.md B.3. */
class OtlpAccessLogsTest {
    private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
    private static final String LINE =
            "[2026-01-01T00:00:00.310Z] default \"GET /api/v1/users?token=s3cr3t HTTP/1.1\" 503 UF,URX 0 91 12 - \"-\""
                    + " \"curl/8.5\" \"-\" \"req-1\" \"users.mesh\" \"frontend\" \"backend\" \"10.42.0.7\" \"10.42.1.9:8080\"";
    private static final String TCP = "[2026-01-01T00:00:00.310Z] UF default 10.42.0.7(frontend)->10.42.1.9:5432(db)"
            + " took 3ms, sent 10 bytes, received: 20 bytes";
    private static final int GOOD = ItemFlags.LOG | ItemFlags.ACCESS_LOG;
    private static final int FAILED = GOOD | ItemFlags.ERROR;
    private static final String MESH = "MeshAccessLog";

    private final OtlpDecoder decoder = OtlpAccessLogs.decoder(MeshFormat.byDefault(), Redaction.DEFAULT);

    @Test
    void lineInABody_isWhatItIsOnATopicOfLines() {
        RecordedLogs.Log log = decoded(MESH, record(LINE)).only();
        RecordedLogs.Log line = RecordedLogs.of(new MeshDecoder(), LINE).only();

        assertThat(log.attributes()).isEqualTo(line.attributes());
        assertThat(log.flags()).isEqualTo(line.flags()).isEqualTo(FAILED);
        assertThat(log.requestKey()).contains(RequestKey.of("req-1"));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(line.record().getTimeUnixNano());
        assertThat(log.record().getBody()).isEqualTo(line.record().getBody());
        assertThat(log.record().toString()).doesNotContain("s3cr3t");
        assertThat(log.resource()).isEqualTo(Map.of("log_name", MESH));
    }

    @Test
    void copies_haveOneHash_andOtherResourcesAnother() {
        RecordedLogs logs = decoded(MESH, record(LINE), record(LINE));

        assertThat(logs.logs)
                .hasSize(2)
                .extracting(RecordedLogs.Log::hash)
                .containsOnly(logs.logs.get(0).hash());
        assertThat(decoded("other", record(LINE)).only().hash())
                .isNotEqualTo(logs.logs.get(0).hash());
        assertThat(logs.resources()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void record_isJudged(String row, String logName, LogRecord.Builder record, int flags, Map<String, String> some) {
        RecordedLogs logs = decoded(logName, record);

        assertThat(logs.only().flags()).isEqualTo(flags);
        assertThat(logs.only().attributes()).containsAllEntriesOf(new TreeMap<>(some));
        boolean unread = flags == ItemFlags.LOG && !logName.isEmpty();
        assertThat(logs.normalised.containsKey("unread_access_log")).isEqualTo(unread);
    }

    static Stream<Arguments> records() {
        LogRecord.Builder none = LogRecord.newBuilder();
        LogRecord.Builder json = none.clone()
                .setBody(map(
                        "method", "GET", "path", "/a", "response_code", "503", "response_flags", "UF", "team", "x"));
        LogRecord.Builder attributes = none.clone()
                .addAllAttributes(map("method", "GET", "response_code", "200", "duration", "12", "order.total", "7.5")
                        .getKvlistValue()
                        .getValuesList());
        String good = LINE.replace("503 UF,URX", "200 -");
        return Stream.of(
                arguments("line", MESH, record(LINE), FAILED, Map.of("http.response.status_code", "503")),
                arguments("line with its end", MESH, record(LINE + "\n"), FAILED, Map.of("kuma.mesh", "default")),
                arguments("good line", MESH, record(good), GOOD, Map.of("http.response.status_code", "200")),
                arguments("TCP line", MESH, record(TCP), FAILED, Map.of("kuma.destination.service", "db")),
                arguments("Envoy's line", "envoy", record(MeshLines.ENVOY), GOOD, Map.of("url.path", "/orders")),
                arguments(
                        "tag beside a line",
                        MESH,
                        record(LINE).addAttributes(pair("team", "x")),
                        FAILED,
                        Map.of("team", "x")),
                arguments(
                        "map", MESH, json, FAILED, Map.of("url.path", "/a", "envoy.response_flags", "UF", "team", "x")),
                arguments("attributes", MESH, attributes, GOOD, Map.of("envoy.duration", "12.0", "order.total", "7.5")),
                arguments(
                        "number",
                        MESH,
                        attributes
                                .clone()
                                .addAttributes(KeyValue.newBuilder()
                                        .setKey("response_code")
                                        .setValue(AnyValue.newBuilder().setIntValue(500))),
                        FAILED,
                        Map.of()),
                arguments(
                        "JSON text",
                        MESH,
                        record("{\"method\":\"GET\",\"response_code\":503,\"route_name\":\"r\",\"team\":\"x\"}"),
                        FAILED,
                        Map.of("http.response.status_code", "503", "envoy.route_name", "r", "team", "x")),
                arguments(
                        "one member in JSON text, one attribute",
                        MESH,
                        record("{\"method\":\"GET\"}").addAttributes(pair("response_code", "200")),
                        GOOD,
                        Map.of("http.response.status_code", "200")),
                arguments("JSON text of another log", MESH, record("{\"level\":\"info\"}"), ItemFlags.LOG, Map.of()),
                arguments(
                        "half of JSON text",
                        MESH,
                        record("{\"method\":\"GET\",\"response_code"),
                        ItemFlags.LOG,
                        Map.of()),
                arguments(
                        "map in a map",
                        MESH,
                        none.clone()
                                .setBody(with(
                                        map("method", "GET", "response_code", "200", "upstream_cluster", "c"),
                                        "order",
                                        map("total", "7.5"))),
                        GOOD,
                        Map.of("envoy.upstream_cluster", "c", "order.total", "7.5")),
                arguments("no access logger", "", record(LINE), ItemFlags.LOG, Map.of()),
                arguments("half a line", MESH, record(LINE.substring(0, 60)), ItemFlags.LOG, Map.of()),
                arguments("two lines", MESH, record(LINE + "\n" + LINE), ItemFlags.LOG, Map.of()),
                arguments("other text", MESH, record("GET /a 503"), ItemFlags.LOG, Map.of()),
                arguments("one member", MESH, none.clone().setBody(map("method", "GET")), ItemFlags.LOG, Map.of()),
                arguments(
                        "bad value",
                        MESH,
                        none.clone().setBody(map("method", "GET", "response_code", "200", "duration", "soon")),
                        ItemFlags.LOG,
                        Map.of()),
                arguments("nothing", MESH, none, ItemFlags.LOG, Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configured")
    void recordOfAConfiguredFormat_isAnAccessLog(String row, LogRecord.Builder record, Map<String, String> some) {
        OtlpDecoder own = OtlpAccessLogs.decoder(
                MeshFormat.of(
                        "%REQ(:METHOD)% %REQ(X-TENANT)% %RESPONSE_CODE% %DURATION%\n",
                        Map.of("code", "%RESPONSE_CODE%", "tenant", "%REQ(X-TENANT)%")),
                Redaction.DEFAULT);

        RecordedLogs logs = RecordedLogs.of(own, data(MESH, record));

        assertThat(logs.only().flags()).isEqualTo(FAILED);
        assertThat(logs.only().attributes()).containsAllEntriesOf(new TreeMap<>(some));
        assertThat(logs.normalised).doesNotContainKey("unread_access_log");
    }

    static Stream<Arguments> configured() {
        Map<String, String> some = Map.of("http.response.status_code", "503", "http.request.header.x-tenant", "a shop");
        return Stream.of(
                arguments("line", record("GET a shop 503 12\n"), some),
                arguments("default line", record(LINE), Map.of("kuma.mesh", "default")),
                arguments("JSON text", record("{\"code\":\"503\",\"tenant\":\"a shop\"}"), some),
                arguments("map", LogRecord.newBuilder().setBody(map("code", "503", "tenant", "a shop")), some),
                arguments(
                        "attributes",
                        LogRecord.newBuilder()
                                .addAttributes(pair("tenant", "a shop"))
                                .addAttributes(pair("code", "503")),
                        some));
    }

    @Test
    void manyMembers_areKeptUpToALimit_andDeepOrLongOnesNot() {
        KeyValueList.Builder members = map("method", "GET", "response_code", "200").getKvlistValue().toBuilder();
        for (int i = 0; i < 100; i++) {
            members.addValues(pair("m" + i, "x"));
        }
        KeyValueList.Builder wide = KeyValueList.newBuilder();
        for (int i = 0; i < 20_000; i++) {
            wide.addValues(pair("w" + i, "x"));
        }
        members.addValues(KeyValue.newBuilder()
                .setKey("k".repeat(4_000))
                .setValue(AnyValue.newBuilder().setKvlistValue(wide)));

        RecordedLogs logs = decoded(
                MESH, LogRecord.newBuilder().setBody(AnyValue.newBuilder().setKvlistValue(members)));

        assertThat(logs.only().attributes()).containsKey("m63").doesNotContainKey("m64");
        assertThat(logs.normalised).containsEntry("field_over_limit", 37);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traces")
    void activeTrace_countsBeforeTheHeader(String row, String active, String header, String expected) {
        LogRecord.Builder record = record(LINE.replace("\"curl/8.5\" \"-\"", "\"curl/8.5\" \"" + header + "\""));
        if (!active.isEmpty()) {
            record.setTraceId(id(active)).setSpanId(id("00f067aa0ba902b7"));
        }

        RecordedLogs.Log log = decoded(MESH, record).only();

        assertThat(log.trace()).isEqualTo(expected);
        assertThat(log.span()).isEqualTo(active.isEmpty() ? "" : "00f067aa0ba902b7");
    }

    static Stream<Arguments> traces() {
        String narrow = "0".repeat(16) + TRACE.substring(16);
        String other = "4bf92f3577b34da6a3ce929d0e0e4736";
        return Stream.of(
                arguments("none", "", "-", ""),
                arguments("header alone", "", TRACE, TRACE),
                arguments("active alone", TRACE, "-", TRACE),
                arguments("both", TRACE, other, TRACE),
                arguments("active of 64 bits", narrow, TRACE, TRACE),
                arguments("active of 64 bits, another header", narrow, other, narrow),
                arguments("header of 64 bits", TRACE, TRACE.substring(16), TRACE));
    }

    @Test
    void timeOfTheRecord_countsWhereTheLineHasNone() {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setTimeUnixNano(1_767_225_600_310_000_001L)
                .setBody(map("method", "GET", "response_code", "200"));

        assertThat(decoded(MESH, record).only().record().getTimeUnixNano()).isEqualTo(1_767_225_600_310_000_001L);
    }

    private RecordedLogs decoded(String logName, LogRecord.Builder... records) {
        return RecordedLogs.of(decoder, data(logName, records));
    }

    private static byte[] data(String logName, LogRecord.Builder... records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder record : records) {
            scope.addLogRecords(record);
        }
        Resource.Builder resource = Resource.newBuilder();
        if (!logName.isEmpty()) {
            resource.addAttributes(pair("log_name", logName));
        }
        return LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static LogRecord.Builder record(String body) {
        return LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body));
    }

    private static AnyValue map(String... members) {
        KeyValueList.Builder list = KeyValueList.newBuilder();
        for (int i = 0; i < members.length; i += 2) {
            list.addValues(pair(members[i], members[i + 1]));
        }
        return AnyValue.newBuilder().setKvlistValue(list).build();
    }

    private static AnyValue with(AnyValue map, String key, AnyValue value) {
        AnyValue.Builder with = map.toBuilder();
        with.getKvlistValueBuilder().addValues(KeyValue.newBuilder().setKey(key).setValue(value));
        return with.build();
    }

    private static KeyValue pair(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString id(String hex) {
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2);
        for (int at = 0; at < hex.length(); at += 16) {
            bytes.putLong(Hex.parse(hex, at, at + 16));
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
