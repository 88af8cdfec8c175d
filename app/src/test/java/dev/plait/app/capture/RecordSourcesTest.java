package dev.plait.app.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordSourcesTest {
    @Test
    void mergedSource_takesLowestHeadAndKeepsEachOrder() throws IOException {
        RecordSource first = numbers("a.log", "5\n2\n9");
        RecordSource second = numbers("b.log", "5\n6\n");

        List<String> merged = values(new MergedSource(List.of(first, second)));

        assertThat(merged).containsExactly("a.log 5@5", "a.log 2@5", "b.log 5@5", "b.log 6@6", "a.log 9@9");
    }

    @Test
    void rawFileOfLines_isOneRecordALineWithTimesNeverGoingBack() throws IOException {
        RecordSource lines = numbers("x.jsonl", "none\n7\r\n\n3\n8");

        assertThat(values(lines)).containsExactly("x.jsonl none@0", "x.jsonl 7@7", "x.jsonl 3@7", "x.jsonl 8@8");
    }

    @Test
    void otherRawFile_isOneRecord() throws IOException {
        RecordSource whole = numbers("x.bin", "12\n");

        assertThat(values(whole)).containsExactly("x.bin 12\n@12");
    }

    private static RecordSource numbers(String file, String content) {
        return new RawSource(
                file,
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                file,
                RecordSourcesTest::number);
    }

    private static OptionalLong number(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8).trim();
        return text.equals("none") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    private static List<String> values(RecordSource source) throws IOException {
        List<String> values = new ArrayList<>();
        for (Optional<CapturedRecord> next = source.next(); next.isPresent(); next = source.next()) {
            CapturedRecord one = next.get();
            String text = new String(one.value().orElseThrow(), StandardCharsets.UTF_8);
            values.add(one.topic() + " " + text + "@" + one.timestampMs());
        }
        return values;
    }
}
