package dev.plait.ingest.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextFormatFuzzTest {
    private final MeshDecoder decoder = TextFormatTest.decoder(TextFormatTest.FORMAT);
    private final MeshDecoder small = TextFormatTest.decoder("\"%REQ(A)%\" %RESPONSE_CODE% \"%REQ(B)%\"");

    /** The last column ends with the line: only a line that is cut within it still fits. */
    @Test
    void everyTruncation_beforeTheLastColumn_isRefused() {
        String line = TextFormatTest.LINE;
        for (int length = 1; length <= line.lastIndexOf(' '); length++) {
            RecordedLogs logs = RecordedLogs.of(decoder, line.substring(0, length));

            assertThat(logs.logs).as("first %d characters", length).isEmpty();
            assertThat(logs.refusal()).isIn("WRONG_FORMAT", "FIELD_COUNT");
        }
    }

    @Test
    void everyBitFlip_isAVerdict() {
        byte[] whole = TextFormatTest.LINE.getBytes(UTF_8);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertSound(RecordedLogs.of(decoder, flipped));
        }
    }

    @Property(tries = 500)
    void randomBytes_areAVerdict(@ForAll @Size(max = 300) byte[] bytes) {
        assertSound(RecordedLogs.of(decoder, bytes));
    }

    @Property(tries = 1000)
    void replacedPieces_areAVerdict(@ForAll @IntRange(max = 400) int at, @ForAll @Size(min = 1, max = 8) byte[] piece) {
        byte[] bytes = TextFormatTest.LINE.getBytes(UTF_8);
        System.arraycopy(piece, 0, bytes, at % (bytes.length - piece.length), piece.length);

        assertSound(RecordedLogs.of(decoder, bytes));
    }

    /** Whatever headers hold, they are read as what they were, or the line is refused. */
    @Property(tries = 2000)
    void headers_areNeverTakenForAnother(
            @ForAll @StringLength(max = 12) @CharRange(from = '1', to = '2') @CharRange(from = ' ', to = '"') String a,
            @ForAll @StringLength(max = 12) @CharRange(from = '1', to = '2') @CharRange(from = ' ', to = '"')
                    String b) {
        RecordedLogs logs = RecordedLogs.of(small, "\"" + a + "\" 200 \"" + b + "\"");

        if (logs.verdict.isEmpty()) {
            RecordedLogs.Log log = logs.only();
            assertThat(log.get("http.response.status_code")).isEqualTo("200");
            assertThat(log.get("http.request.header.a")).isEqualTo(a);
            assertThat(log.get("http.request.header.b")).isEqualTo(b);
        } else {
            assertThat(logs.refusal()).isEqualTo("AMBIGUOUS");
        }
    }

    /** Refused, or everything in it accounted for. */
    private static void assertSound(RecordedLogs logs) {
        assertThat(logs.verdict.isPresent() || !logs.logs.isEmpty() || !logs.rejected.isEmpty())
                .isTrue();
    }
}
