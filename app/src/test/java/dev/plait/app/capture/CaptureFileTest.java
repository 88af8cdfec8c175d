package dev.plait.app.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFileTest {
    @Test
    void reader_takesEveryFormOfValue() throws IOException {
        String lines = """
                {"topic":"t","timestamp":5,"key":"k","value":"text ä"}

                {"topic":"t","timestamp":6,"key":{"base64":"AP8="},"headers":{"a":"1","a":null,"b":{"base64":"AQ=="}},"value":{"base64":"AP8="},"partition":3,"offset":9}\r
                {"topic":"t","timestamp":7,"key":null,"value":null,"later":{"field":[1]}}""";

        List<CapturedRecord> records = read(lines);

        assertThat(records).hasSize(3);
        assertThat(text(records.get(0).value())).isEqualTo("text ä");
        CapturedRecord binary = records.get(1);
        assertThat(binary.key().orElseThrow()).containsExactly(0, 0xff);
        assertThat(binary.value().orElseThrow()).containsExactly(0, 0xff);
        assertThat(binary.headers()).extracting(CapturedRecord.Header::name).containsExactly("a", "a", "b");
        assertThat(binary.headers().get(1).value()).isEmpty();
        assertThat(binary.partition()).hasValue(3);
        assertThat(binary.offset()).hasValue(9);
        assertThat(records.get(2).value()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"b\" :1.50,  \"a\": [ ] }",
                "[{\"x\":\"\\u00e4ä\"} , 1e400]",
                "{}",
                "[]",
                "{\"base64\":\"AA==\",\"more\":1}",
                "{\"base64\":7}",
                "{\"a\":{\"base64\":\"AA==\"}}"
            })
    void reader_keepsTheTextOfJson(String json) throws IOException {
        List<CapturedRecord> records = read("{\"topic\":\"t\",\"value\": " + json + " ,\"timestamp\":1}");

        assertThat(text(records.get(0).value())).isEqualTo(json);
    }

    @Test
    void reader_takesJsonOfAnyDepth() throws IOException {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);

        List<CapturedRecord> records = read("{\"topic\":\"t\",\"timestamp\":1,\"value\":" + deep + "}");

        assertThat(text(records.get(0).value())).isEqualTo(deep);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | a capture line is a JSON object, got [",
                "{\"topic\":\"a b\"} | \"topic\" is a b, expected a topic name of letters, digits, '.', '_' and '-'",
                "{\"topic\":\"t\",\"value\":1} | \"value\" is 1, expected text, {\"base64\": \"...\"}, a JSON object, a JSON array or null",
                "{\"topic\":\"t\",\"timestamp\":\"now\"} | \"timestamp\" is now, expected an integer of at most 64 bits",
                "{\"topic\":\"t\",\"timestamp\":99999999999999999999} | \"timestamp\" is 99999999999999999999, expected an integer of at most 64 bits",
                "{\"topic\":\"t\",\"timestamp\":1} | \"value\" is missing, expected text, {\"base64\": \"...\"}, JSON or null",
                "{\"topic\":\"t\",\"value\":null} | \"timestamp\" is missing, expected milliseconds since the epoch",
                "{\"value\":null} | \"topic\" is missing, expected a topic name",
                "{\"topic\":\"t\",\"key\":{\"a\":1}} | \"key\" is a JSON object, expected text, {\"base64\": \"...\"} or null",
                "{\"topic\":\"t\",\"value\":{\"base64\":\"****\"}} | \"value\" is not base64: Illegal base64 character 2a",
                "{\"topic\":\"t\",\"partition\":-1} | \"partition\" is -1, expected 0 to 2147483647",
                "{\"topic\":\"t\",\"timestamp\":1,\"value\":null} 7 | one JSON object a line, found another value behind it",
                "{\"topic\":\"t\",\"value\":\"\\ud800\"} | \"value\" has half a surrogate pair; write it as {\"base64\": \"...\"}",
            })
    void reader_namesFileAndLineOfWhatIsWrong(String line, String message) {
        String lines = "{\"topic\":\"t\",\"timestamp\":1,\"value\":\"\"}\n" + line + "\n";

        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(CaptureProblem.class)
                .hasMessage("traffic.jsonl:2: " + message);
    }

    @Test
    void reader_namesTheColumnOfBrokenJson() {
        assertThatThrownBy(() -> read("{\"topic\":\"t\",\"value\":{\"a\":}"))
                .isInstanceOf(CaptureProblem.class)
                .hasMessageStartingWith("traffic.jsonl:1: not JSON at column 27: ")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | \"value\":{\"a\":1}}",
                "[1] | \"value\":[1]}",
                "{\"base64\":\"x\"} | \"value\":\"{\\\"base64\\\":\\\"x\\\"}\"}",
                "{\"a\":1} x | \"value\":\"{\\\"a\\\":1} x\"}",
                "{a:1} | \"value\":\"{a:1}\"}",
                "plain | \"value\":\"plain\"}",
            })
    void writer_embedsOnlyWhatReadsBackTheSame(String value, String end) throws IOException {
        String line = write(plain(value.getBytes(StandardCharsets.UTF_8)));

        assertThat(line).isEqualTo("{\"topic\":\"t\",\"timestamp\":1,\"key\":null," + end + "\n");
    }

    @Property
    void writtenRecords_readBackByteForByte(@ForAll byte[] key, @ForAll byte[] value, @ForAll String text)
            throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        CapturedRecord one = new CapturedRecord(
                "t",
                -7,
                Optional.of(key),
                List.of(new CapturedRecord.Header("h", Optional.of(value))),
                Optional.of(value),
                OptionalInt.of(2),
                OptionalLong.of(1L << 40));
        byte[] bracketed = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);

        List<CapturedRecord> read = read(write(one, plain(utf8), plain(bracketed)));

        assertThat(read).hasSize(3);
        assertThat(read.get(0).key().orElseThrow()).isEqualTo(key);
        assertThat(read.get(0).value().orElseThrow()).isEqualTo(value);
        assertThat(read.get(0).headers().get(0).value().orElseThrow()).isEqualTo(value);
        assertThat(read.get(0).timestampMs()).isEqualTo(-7);
        assertThat(read.get(0).offset()).hasValue(1L << 40);
        assertThat(read.get(1).value().orElseThrow()).isEqualTo(utf8);
        assertThat(read.get(2).value().orElseThrow()).isEqualTo(bracketed);
    }

    @Property
    void writtenValues_readBackWhateverTheBytes(@ForAll byte[] bytes) throws IOException {
        byte[] bracketed = Arrays.copyOf(bytes, bytes.length + 2);
        System.arraycopy(bytes, 0, bracketed, 1, bytes.length);
        bracketed[0] = '{';
        bracketed[bracketed.length - 1] = '}';

        List<CapturedRecord> read = read(write(plain(bracketed)));

        assertThat(read.get(0).value().orElseThrow()).isEqualTo(bracketed);
    }

    private static CapturedRecord plain(byte[] value) {
        return new CapturedRecord(
                "t", 1, Optional.empty(), List.of(), Optional.of(value), OptionalInt.empty(), OptionalLong.empty());
    }

    private static String write(CapturedRecord... records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(out)) {
            for (CapturedRecord one : records) {
                writer.write(one);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<CapturedRecord> read(String lines) throws IOException {
        List<CapturedRecord> records = new ArrayList<>();
        try (CaptureReader reader =
                new CaptureReader(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), "traffic.jsonl")) {
            for (Optional<CapturedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
        }
        return records;
    }

    private static String text(Optional<byte[]> bytes) {
        return new String(bytes.orElseThrow(), StandardCharsets.UTF_8);
    }
}
