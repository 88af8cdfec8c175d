package dev.plait.ingest.applog;

import static dev.plait.ingest.applog.AppLogs.SPAN;
import static dev.plait.ingest.applog.AppLogs.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs as container runtimes and shippers hand them on: around what a program wrote they put what they know. */
class WrappedLogsTest {
    private static final String OWN = """
            {"time":"2026-01-01T00:00:00.310Z","level":"error","msg":"no stock","service":"orders",\
            "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}""";

    private final AppLogDecoder decoder = new AppLogDecoder();

    private static String text(String json) {
        return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String docker(String line) {
        return "{\"log\":" + text(line + "\n") + ",\"stream\":\"stdout\",\"time\":\"2026-01-01T00:00:07.5Z\"}";
    }

    @Test
    void logInALog_isReadAsTheProgramWroteIt() {
        String[] wrapped = {
            docker(OWN),
            "{\"@timestamp\":1767225607.5,\"log\":" + text(OWN) + ",\"stream\":\"stdout\"}",
            "{\"timestamp\":\"2026-01-01T00:00:07.5Z\",\"message\":" + text(OWN) + ",\"stream\":\"stdout\"}",
            "{\"@timestamp\":\"2026-01-01T00:00:07.5Z\",\"message\":" + text(docker(OWN)) + "}",
            "{\"date\":1767225607.5,\"stream\":\"stdout\",\"log\":" + text(OWN) + ",\"log_processed\":" + OWN + "}",
            "2026-01-01T00:00:07.5Z stdout F " + OWN,
        };

        for (String value : wrapped) {
            RecordedLogs.Log log = RecordedLogs.of(decoder, value).only();

            assertThat(log.trace()).as(value).isEqualTo(TRACE);
            assertThat(log.span()).isEqualTo(SPAN);
            assertThat(log.record().getBody().getStringValue()).isEqualTo("no stock");
            assertThat(log.record().getSeverityNumberValue()).isEqualTo(17);
            assertThat(log.record().getTimeUnixNano()).as(value).isEqualTo(AppLogs.NANOS);
            assertThat(log.resource()).containsEntry("service.name", "orders");
            assertThat(log.attributes()).containsEntry("stream", "stdout");
        }
    }

    @Test
    void whatIsAround_countsWhereTheLogIsSilent() {
        RecordedLogs logs = RecordedLogs.of(decoder, """
                {"@timestamp":"2026-01-01T00:00:00.310Z","message":"{\\"trace.id\\":\\"4bf92f3577b34da6a3ce929d0e0e4736\\"}",\
                "kubernetes":{"pod":{"name":"orders-1"},"namespace":"shop"}}""");

        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.only().record().getBody().getStringValue())
                .isEqualTo("{\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
        assertThat(logs.only().record().getTimeUnixNano()).isEqualTo(AppLogs.NANOS);
        assertThat(logs.only().resource()).isEqualTo(Map.of("k8s.pod.name", "orders-1", "k8s.namespace.name", "shop"));
        assertThat(logs.normalised).isEqualTo(Map.of("wrapped_log", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"order\":7}", "{\"level\":\"info\"", "{not json}", "{\"message\":\"hi\"}", "{}", "{"})
    void messageThatIsNoLog_staysAText(String message) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600,\"a\":1,\"msg\":" + text(message) + "}");

        assertThat(logs.only().record().getBody().getStringValue()).isEqualTo(message);
        assertThat(logs.only().attributes()).isEqualTo(Map.of("a", "1"));
        assertThat(logs.normalised).isEmpty();
    }

    /** Whoever sends broken ones shall not be what a decoder spends its time on. */
    @Test
    void afterManyBrokenMessages_othersOfTheRecordStayTexts() {
        String broken = "{\"msg\":\"{x}\"}\n".repeat(500);

        RecordedLogs logs = RecordedLogs.of(decoder, broken + docker(OWN));

        assertThat(logs.logs).hasSize(501);
        assertThat(logs.logs.get(500).trace()).isEmpty();
        assertThat(RecordedLogs.of(decoder, docker(OWN)).only().trace())
                .as("of the next")
                .isEqualTo(TRACE);
    }

    /** Of a program that logs what it was sent. */
    @Test
    void messageOfATracedLog_staysAText() {
        RecordedLogs logs = RecordedLogs.of(
                decoder, "{\"time\":1767225600,\"traceId\":\"a3ce929d0e0e4736\",\"msg\":" + text(OWN) + "}");

        assertThat(logs.only().record().getBody().getStringValue()).isEqualTo(OWN);
        assertThat(logs.only().trace()).isEqualTo(AppLogs.NARROW);
    }

