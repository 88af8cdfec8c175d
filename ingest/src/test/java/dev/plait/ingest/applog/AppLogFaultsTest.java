package dev.plait.ingest.applog;

import static dev.plait.ingest.applog.AppLogs.TRACE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is common to all formats of the catalogue of malformed input, and what is particular to logs of programs. */
class AppLogFaultsTest {
    private final AppLogDecoder json = new AppLogDecoder();
    private final AppLogDecoder text = TextLinesTest.decoder(TextLinesTest.PATTERN);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                      | EMPTY
            ` `                                     | EMPTY
            `\\r\\n\\n`                             | EMPTY
            `""`                                    | EMPTY
            x                                       | WRONG_FORMAT
            7                                       | WRONG_FORMAT
            true                                    | WRONG_FORMAT
            "a text"                                | WRONG_FORMAT
            <html>502</html>                        | WRONG_FORMAT
            {                                       | TRUNCATED
            {}                                      | WRONG_FORMAT
            {"hello":"world"}                       | WRONG_FORMAT
            []                                      |
            [7]                                     | WRONG_FORMAT
            [{"msg":"m"}                            | TRUNCATED
            [{"msg":"m"},]                          | WRONG_FORMAT
            {"msg":"m",}                            | WRONG_FORMAT
            {"msg":'m'}                             | WRONG_FORMAT
            {"msg":"m"}}                            | WRONG_FORMAT
            {"msg":"m"} {"msg":"n"}                 | TRAILING_DATA
            {"msg":NaN}                             | WRONG_FORMAT
            {"msg":"m                               | TRUNCATED
            {"resourceLogs":[]}                     | WRONG_FORMAT
            {"request":{},"latencies":{},"started_at":1,"trace_id":{}} | WRONG_FORMAT
            {"response_code":"200","response_flags":"-","start_time":"x"} | WRONG_FORMAT
            {"traceId":"1","id":"1","localEndpoint":{}} | WRONG_FORMAT
            {"traceId":"1","operationName":"o","startTime":1} | WRONG_FORMAT
            """)
    void record_isRefused(String value, String reason) {
        String unescaped = value == null ? "" : value.replace("\\r", "\r").replace("\\n", "\n");

        RecordedLogs logs = RecordedLogs.of(json, unescaped);

        assertThat(logs.refusal()).isEqualTo(reason == null ? "" : reason);
    }

    @Test
    void otherFormats_areNamed() {
        assertThat(RecordedLogs.of(json, "{\"resourceLogs\":[]}")
                        .verdict
                        .orElseThrow()
                        .detail())
                .contains("format otlp");
    }

    @Test
    void binary_isRefusedByBoth() {
        byte[] random = new byte[1000];
        new Random(7).nextBytes(random);
        byte[] ones = new byte[50_000];
        Arrays.fill(ones, (byte) 0xFF);
        for (AppLogDecoder decoder : new AppLogDecoder[] {json, text}) {
            assertThat(RecordedLogs.of(decoder, new byte[100_000]).refusal()).isEqualTo("UNEXPECTED_FRAMING");
            assertThat(RecordedLogs.of(decoder, new byte[] {0, 0, 0, 0, 7, '{', '}'})
                            .refusal())
                    .isEqualTo("UNEXPECTED_FRAMING");
            assertThat(RecordedLogs.of(decoder, ones).refusal()).isEqualTo("WRONG_FORMAT");
            assertThat(RecordedLogs.of(decoder, random).logs).isEmpty();
            assertThat(RecordedLogs.of(decoder, new byte[] {0x1f, (byte) 0x8b, 8, 0})
                            .refusal())
                    .isEqualTo("NOT_THIS_FORMAT");
            assertThat(RecordedLogs.of(decoder, new byte[] {10, 3, 8, 1, 16}).refusal())
                    .isEqualTo("WRONG_FORMAT");
        }
    }

    @Test
    void oneBadItemAmongMany_isRefusedAlone() {
        String hundred = Collections.nCopies(99, AppLogs.OTEL).stream().collect(Collectors.joining("\n"));

        RecordedLogs lines = RecordedLogs.of(json, hundred + "\n{\"msg\":\n" + AppLogs.PINO);
        RecordedLogs array = RecordedLogs.of(json, "[" + AppLogs.OTEL + ",7,{\"a\":1}," + AppLogs.PINO + "]");

        assertThat(lines.verdict).isEmpty();
        assertThat(lines.logs).hasSize(100);
        assertThat(lines.rejected).extracting(one -> one.item()).containsExactly(99);
        assertThat(array.logs).hasSize(2);
        assertThat(array.rejected).extracting(one -> one.item()).containsExactly(1, 2);
    }

    @Test
    void byteOrderMarkAndRepairedBytes_areTaken() {
        assertThat(RecordedLogs.of(json, "\uFEFF" + AppLogs.OTEL).only().trace())
                .isEqualTo(TRACE);
        RecordedLogs latin = RecordedLogs.of(
                json, AppLogs.OTEL.replace("stock", "st\u00e9ck").getBytes(ISO_8859_1));

        assertThat(latin.only().record().getBody().getStringValue()).isEqualTo("no st\uFFFDck");
        assertThat(latin.normalised).isEqualTo(Map.of("utf8_replaced", 1));
    }

    @Test
    void halfCharacters_areReplaced() {
        RecordedLogs.Log log = RecordedLogs.of(json, "{\"msg\":\"a\\ud800b\",\"k\":\"\\udc00\"}")
                .only();

        assertThat(log.record().getBody().getStringValue()).isEqualTo("a\uFFFDb");
        assertThat(log.attributes()).containsEntry("k", "\uFFFD");
    }

    @Test
    void duplicateKeys_theLastCounts() {
        RecordedLogs logs =
                RecordedLogs.of(json, "{\"msg\":\"a\",\"msg\":\"b\",\"trace\":{\"id\":\"7\"},\"trace.id\":\"8\"}");

        assertThat(logs.only().record().getBody().getStringValue()).isEqualTo("b");
        assertThat(logs.only().trace()).endsWith("8");
        assertThat(logs.normalised).containsEntry("duplicate_key", 2);
    }

    @Test
    void tooManyFields_areDropped_butNotTheOnesWithAMeaning() {
        String many =
                IntStream.range(0, 1000).mapToObj(i -> "\"f" + i + "\":" + i).collect(Collectors.joining(","));

        RecordedLogs logs = RecordedLogs.of(json, "{" + many + ",\"msg\":\"m\",\"trace_id\":\"" + TRACE + "\"}");

        assertThat(logs.only().attributes()).hasSize(256);
        assertThat(logs.only().record().getDroppedAttributesCount()).isEqualTo(744);
        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.normalised).containsEntry("dropped_attributes", 744);
    }

    @Test
    void longTexts_areCut_andLongNamesDropped() {
        String value = "{\"msg\":\"%s\",\"%s\":1}".formatted("m".repeat(100_000), "n".repeat(2000));

        RecordedLogs logs = RecordedLogs.of(json, value);

        assertThat(logs.only().record().getBody().getStringValue()).hasSize(32_768);
        assertThat(logs.only().attributes()).isEmpty();
        assertThat(logs.normalised).containsEntry("truncated_text", 1).containsEntry("dropped_attributes", 1);
    }

    @Test
    void longStackTrace_isCut() {
        String trace = "\n\tat shop.Orders.take(Orders.java:7)".repeat(20_000);

        RecordedLogs logs = RecordedLogs.of(text, TextLinesTest.LINE + trace);

        assertThat(logs.only().record().getBody().getStringValue()).hasSize(32_768);
        assertThat(logs.normalised).containsKey("truncated_text");
    }

    @Test
    void deepAndHugeJson_isRefused() {
        assertThat(RecordedLogs.of(json, "{\"a\":".repeat(20_000)).refusal()).isEqualTo("TOO_DEEP");
        assertThat(RecordedLogs.of(json, "{\"msg\":\"" + "m".repeat(2 << 20) + "\"}")
                        .refusal())
                .isEqualTo("TOO_LARGE");
        assertThat(RecordedLogs.of(json, "{\"msg\":1" + "0".repeat(100_000) + "}")
                        .refusal())
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void overlongLine_isRefusedAlone() {
        RecordedLogs logs = RecordedLogs.of(text, TextLinesTest.LINE + "\n" + "x".repeat(300_000) + "\n");

        assertThat(logs.logs).hasSize(1);
        assertThat(logs.rejected).extracting(one -> one.reason().name()).containsExactly("TOO_LARGE");
    }

    @Test
    void controlCharacters_areNoText() {
        RecordedLogs logs = RecordedLogs.of(text, (TextLinesTest.LINE + "\nforged\u0000line").getBytes(US_ASCII));

        assertThat(logs.logs).hasSize(1);
        assertThat(logs.rejected).extracting(one -> one.reason().name()).containsExactly("WRONG_FORMAT");
    }

    /** Expressions over which backtracking matchers need exponential time. */
    @ParameterizedTest
    @CsvSource({"(a+)+(?<trace_id>b)", "(a|a)*(?<trace_id>b)", "(?<trace_id>(.*)*x)", "(\\w+\\s?)*(?<trace_id>!)"})
    void catastrophicPattern_isLinear(String pattern) {
        AppLogDecoder decoder = TextLinesTest.decoder(pattern);
        String line = "a".repeat(100_000);

        RecordedLogs logs =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> RecordedLogs.of(decoder, line));

        assertThat(logs.normalised).containsEntry("unmatched_line", 1);
    }
}
