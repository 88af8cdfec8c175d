package dev.plait.ingest.applog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of objects have a parser in common, and nothing else. */
class AppLogLinesTest {
    private static final String GOOD = "{\"msg\":\"good\",\"trace_id\":\"" + AppLogs.TRACE + "\"}";

    private final AppLogDecoder json = new AppLogDecoder();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `{"msg":`                                | TRUNCATED
            `{"msg":"m`                              | TRUNCATED
            `{"msg":"m"`                             | TRUNCATED
            `{"a":{"b":[{"c":1`                      | TRUNCATED
            `{"a":[1,2}`                             | WRONG_FORMAT
            `{"msg":x}`                              | WRONG_FORMAT
            `{"msg":"\\q"}`                          | WRONG_FORMAT
            `{"msg":"m"}{"msg":"n"}`                 | TRAILING_DATA
            `{"msg":"m"} 7`                          | TRAILING_DATA
            `{"msg":"m"}}`                           | WRONG_FORMAT
            `{"n":12345678901234567890123456789012345678901234567890123456789012345}` | TOO_LARGE
            """)
    void brokenLine_refusesItselfAlone(String broken, String reason) {
        RecordedLogs logs = RecordedLogs.of(json, String.join("\r\n", GOOD, broken, GOOD, broken, GOOD));

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(3).allMatch(log -> log.equals(logs.logs.get(0)));
        assertThat(logs.logs.get(0).trace()).isEqualTo(AppLogs.TRACE);
        assertThat(logs.rejected).extracting(one -> one.item()).containsExactly(1, 3);
        assertThat(logs.rejected).extracting(one -> one.reason().name()).containsOnly(reason);
        // each says where it is, by the record and not by what was read before
        int at = GOOD.length() + 2;
        assertThat(logs.rejected.get(0).detail()).endsWith("in the line at byte " + at);
        assertThat(logs.rejected.get(1).detail()).endsWith("in the line at byte " + (2 * at + broken.length() + 2));
    }

    @Test
    void objectsThatAreBrokenAcrossLines_areNotJoined() {
        RecordedLogs logs = RecordedLogs.of(json, GOOD + "\n{\"msg\":\n\"m\"}\n" + GOOD);

        assertThat(logs.logs).hasSize(2);
        assertThat(logs.rejected).extracting(one -> one.item()).containsExactly(1, 2);
    }

    @Test
    void recordOfObjectsWithoutNewlines_isReadWhenItIsADocument() {
        RecordedLogs logs = RecordedLogs.of(json, "{\"msg\":\n\"a\"}" + GOOD + " " + GOOD);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(3);
    }

    /** More names than a parser may hold: the lines with them are good nevertheless, one by one. */
    @Test
    void namesOfOtherLines_areNoLimit() {
        String lines = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"msg\":\"m\",\"" + "n".repeat(200) + i + "\":1}")
                .collect(Collectors.joining("\n"));

        RecordedLogs logs = RecordedLogs.of(json, lines);

        assertThat(logs.logs).hasSize(2_000);
        assertThat(logs.rejected).isEmpty();
        assertThat(RecordedLogs.of(json, GOOD).only().trace()).isEqualTo(AppLogs.TRACE);
    }

    @Test
    void record_isReadAsByADecoderThatReadNothingBefore() {
        List<String> records =
                List.of(GOOD, "{\"msg\":", GOOD + "\n{\"msg\":\"a", "{\"a\":{\"b\":" + "\n" + GOOD, GOOD);
        for (String record : records) {
            RecordedLogs fresh = RecordedLogs.of(new AppLogDecoder(), record);

            RecordedLogs used = RecordedLogs.of(json, record);

            assertThat(used.logs).isEqualTo(fresh.logs);
            assertThat(used.verdict).isEqualTo(fresh.verdict);
            assertThat(used.rejected).isEqualTo(fresh.rejected);
        }
    }

    @Test
    void bodyOfContinuedLines_isCutAtACharacter() {
        AppLogDecoder text = TextLinesTest.decoder(TextLinesTest.PATTERN);
        String smile = "\ud83d\ude00";
        String record = TextLinesTest.LINE + "\r\n" + ("\t" + smile.repeat(100) + "\r\n").repeat(200);

        RecordedLogs logs = RecordedLogs.of(text, record.getBytes(UTF_8));

        String body = logs.only().record().getBody().getStringValue();
        assertThat(body).startsWith("no stock: sku=7\n\t" + smile).doesNotContain("\r", "\ufffd");
        assertThat(body.length()).isBetween(32_767, 32_768);
        assertThat(logs.normalised).containsKey("truncated_text");
    }

    @Test
    void wideBlanksAtTheEnd_areNoText() {
        AppLogDecoder text = TextLinesTest.decoder(TextLinesTest.PATTERN);

        RecordedLogs logs = RecordedLogs.of(text, TextLinesTest.LINE + "\u2003 \u2003\r\n\u00e9\u00e9");

        assertThat(logs.logs.get(0).record().getBody().getStringValue()).isEqualTo("no stock: sku=7");
        assertThat(logs.logs.get(1).record().getBody().getStringValue()).isEqualTo("\u00e9\u00e9");
    }

    @Test
    void linesBeyondTheMost_areRefusedAsOne() {
        AppLogDecoder text = new AppLogDecoder(AppLogForm.of("^(?<trace_id>[0-9a-f]{32})", ""));
        String most = "a\n".repeat(200_000);

        assertThat(RecordedLogs.of(text, most + "\n \n").rejected).isEmpty();

        // the line behind the most tells that the one before is whole, and is kept
        RecordedLogs logs = RecordedLogs.of(text, most + "b\nc\nd\n");
        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(200_001);
        assertThat(logs.rejected).hasSize(1);
        assertThat(logs.rejected.get(0).reason().name()).isEqualTo("TOO_MANY");
        assertThat(logs.rejected.get(0).atByte()).isEqualTo(400_002);
        assertThat(logs.rejected.get(0).item()).isEqualTo(200_001);
    }

    @Test
    void brokenLinesBeyondTheMost_areRefusedAsOneWithWhatFollows() {
        RecordedLogs logs = RecordedLogs.of(json, GOOD + "\n" + "{\"a\n".repeat(20_001) + GOOD);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(1);
        assertThat(logs.rejected).hasSize(20_001);
        assertThat(logs.rejected.get(20_000).reason().name()).isEqualTo("TOO_MANY");
    }
}
