package dev.plait.ingest.applog;

import static dev.plait.ingest.applog.AppLogs.LOW_DECIMAL;
import static dev.plait.ingest.applog.AppLogs.NARROW;
import static dev.plait.ingest.applog.AppLogs.SPAN;
import static dev.plait.ingest.applog.AppLogs.SPAN_DECIMAL;
import static dev.plait.ingest.applog.AppLogs.TRACE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.accesslog.RecordedLogs;
import dev.plait.schemas.model.ItemFlags;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppLogDecoderTest {
    private final AppLogDecoder decoder = new AppLogDecoder();

    static Set<String> libraries() {
        return AppLogs.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void logOfEachLibrary_isReadAlike(String library) {
        RecordedLogs logs = RecordedLogs.of(decoder, AppLogs.all().get(library));
        RecordedLogs.Log log = logs.only();

        assertThat(log.trace()).isEqualTo(TRACE);
        assertThat(log.span()).isEqualTo(SPAN);
        assertThat(log.flags()).isEqualTo(ItemFlags.LOG);
        assertThat(log.resource()).containsEntry("service.name", "orders");
        assertThat(log.record().getTimeUnixNano()).isEqualTo(AppLogs.NANOS);
        assertThat(log.record().getBody().getStringValue()).isEqualTo("no stock");
        assertThat(log.record().getSeverityNumberValue()).isIn(17, 18);
        assertThat(log.record().getSeverityText()).isEqualToIgnoringCase("error");
        assertThat(logs.normalised).isEmpty();
    }

    @Test
    void otherFields_areAttributesUnderTheirOwnNames() {
        RecordedLogs.Log logback = RecordedLogs.of(decoder, AppLogs.LOGBACK).only();
        RecordedLogs.Log pino = RecordedLogs.of(decoder, AppLogs.PINO).only();

        assertThat(logback.attributes())
                .containsOnly(
                        Map.entry("sequenceNumber", "0"),
                        Map.entry("nanoseconds", "310000000"),
                        Map.entry("loggerName", "shop.Orders"),
                        Map.entry("thread.name", "worker-1"),
                        Map.entry("context.name", "default"),
                        Map.entry("context.birthdate", "1767225000000"),
                        Map.entry("mdc.service.name", "ignored"),
                        Map.entry("message", "no {}"),
                        Map.entry("arguments", "[\"stock\"]"),
                        Map.entry("exception.type", "shop.NoStock"),
                        Map.entry("exception.message", "sku 7"),
                        Map.entry("throwable.stepArray", "[{\"className\":\"shop.Orders\",\"lineNumber\":3}]"));
        assertThat(pino.attributes())
                .containsOnly(
                        Map.entry("pid", "7"),
                        Map.entry("hostname", "node-1"),
                        Map.entry("exception.type", "NoStock"),
                        Map.entry("exception.message", "sku 7"),
                        Map.entry("exception.stacktrace", "NoStock: sku 7"));
        assertThat(pino.record().getFlags()).isEqualTo(1);
    }

    @Test
    void serviceVersionAndEnvironment_areOfTheResource() {
        assertThat(RecordedLogs.of(decoder, AppLogs.ECS_NESTED).only().resource())
                .containsEntry("service.version", "1.4");
        assertThat(RecordedLogs.of(decoder, AppLogs.DATADOG_WIDE).only().resource())
                .containsEntry("deployment.environment.name", "prod");
    }

    @Test
    void whereAProgramRuns_isOfTheResource() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, """
                {"date":1767225600.31,"log":"no stock","stream":"stdout","kubernetes":{"pod_name":"orders-1","host":"node-7",\
                "namespace_name":"shop","container_name":"app","pod_id":"7f3c","labels":{"app":"orders","tier":"back"}}}""").only();

        assertThat(log.resource())
                .containsOnly(
                        Map.entry("service.name", "orders"),
                        Map.entry("k8s.pod.name", "orders-1"),
                        Map.entry("k8s.pod.uid", "7f3c"),
                        Map.entry("k8s.namespace.name", "shop"),
                        Map.entry("k8s.container.name", "app"),
                        Map.entry("k8s.node.name", "node-7"));
        assertThat(log.attributes()).isEqualTo(Map.of("stream", "stdout", "kubernetes.labels.tier", "back"));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(AppLogs.NANOS);
    }

    /** The hash of a log, which tells copies, is also that of its resource's bytes: in each process the same. */
    @Test
    void resource_isWrittenInOneOrder() throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink();
        String log = """
                {"msg":"m","kubernetes":{"host":"n","container_name":"c","pod_name":"p"},"dd.env":"e","dd.version":"1","service":"s"}""";

        assertThat(decoder.decode(log.getBytes(UTF_8), sink)).isEmpty();

        assertThat(Resource.parseFrom(sink.onlyItem().resource()).getAttributesList())
                .extracting(KeyValue::getKey)
                .containsExactly(
                        "service.name",
                        "service.version",
                        "deployment.environment.name",
                        "k8s.pod.name",
                        "k8s.container.name",
                        "k8s.node.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
        "error":{"type":"shop.NoStock","message":"sku 7","stack_trace":"at"}""", """
        "_error_type":"shop.NoStock","_error_message":"sku 7","_error_stack_trace":"at\"""", """
        "error.type":"shop.NoStock","error":{"message":"sku 7"},"errorVerbose":"at\""""})
    void errors_haveTheNamesOfOpenTelemetry(String members) {
        assertThat(RecordedLogs.of(decoder, "{\"msg\":\"m\"," + members + "}")
                        .only()
                        .attributes())
                .isEqualTo(Map.of(
                        "error.type", "shop.NoStock", "exception.message", "sku 7", "exception.stacktrace", "at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
        "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"""", """
        "b3":"4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1\"""", """
        "AWS-XRAY-TRACE-ID":"1-4bf92f35-77b34da6a3ce929d0e0e4736@00f067aa0ba902b7\"""", """
        "uber-trace-id":"4bf92f3577b34da6a3ce929d0e0e4736:1:0:1","span_id":"00f067aa0ba902b7\""""})
    void wholeContext_namesTheSpanWhereNoFieldDoes(String members) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600,\"msg\":\"m\"," + members + "}");

        assertThat(logs.only().trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(logs.only().span()).isEqualTo("00f067aa0ba902b7");
        assertThat(logs.only().attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "req":{"headers":{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}} | 4bf92f3577b34da6a3ce929d0e0e4736
            "headers":{"X-B3-TraceId":"a3ce929d0e0e4736","X-B3-SpanId":"00f067aa0ba902b7"} | 0000000000000000a3ce929d0e0e4736
            "request":{"headers":{"x-datadog-trace-id":"1234567890123456"}}     | 0000000000000000000462d53c8abac0
            "request":{"headers":{"Traceparent":["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]}} | 4bf92f3577b34da6a3ce929d0e0e4736
            "header":{"X-B3-Traceid":["a3ce929d0e0e4736"],"X-B3-Spanid":["00f067aa0ba902b7"]} | 0000000000000000a3ce929d0e0e4736
            "dd.trace_id":"7","req":{"headers":{"uber-trace-id":"8:9:0:1"}}     | 00000000000000000000000000000007
            "res":{"headers":{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}} | ``
            """)
    void headersOfARequest_nameTheTraceWhereNothingElseDoes(String members, String trace) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600,\"msg\":\"m\"," + members + "}");

        assertThat(logs.only().trace()).isEqualTo(trace);
        assertThat(logs.only().span()).as("the caller's span is not the log's").isEmpty();
        assertThat(logs.only().attributes())
                .as("what was said of the request stays")
                .isNotEmpty();
        assertThat(logs.normalised).isEmpty();
    }

    /** What the collector's extension for JSON logs writes with inline attributes. */
    @Test
    void logWithItsAttributesBeside_isRead() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, """
                        [{"body":{"message":"no stock","sku":7},"logAttributes":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"},\
                        "resourceAttributes":{"service.name":"orders"}}]""").only();

        assertThat(log.record().getBody().getStringValue()).isEqualTo("no stock");
        assertThat(log.trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(log.resource()).isEqualTo(Map.of("service.name", "orders"));
        assertThat(log.attributes()).isEqualTo(Map.of("body.sku", "7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [110,195,182,10,115]                | `n\u00f6\ns`
            [27, 91, 51, 49, 109, 110, 111, 27, 91, 48, 109] | no
            [110,256]                           | [110,256]
            [110,-1]                            | [110,-1]
            [110,1.5]                           | [110,1.5]
            [110,"o"]                           | [110,"o"]
            []                                  | []
            """)
    void messageOfTheJournal_mayBeAListOfItsBytes(String list, String body) {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"__REALTIME_TIMESTAMP\":\"1767225600310000\",\"PRIORITY\":\"3\",\"MESSAGE\":" + list + "}")
                .only();

        assertThat(log.record().getBody().getStringValue()).isEqualTo(body);
        assertThat(log.record().getTimeUnixNano()).isEqualTo(AppLogs.NANOS);
    }

    @Test
    void traceThatIsNoId_isJustAnAttribute() {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600,\"msg\":\"m\",\"trace\":\"#0 shop.php\"}");

        assertThat(logs.only().attributes()).isEqualTo(Map.of("trace", "#0 shop.php"));
        assertThat(logs.normalised).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "dd.trace_id":"11803532876627986230"                                | 0000000000000000a3ce929d0e0e4736
            "dd":{"trace_id":"11803532876627986230"}                            | 0000000000000000a3ce929d0e0e4736
            "dd":{"trace_id":11803532876627986230}                              | 0000000000000000a3ce929d0e0e4736
            "dd":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}                | 4bf92f3577b34da6a3ce929d0e0e4736
            "dd_trace_id":"1234567890123456"                                    | 0000000000000000000462d53c8abac0
            "trace_id":"1234567890123456"                                       | 00000000000000001234567890123456
            "trace_id":1234567890123456                                         | 0000000000000000000462d53c8abac0
            "trace_id":"a3ce929d0e0e4736"                                       | 0000000000000000a3ce929d0e0e4736
            "TraceId":"4BF92F3577B34DA6A3CE929D0E0E4736"                        | 4bf92f3577b34da6a3ce929d0e0e4736
            "trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"}                   | 4bf92f3577b34da6a3ce929d0e0e4736
            "trace-id":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"| 4bf92f3577b34da6a3ce929d0e0e4736
            "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"| 4bf92f3577b34da6a3ce929d0e0e4736
            "xray_trace_id":"1-4bf92f35-77b34da6a3ce929d0e0e4736"               | 4bf92f3577b34da6a3ce929d0e0e4736
            "AWS-XRAY-TRACE-ID":"1-4bf92f35-77b34da6a3ce929d0e0e4736@00f067aa0ba902b7"| 4bf92f3577b34da6a3ce929d0e0e4736
            "logging.googleapis.com/trace":"projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736"| 4bf92f3577b34da6a3ce929d0e0e4736
            "trace_id":"a3ce929d0e0e4736","dd.trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"| 4bf92f3577b34da6a3ce929d0e0e4736
            "dd.trace_id":"11803532876627986230","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"| 4bf92f3577b34da6a3ce929d0e0e4736
            "extra":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}             | 4bf92f3577b34da6a3ce929d0e0e4736
            "trace":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}             | 4bf92f3577b34da6a3ce929d0e0e4736
            "meta":{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}               | 4bf92f3577b34da6a3ce929d0e0e4736
            "structured_data":{"opentelemetry":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}} | 4bf92f3577b34da6a3ce929d0e0e4736
            "_SDATA":{"opentelemetry":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}} | 4bf92f3577b34da6a3ce929d0e0e4736
            "customDimensions":{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}   | 4bf92f3577b34da6a3ce929d0e0e4736
            "trace_id":"0x4bf92f3577b34da6a3ce929d0e0e4736"                     | 4bf92f3577b34da6a3ce929d0e0e4736
            "openTelemetry":{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}      | 4bf92f3577b34da6a3ce929d0e0e4736
            "log":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}               | 4bf92f3577b34da6a3ce929d0e0e4736
            "x-cloud-trace-context":"4bf92f3577b34da6a3ce929d0e0e4736/17;o=1"   | 4bf92f3577b34da6a3ce929d0e0e4736
            "X-Amzn-Trace-Id":"Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=1"| 4bf92f3577b34da6a3ce929d0e0e4736
            """)
    void traceId_isReadByItsName(String members, String trace) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600310,\"msg\":\"m\"," + members + "}");

        assertThat(logs.only().trace()).isEqualTo(trace);
        assertThat(logs.only().attributes()).isEmpty();
        assertThat(logs.normalised).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "trace_id":""                                       | ''
            "trace_id":null                                     | ''
            "trace_id":"0"                                      | ''
            "trace_id":"-"                                      | ''
            "trace_id":"00000000000000000000000000000000"       | ''
            "trace_id":"0x00000000000000000000000000000000","span_id":"0x0000000000000000" | ''
            "dd":{"trace_id":0,"span_id":"0"}                   | ''
            "trace_id":true                                     | bad_trace_id
            "trace_id":"None","span_id":"None"                  | ''
            "trace_id":"(null)","span_id":"(null)"              | ''
            "traceId":"undefined"                               | ''
            "trace_id":"<nil>"                                  | ''
            "trace_id":"no"                                     | bad_trace_id
            "trace_id":-7                                       | bad_trace_id
            "trace_id":1.5                                      | bad_trace_id
            "trace_id":[1]                                      | bad_trace_id
            "trace_id":"no trace"                               | bad_trace_id
            "trace_id":"6f9619ff-8b86-d011-b42d-00c04fc964ff"   | bad_trace_id
            "dd.trace_id":"18446744073709551616"                | bad_trace_id
            "dd.trace_id":"a3ce929d0e0e4736"                    | bad_trace_id
            "traceparent":"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" | bad_trace_id
            """)
    void otherTraceIds_leaveTheLogUntraced(String members, String counted) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600310,\"msg\":\"m\"," + members + "}");

        assertThat(logs.only().trace()).isEmpty();
        if (counted.equals("''")) {
            assertThat(logs.normalised).isEmpty();
            assertThat(logs.only().attributes()).isEmpty();
        } else {
            assertThat(logs.normalised).isEqualTo(Map.of(counted, 1));
            assertThat(logs.only().attributes()).as("it stays to be seen").hasSize(1);
        }
    }

    @Test
    void traceIdsThatDisagree_areCountedAndSeen() {
        RecordedLogs logs = RecordedLogs.of(
                decoder, "{\"time\":1767225600,\"dd.trace_id\":\"7\",\"msg\":\"m\",\"trace_id\":\"" + TRACE + "\"}");

        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.only().attributes()).isEqualTo(Map.of("dd.trace_id", "7"));
        assertThat(logs.normalised).isEqualTo(Map.of("trace_id_conflict", 1));
    }

    @Test
    void datadogIds_areDecimal() {
        String members = "\"dd.trace_id\":\"%s\",\"dd.span_id\":\"%s\"".formatted(LOW_DECIMAL, SPAN_DECIMAL);

        RecordedLogs.Log log =
                RecordedLogs.of(decoder, "{\"msg\":\"m\"," + members + "}").only();

        assertThat(log.trace()).isEqualTo(NARROW);
        assertThat(log.span()).isEqualTo(SPAN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "timestamp":"2026-01-01T00:00:00.310Z"              | 1767225600310000000
            "time":"2026-01-01 02:00:00,310+0200"               | 1767225600310000000
            "time":"2026-01-01T01:00:00.310+01"                 | 1767225600310000000
            "time":"2026-01-01T01:00:00.310+01:00[Europe/Berlin]" | 1767225600310000000
            "syslog":{"timestamp":"2026-01-01T00:00:00.310Z"}   | 1767225600310000000
            "time_iso8601":"2026-01-01T01:00:00+01:00"          | 1767225600000000000
            "DATE":"Jan  1 00:00:00","ISODATE":"2026-01-01T01:00:00+01:00" | 1767225600000000000
            "ts":1767225600                                     | 1767225600000000000
            "ts":1.767225600e9                                  | 1767225600000000000
            "time":"1767225600310"                              | 1767225600310000000
            "time":1767225600310123456                          | 1767225600310123456
            "@timestamp":1767225600310,"time":"later"           | 1767225600310000000
            "instant":{"epochSecond":1767225600,"nanoOfSecond":5},"time":3 | 1767225600000000005
            "instant":{"epochSecond":1767225600}                | 1767225600000000000
            """)
    void time_isReadInEachForm(String members, long nanos) {
        RecordedLogs.Log log =
                RecordedLogs.of(decoder, "{\"msg\":\"m\"," + members + "}").only();

        assertThat(log.record().getTimeUnixNano()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "a":1                                               | no_time
            "time":"yesterday"                                  | bad_time
            "time":7                                            | bad_time
            "time":-1767225600310                               | bad_time
            "time":1e300                                        | bad_time
            "time":"2026-02-30T00:00:00Z"                       | bad_time
            "time":{"iso":"2026-01-01T00:00:00Z"}               | no_time
            "instant":{"epochSecond":99999999999999999}         | no_time
            "instant":{"epochSecond":"soon"}                    | no_time
            """)
    void logWithoutAReadableTime_hasThatOfItsArrival(String members, String counted) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"msg\":\"m\"," + members + "}");

        assertThat(logs.only().record().getTimeUnixNano()).isZero();
        assertThat(logs.only().attributes()).hasSize(1);
        assertThat(logs.normalised).isEqualTo(Map.of(counted, 1));
    }

    @Test
    void configuredTimes_areReadInTheirFormat_andOthersAsEver() {
        AppLogDecoder custom = new AppLogDecoder(AppLogForm.of("", "dd/MMM/yyyy:HH:mm:ss Z"));

        RecordedLogs logs = RecordedLogs.of(custom, """
                {"time":"01/Jan/2026:01:00:00 +0100","msg":"m"}
                {"time":"2026-01-01T00:00:00Z","msg":"m"}""");

        assertThat(logs.logs)
                .extracting(log -> log.record().getTimeUnixNano())
                .containsExactly(1_767_225_600_000_000_000L, 1_767_225_600_000_000_000L);
    }

    @Test
    void arrayLinesAndDocuments_areEachALog() {
        String array = "[" + AppLogs.OTEL + "," + AppLogs.PINO + "]";
        String lines = AppLogs.OTEL + "\r\n\n" + AppLogs.PINO + "\n";
        String spread = AppLogs.OTEL.replaceFirst("\\{", "{\n") + AppLogs.PINO;

        for (String value : new String[] {array, lines, spread}) {
            RecordedLogs logs = RecordedLogs.of(decoder, value);

            assertThat(logs.verdict).isEmpty();
            assertThat(logs.logs).hasSize(2);
        }
    }

    @Test
    void resource_isGivenOncePerRecord() {
        RecordedLogs logs = RecordedLogs.of(decoder, AppLogs.OTEL + "\n" + AppLogs.PINO + "\n" + AppLogs.SERILOG);

        assertThat(logs.resources()).isEqualTo(1);
        assertThat(logs.logs).hasSize(3);
    }

    /** As the Kafka exporter's encoding {@code raw} writes a body that is a text. */
    @Test
    void quotedString_isReadAsWhatItHolds() {
        String quoted = '"' + AppLogs.OTEL.replace("\"", "\\\"") + '"';

        RecordedLogs logs = RecordedLogs.of(decoder, quoted);

        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.normalised).isEqualTo(Map.of("json_string", 1));
    }

    @Test
    void sameLog_hashesAlike_andAnotherServiceDoesNot() {
        long one = RecordedLogs.of(decoder, AppLogs.OTEL).only().hash();

        assertThat(RecordedLogs.of(new AppLogDecoder(), AppLogs.OTEL).only().hash())
                .isEqualTo(one);
        assertThat(RecordedLogs.of(decoder, AppLogs.OTEL.replace("orders", "billing"))
                        .only()
                        .hash())
                .isNotEqualTo(one);
    }
}
