package dev.plait.ingest.kong;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KongFuzzTest {
    private final KongDecoder decoder = new KongDecoder();

    @Test
    void everyTruncation_isRefused_andNothingThrown() {
        for (String log : new String[] {KongLogs.FULL.strip(), KongLogs.STREAM.strip()}) {
            byte[] whole = log.getBytes(UTF_8);
            for (int length = 0; length < whole.length; length++) {
                RecordedLogs logs = RecordedLogs.of(decoder, Arrays.copyOf(whole, length));

                assertThat(logs.refusal()).as("first %d bytes", length).isEqualTo(length == 0 ? "EMPTY" : "TRUNCATED");
            }
        }
    }

    @Test
    void everyTruncationOfABatch_isRefused() {
        byte[] whole = ("[" + KongLogs.with("") + "," + KongLogs.with("") + "]").getBytes(UTF_8);
        for (int length = 1; length < whole.length; length++) {
            assertThat(RecordedLogs.of(decoder, Arrays.copyOf(whole, length)).refusal())
                    .isEqualTo("TRUNCATED");
        }
    }

    @Test
    void everyBitFlip_isAVerdict() {
        byte[] whole = KongLogs.FULL.getBytes(UTF_8);
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

    @Property(tries = 500)
    void replacedPieces_areAVerdict(
            @ForAll @IntRange(max = 1500) int at, @ForAll @Size(min = 1, max = 8) byte[] piece) {
        byte[] bytes = KongLogs.FULL.getBytes(UTF_8);
        System.arraycopy(piece, 0, bytes, at % (bytes.length - piece.length), piece.length);

        assertSound(RecordedLogs.of(decoder, bytes));
    }

    /** Refused, or everything in it accounted for. */
    private static void assertSound(RecordedLogs logs) {
        assertThat(logs.verdict.isPresent() || !logs.logs.isEmpty() || !logs.rejected.isEmpty())
                .isTrue();
    }
}
