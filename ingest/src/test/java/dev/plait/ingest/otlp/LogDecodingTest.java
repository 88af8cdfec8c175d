package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.log;
import static dev.plait.ingest.otlp.Samples.logs;
import static dev.plait.ingest.otlp.Samples.number;
import static dev.plait.ingest.otlp.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.RequestKey;
import dev.plait.schemas.model.ItemFlags;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogDecodingTest {
    @Test
    void logsUnderTheirOlderNames_areRead() {
        String json = """
                {"resourceLogs":[{"instrumentationLibraryLogs":[{"instrumentationLibrary":{"name":"a"},\
                "logs":[{"timeUnixNano":"1760000000000000000","name":"gone","body":{"stringValue":"m"}}]}]}]}""";

        assertThat(Verdict.of(OtlpDecoder.logs(), json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("A items=1 older_name=3");
    }

    private static final Resource SERVICE = Samples.resource("cart");
    private static final Resource ENVOY = Resource.newBuilder()
            .addAttributes(text("log_name", "MeshAccessLog"))
            .build();
    private static final KeyValue METHOD = text("http.request.method", "GET");
    private static final String STATUS = "http.response.status_code";
    private static final KeyValue ROUTE = text("kong.route.name", "cart");

    @Test
    void log_isIndexedAndSliced() {
        LogRecord log = log().build();

        RecordingSink.Item item = decoded(SERVICE, log).onlyItem();

        assertThat(item.traceHigh()).isEqualTo(Samples.HIGH);
        assertThat(item.traceLow()).isEqualTo(Samples.LOW);
        assertThat(item.spanId()).isEqualTo(Samples.SPAN);
        assertThat(item.flags()).isEqualTo(ItemFlags.LOG);
        assertThat(item.bytes()).isEqualTo(log.toByteString());
        assertThat(item.resource()).isEqualTo(SERVICE.toByteString());
    }

    @Test
    void contentHash_tellsCopiesFromOthers() {
        LogRecord log = log().build();
        LogRecord later = log().setTimeUnixNano(Samples.START + 1).build();

        List<RecordingSink.Item> items = decoded(SERVICE, log, log, later).items();
        long elsewhere = decoded(ENVOY, log).onlyItem().parentOrHash();

        assertThat(items.get(0).parentOrHash())
                .isEqualTo(items.get(1).parentOrHash())
                .isNotEqualTo(items.get(2).parentOrHash())
                .isNotEqualTo(elsewhere);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accessLogs")
    void accessLog_isToldAndJudged(String row, Resource resource, List<KeyValue> attributes, int flags) {
        RecordingSink sink =
                decoded(resource, log().addAllAttributes(attributes).build());

        assertThat(sink.onlyItem().flags()).isEqualTo(ItemFlags.LOG | flags);
    }

    static Stream<Arguments> accessLogs() {
        int good = ItemFlags.ACCESS_LOG;
        int bad = ItemFlags.ACCESS_LOG | ItemFlags.ERROR;
        KeyValue fault = text("response_flags", "UF");
        return Stream.of(
                arguments("Kong, 200", SERVICE, List.of(METHOD, status(200), ROUTE), good),
                arguments("Kong, 404", SERVICE, List.of(METHOD, status(404), ROUTE), good),
                arguments("Kong, 503", SERVICE, List.of(ROUTE, METHOD, status(503)), bad),
                arguments("Kong by its request ID", SERVICE, List.of(METHOD, status(200), kongId()), good),
                arguments("Envoy, text status", ENVOY, List.of(METHOD, text(STATUS, "500")), bad),
                arguments(
                        "Envoy, gRPC",
                        ENVOY,
                        List.of(METHOD, text(STATUS, "200"), text("rpc.status_code", "Internal")),
                        bad),
                arguments(
                        "Envoy, gRPC 5",
                        ENVOY,
                        List.of(METHOD, text(STATUS, "200"), text("grpc.status_code", "5")),
                        good),
                arguments("Envoy, aborted", ENVOY, List.of(METHOD, text(STATUS, "0"), fault), bad),
                arguments("Envoy, 200", ENVOY, List.of(METHOD, status(200)), good),
                arguments("a service's own", SERVICE, List.of(METHOD, status(500)), 0),
                arguments("no status", ENVOY, List.of(METHOD), 0),
                arguments("Kong's runtime log", SERVICE, List.of(ROUTE), 0));
    }

    @Test
    void requestId_isTold() {
        RecordingSink.Item item = decoded(
                        SERVICE,
                        log().clearTraceId()
                                .clearSpanId()
                                .addAttributes(kongId())
                                .build())
                .onlyItem();

        assertThat(item.traceLow()).isZero();
        assertThat(item.requestId()).contains(RequestKey.of("0123456789abcdef0123456789abcdef"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void logs_areJudged(String row, byte[] value, String verdict) {
        assertThat(Verdict.of(OtlpDecoder.logs(), value)).isEqualTo(verdict);
    }

    static Stream<Arguments> rows() {
        LogRecord.Builder bare = LogRecord.newBuilder();
        return Stream.of(
                arguments("4.1/43 empty record", one(bare), "A items=1 no_time=1"),
                arguments("4.1/28 only observed time", one(log().clearTimeUnixNano()), "A items=1"),
                arguments("4.1/44 no trace ID", one(log().clearTraceId()), "A items=1"),
                arguments("4.1/44 no span ID", one(log().clearSpanId()), "A items=1"),
                arguments(
                        "4.1/19 trace ID of 8 bytes",
                        one(log().setTraceId(Samples.spanId(1))),
                        "A items=1 bad_log_id=1"),
                arguments(
                        "4.1/20 zero trace ID", one(log().setTraceId(Samples.traceId(0, 0))), "A items=1 bad_log_id=1"),
                arguments("4.1/43 severity 255", one(log().setSeverityNumberValue(255)), "A items=1"),
                arguments("4.1/24 spans", Samples.richTraces().toByteArray(), "D WRONG_SIGNAL"),
                arguments("4.1/25 metrics", Samples.richMetrics().toByteArray(), "D WRONG_SIGNAL"));
    }

    private static KeyValue status(int code) {
        return number(STATUS, code);
    }

    private static KeyValue kongId() {
        return text("kong.request.id", "0123456789abcdef0123456789abcdef");
    }

    private static byte[] one(LogRecord.Builder log) {
        return logs(log.build()).toByteArray();
    }

    private static RecordingSink decoded(Resource resource, LogRecord... records) {
        RecordingSink sink = new RecordingSink();
        assertThat(OtlpDecoder.logs().decode(logs(resource, records).toByteArray(), sink))
                .isEmpty();
        return sink;
    }
}
