package dev.plait.ingest.kong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 1 to 9 of the catalogue of bad Kong logs (faults.md 4.3), and the order in which the keys of {@code trace_id} count. */
class KongTraceIdTest {
    private static final String WIDE = KongLogs.W3C;
    private static final String LOW = "a3ce929d0e0e4736";
    private static final String NARROW = "0000000000000000" + LOW;

    private final KongDecoder decoder = new KongDecoder();

    @ParameterizedTest(name = "4.3/3, 6, 7 {0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "w3c     | " + WIDE + " | " + WIDE,
                "b3      | " + WIDE + " | " + WIDE,
                "b3      | " + LOW + " | " + NARROW,
                "b3      | " + NARROW + " | " + NARROW,
                "jaeger  | " + LOW + " | " + NARROW,
                "jaeger  | " + WIDE + ":00f067aa0ba902b7:0:1 | " + WIDE,
                "ot      | " + LOW + " | " + NARROW,
                "ot      | 1234567890123456 | 00000000000000001234567890123456",
                "aws     | " + WIDE + " | " + WIDE,
                "aws     | 1-4bf92f35-77b34da6a3ce929d0e0e4736 | " + WIDE,
                "gcp     | " + WIDE + " | " + WIDE,
                "instana | " + LOW + " | " + NARROW,
                "datadog | 11803532876627986230 | " + NARROW,
                "datadog | 1234567890123456 | 0000000000000000000462d53c8abac0",
                "mine    | " + WIDE + " | " + WIDE,
            })
    void everyKey_isReadByItsOwnBase(String key, String value, String trace) {
        String log = KongLogs.withTraceId("{\"" + key + "\":\"" + value + "\"}");

        assertThat(RecordedLogs.of(decoder, log).only().trace()).isEqualTo(trace);
    }

    @ParameterizedTest(name = "4.3/1, 4 {0}")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"\"",
                "{\"b3\":\"\"}",
                "{\"w3c\":null}",
                "{\"w3c\":{\"a\":1}}",
                "{\"w3c\":\"00000000000000000000000000000000\"}",
                "{\"ot\":\"12345\"}",
                "{\"datadog\":\"18446744073709551616\"}",
                "{\"datadog\":\"0\"}",
                "{\"datadog\":1.1803532876628e+19}",
                "{\"datadog\":\"" + LOW + "\"}",
            })
    void logWithoutReadableId_isKeptUntraced(String traceId) {
        assertThat(RecordedLogs.of(decoder, KongLogs.withTraceId(traceId))
                        .only()
                        .trace())
                .isEmpty();
    }

    /** 4.3/2. */
    @Test
    void traceIdAsText_isNormalised() {
        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.withTraceId("\"" + WIDE + "\""));

        assertThat(logs.only().trace()).isEqualTo(WIDE);
        assertThat(logs.normalised).isEqualTo(Map.of("trace_id_text", 1));
    }

    @Test
    void thirtyTwoDigits_countBeforeSixteen_beforeDecimal() {
        String all = "{\"datadog\":\"3\",\"b3\":\"0000000000000002\",\"ot\":\"11111111111111110000000000000001\"}";

        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.withTraceId(all));

        assertThat(logs.only().trace()).isEqualTo("11111111111111110000000000000001");
        assertThat(logs.only().get("kong.trace_id.b3")).isEqualTo("0000000000000002");
        assertThat(logs.only().get("kong.trace_id.datadog")).isEqualTo("3");
        assertThat(logs.normalised).isEqualTo(Map.of("trace_id_conflict", 1));
    }

    /** 4.3/5. */
    @Test
    void disagreement_keepsTheFirstByTheStatedOrder() {
        String two = "{\"b3\":\"00000000000000010000000000000001\",\"w3c\":\"" + WIDE + "\"}";

        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.withTraceId(two));

        assertThat(logs.only().trace()).isEqualTo(WIDE);
        assertThat(logs.only().get("kong.trace_id.b3")).isEqualTo("00000000000000010000000000000001");
    }

    @Test
    void agreement_inTheLowHalf_isNoConflict_andTheWiderIdIsTaken() {
        String three = "{\"w3c\":\"" + NARROW + "\",\"jaeger\":\"" + WIDE + "\",\"datadog\":\"11803532876627986230\"}";

        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.withTraceId(three));

        assertThat(logs.only().trace()).isEqualTo(WIDE);
        assertThat(logs.normalised).isEmpty();
    }

    @ParameterizedTest(name = "4.3/8, 10 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'traceparent':'00-" + WIDE + "-00f067aa0ba902b7-01' | " + WIDE,
                "'traceparent':['00-" + WIDE + "-00f067aa0ba902b7-01'] | " + WIDE,
                "'b3':'" + LOW + "-00f067aa0ba902b7-1' | " + NARROW,
                "'x-b3-traceid':'" + LOW + "','x-b3-spanid':'00f067aa0ba902b7' | " + NARROW,
                "'uber-trace-id':'" + WIDE + "%3A1%3A0%3A1' | " + WIDE,
                "'x-datadog-trace-id':'11803532876627986230','x-datadog-tags':'_dd.p.tid=4bf92f3577b34da6' | " + WIDE,
                "'x-amzn-trace-id':'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736' | " + WIDE,
                "'x-cloud-trace-context':'" + WIDE + "/1;o=1' | " + WIDE,
                "'ot-tracer-traceid':'" + LOW + "' | " + NARROW,
                "'x-instana-t':'" + LOW + "' | " + NARROW,
            })
    void requestHeaders_areTheFallback(String headers, String trace) {
        RecordedLogs.Log log = RecordedLogs.of(decoder, KongLogs.withHeaders(headers.replace('\'', '"')))
                .only();

        assertThat(log.trace()).isEqualTo(trace);
        assertThat(log.record().getSpanId().isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "4.3/9 {0}")
    @ValueSource(
            strings = {
                "\"ff-" + WIDE + "-00f067aa0ba902b7-01\"",
                "\"00-" + WIDE + "-0000000000000000-01\"",
                "\"00-00000000000000000000000000000000-00f067aa0ba902b7-01\"",
                "\"00-" + WIDE + "-00f067aa0ba902b7\"",
                "\"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01\"",
                "[\"00-" + WIDE + "-00f067aa0ba902b7-01\",\"00-" + WIDE + "-00f067aa0ba902b7-01\"]",
            })
    void malformedTraceparent_isIgnored(String value) {
        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.withHeaders("\"traceparent\":" + value));

        assertThat(logs.only().trace()).isEmpty();
        assertThat(logs.normalised).containsEntry("bad_trace_id", 1);
    }

    @Test
    void unreadableTraceIdObject_givesWayToTheHeaders() {
        String log =
                "{\"trace_id\":{\"w3c\":\"nonsense\"},\"request\":{\"headers\":{\"x-b3-traceid\":\"" + LOW + "\"}}}";

        assertThat(RecordedLogs.of(decoder, log).only().trace()).isEqualTo(NARROW);
    }
}
