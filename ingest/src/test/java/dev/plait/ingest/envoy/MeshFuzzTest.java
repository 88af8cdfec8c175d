package dev.plait.ingest.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeshFuzzTest {
    private final MeshDecoder decoder = new MeshDecoder();

    static List<String> lines() {
        return List.of(MeshLines.KUMA, MeshLines.KUMA_8, MeshLines.ENVOY, MeshLines.TCP, MeshLines.JSON);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyTruncation_isRefused(String line) {
        for (int length = 1; length < line.length(); length++) {
            RecordedLogs logs = RecordedLogs.of(decoder, line.substring(0, length));

            assertThat(logs.logs).as("first %d characters", length).isEmpty();
            assertThat(logs.refusal()).isIn("TRUNCATED", "FIELD_COUNT", "WRONG_FORMAT");
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyTruncation_leavesTheLineBeforeAlone(String line) {
        for (int length = 1; length < line.length(); length++) {
            RecordedLogs logs = RecordedLogs.of(decoder, MeshLines.KUMA + "\n" + line.substring(0, length));

            assertThat(logs.verdict).isEmpty();
            assertThat(logs.logs).hasSize(1);
            assertThat(logs.rejected).hasSize(1);
            assertThat(logs.rejected.get(0).item()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyBitFlip_isAVerdict(String line) {
        byte[] whole = line.getBytes(UTF_8);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertSound(RecordedLogs.of(decoder, flipped));
        }
    }

    @Test
    void reusedDecoder_forgetsTheLineBefore() {
        RecordedLogs.of(decoder, MeshLines.KUMA);

        RecordedLogs.Log log = RecordedLogs.of(decoder, MeshLines.TCP).only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.isError()).isFalse();
        assertThat(log.get("url.path")).isEmpty();
    }

    @Property(tries = 500)
    void randomBytes_areAVerdict(@ForAll @Size(max = 300) byte[] bytes) {
        assertSound(RecordedLogs.of(decoder, bytes));
    }

    @Property(tries = 1000)
    void replacedPieces_areAVerdict(
            @ForAll @IntRange(max = 4) int line,
            @ForAll @IntRange(max = 400) int at,
            @ForAll @Size(min = 1, max = 8) byte[] piece) {
        byte[] bytes = lines().get(line).getBytes(UTF_8);
        System.arraycopy(piece, 0, bytes, at % (bytes.length - piece.length), piece.length);

        assertSound(RecordedLogs.of(decoder, bytes));
    }

    /** Refused, or everything in it accounted for. */
    private static void assertSound(RecordedLogs logs) {
        assertThat(logs.verdict.isPresent() || !logs.logs.isEmpty() || !logs.rejected.isEmpty())
                .isTrue();
    }
}
