package dev.plait.ingest.applog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppLogFuzzTest {
    private final AppLogDecoder json = new AppLogDecoder();
    private final AppLogDecoder text = TextLinesTest.decoder(TextLinesTest.PATTERN);

    static List<String> jsonLogs() {
        return new ArrayList<>(AppLogs.all().values());
    }

    static List<String> logs() {
        List<String> logs = jsonLogs();
        logs.add(TextLinesTest.LINE);
        return logs;
    }

    @ParameterizedTest
    @MethodSource("jsonLogs")
    void everyTruncation_isRefused(String log) {
        for (int length = 1; length < log.length(); length++) {
            RecordedLogs logs = RecordedLogs.of(json, log.substring(0, length));

            assertThat(logs.logs).as("first %d characters", length).isEmpty();
            assertThat(logs.refusal()).isIn("TRUNCATED", "WRONG_FORMAT");
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void everyTruncation_leavesTheLineBeforeAlone(String log) {
        for (int length = 1; length < log.length(); length++) {
            RecordedLogs logs = RecordedLogs.of(text, TextLinesTest.LINE + "\n" + log.substring(0, length));

            assertThat(logs.verdict).isEmpty();
            assertThat(logs.logs.get(0).trace()).isEqualTo(AppLogs.TRACE);
            assertThat(logs.logs.size() + logs.rejected.size()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void everyBitFlip_isAVerdict(String log) {
        byte[] whole = log.getBytes(UTF_8);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertSound(flipped);
        }
    }

    @Property(tries = 500)
    void randomBytes_areAVerdict(@ForAll @Size(max = 300) byte[] bytes) {
        assertSound(bytes);
    }

    @Property(tries = 1000)
    void replacedPieces_areAVerdict(
            @ForAll @IntRange(max = 15) int log,
            @ForAll @IntRange(max = 400) int at,
            @ForAll @Size(min = 1, max = 8) byte[] piece) {
        byte[] bytes = logs().get(log).getBytes(UTF_8);
        System.arraycopy(piece, 0, bytes, at % (bytes.length - piece.length), piece.length);

        assertSound(bytes);
    }

    /** Refused, or everything in it accounted for; and the same again. */
    private void assertSound(byte[] bytes) {
        for (AppLogDecoder decoder : List.of(json, text)) {
            RecordedLogs logs = RecordedLogs.of(decoder, bytes);
            RecordedLogs again = RecordedLogs.of(decoder, bytes);

            assertThat(logs.verdict.isPresent() || !logs.logs.isEmpty() || !logs.rejected.isEmpty())
                    .isTrue();
            assertThat(again.logs).isEqualTo(logs.logs);
            assertThat(again.verdict).isEqualTo(logs.verdict);
        }
    }
}