    @Test
    void longLog_isOpenedWhole() {
        String own = OWN.replace("}", ",\"stack\":\"" + "at shop.Orders ".repeat(4000) + "\"}");

        assertThat(RecordedLogs.of(decoder, docker(own)).only().trace()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Scopes\":[{\"Message\":\"s\",\"TraceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"SpanId\":\"00f067aa0ba902b7\"},7]",
                "\"contextMap\":[{\"key\":\"trace_id\",\"value\":\"4bf92f3577b34da6a3ce929d0e0e4736\"},{\"key\":\"span_id\",\"value\":\"00f067aa0ba902b7\"}]",
                "\"kvpList\":[{\"order\":7},{\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"},{\"span_id\":\"00f067aa0ba902b7\"}]",
            })
    void contextThatIsAList_namesTheTrace(String member) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"time\":1767225600,\"msg\":\"m\"," + member + "}");

        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.only().span()).isEqualTo(SPAN);
        assertThat(logs.only().attributes()).as("the list, as it came").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:07.5Z stdout F plain",
                "2026-01-01T00:00:07.5Z stdin F {}",
                "2026-01-01T00:00:07.5Z stdout {\"msg\":\"m\"}",
                "yesterday stdout F {\"msg\":\"m\"}",
                "2026-01-01T00:00:07.5Z stdout F",
                "2026-01-01T00:00:07.5Z",
            })
    void otherLines_areRefused(String line) {
        assertThat(RecordedLogs.of(decoder, line).refusal()).isEqualTo("WRONG_FORMAT");
    }

    @Test
    void containerLines_areEachALog_andABrokenOneIsRefusedAlone() {
        RecordedLogs logs = RecordedLogs.of(decoder, """
                2026-01-01T00:00:07.5Z stdout P {"msg":"cut
                {"msg":"bare"}
                2026-01-01T00:00:07.5Z stderr F {"msg":"m"}""");

        assertThat(logs.logs).hasSize(2);
        assertThat(logs.logs.get(0).record().getTimeUnixNano()).isZero();
        assertThat(logs.logs.get(1).attributes()).isEqualTo(Map.of("stream", "stderr"));
        assertThat(logs.rejected).hasSize(1);
    }

    private static final String PREFIX = "2026-01-01T00:00:07.5Z stderr F ";

    @Test
    void containerLines_withALinePattern_areReadBehindTheirPrefix() {
        AppLogDecoder text = TextLinesTest.decoder(TextLinesTest.PATTERN);

        RecordedLogs logs = RecordedLogs.of(
                text,
                PREFIX + OWN + "\n" + PREFIX + TextLinesTest.LINE + "\r\n" + PREFIX + "java.io.IOException: closed\n"
                        + PREFIX + "\n" + PREFIX + "\tat shop.Orders.take(Orders.java:7)\n" + PREFIX + "Stopped\n"
                        + TextLinesTest.LINE);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).extracting(RecordedLogs.Log::trace).containsExactly(TRACE, TRACE, "", TRACE);
        assertThat(logs.logs)
                .extracting(log -> log.record().getBody().getStringValue())
                .containsExactly(
                        "no stock",
                        "no stock: sku=7\njava.io.IOException: closed\n\tat shop.Orders.take(Orders.java:7)",
                        "Stopped",
                        "no stock: sku=7");
        assertThat(logs.logs)
                .extracting(log -> log.attributes().get("stream"))
                .containsExactly("stderr", "stderr", "stderr", null);
        long arrival = AppLogs.NANOS + 7_190_000_000L;
        assertThat(logs.logs)
                .extracting(log -> log.record().getTimeUnixNano())
                .containsExactly(AppLogs.NANOS, AppLogs.NANOS, arrival, AppLogs.NANOS);
        assertThat(logs.normalised).containsEntry("unmatched_line", 1);
    }

    @Test
    void containerLine_behindAPatternWithoutATime_hasTheRuntimes() {
        AppLogDecoder text = TextLinesTest.decoder("^id=(?<trace_id>\\w+) (?<message>.*)");

        RecordedLogs.Log log =
                RecordedLogs.of(text, PREFIX + "id=" + TRACE + " no stock").only();

        assertThat(log.trace()).isEqualTo(TRACE);
        assertThat(log.record().getTimeUnixNano()).isEqualTo(AppLogs.NANOS + 7_190_000_000L);
        assertThat(log.record().getBody().getStringValue()).isEqualTo("no stock");
    }

    @Test
    void patternThatReadsThePrefixItself_findsIt() {
        AppLogDecoder text =
                TextLinesTest.decoder("^(?<timestamp>\\S+) (?<channel>\\w+) F id=(?<trace_id>\\w+) (?<message>.*)");

        RecordedLogs.Log log =
                RecordedLogs.of(text, PREFIX + "id=" + TRACE + " no stock").only();

        assertThat(log.trace()).isEqualTo(TRACE);
        assertThat(log.attributes()).isEqualTo(Map.of("channel", "stderr"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:07.5Z stdout Failed",
                "2026-01-01T00:00:07.5Z stdin F x",
                "2026-13-01T00:00:07.5Z stdout F x",
                "7 stdout"
            })
    void linesThatOnlyLookLikeContainers_areTextsAsTheyAre(String line) {
        RecordedLogs logs = RecordedLogs.of(TextLinesTest.decoder(TextLinesTest.PATTERN), line);

        assertThat(logs.only().record().getBody().getStringValue()).isEqualTo(line);
        assertThat(logs.only().attributes()).isEmpty();
    }

    @Test
    void containerLinesOfBlanks_areAnEmptyRecord() {
        AppLogDecoder text = TextLinesTest.decoder(TextLinesTest.PATTERN);

        assertThat(RecordedLogs.of(text, PREFIX + "\n" + PREFIX + " \r\n").refusal())
                .isEqualTo("EMPTY");
        assertThat(RecordedLogs.of(text, PREFIX + "{\"msg\":\n" + PREFIX).refusal())
                .isEqualTo("TRUNCATED");
    }

    /** Names are the sender's: one of a thousand dots is looked at no further than others are. */
    @Test
    void nameOfManyDots_inAList_isNotLookedAt() {
        RecordedLogs logs = RecordedLogs.of(
                decoder,
                "{\"msg\":\"m\",\"contextMap\":[{\"" + "ctx.".repeat(1_000) + "trace_id\":\"" + "4b".repeat(16)
                        + "\"}]}");

        assertThat(logs.only().trace()).isNotEqualTo("4b".repeat(16));
        assertThat(logs.only().record().getBody().getStringValue()).isEqualTo("m");
    }
}
