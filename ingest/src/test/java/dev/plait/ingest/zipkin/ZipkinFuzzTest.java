package dev.plait.ingest.zipkin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.span.DecodedSpans;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class ZipkinFuzzTest {
    private static final byte[] JSON = ("[" + ZipkinSpans.KONG + "," + ZipkinSpans.ENVOY_SERVER + "]").getBytes(UTF_8);
    private static final byte[] PROTO = proto();

    private final ZipkinDecoder decoder = new ZipkinDecoder();

    @Test
    void everyTruncation_isRefused_andNothingThrown() {
        for (int length = 1; length < JSON.length; length++) {
            byte[] cut = Arrays.copyOf(JSON, length);
            // half a word is no JSON, whatever follows
            boolean word = new String(cut, UTF_8).matches("(?s).*:tr?u?");
            assertThat(DecodedSpans.of(decoder, cut).told())
                    .as("first %d bytes", length)
                    .isIn("D TRUNCATED", word ? "D WRONG_FORMAT" : "D TRUNCATED");
        }
        int firstSpan = 2 + (PROTO[1] & 0x7f) + ((PROTO[1] & 0x80) == 0 ? 0 : 1 + PROTO[2] * 128);
        for (int length = 1; length < PROTO.length; length++) {
            String told = DecodedSpans.of(decoder, Arrays.copyOf(PROTO, length)).told();
            assertThat(told).as("first %d bytes", length).isEqualTo(length == firstSpan ? "ok" : told(length));
        }
    }

    /** One byte is a blank line. */
    private static String told(int length) {
        return length == 1 ? "D EMPTY" : "D TRUNCATED";
    }

    @Test
    void everyBitFlip_isAVerdict() {
        for (byte[] whole : List.of(JSON, PROTO)) {
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);

                assertSound(DecodedSpans.of(decoder, flipped));
            }
        }
    }

    @Property(tries = 500)
    void randomBytes_areAVerdict(@ForAll @Size(max = 300) byte[] bytes) {
        assertSound(DecodedSpans.of(decoder, bytes));
    }

    @Property(tries = 500)
    void replacedPieces_areAVerdict(
            @ForAll @IntRange(max = 2000) int at, @ForAll @Size(min = 1, max = 8) byte[] piece, @ForAll boolean json) {
        byte[] bytes = (json ? JSON : PROTO).clone();
        System.arraycopy(piece, 0, bytes, at % (bytes.length - piece.length), piece.length);

        assertSound(DecodedSpans.of(decoder, bytes));
    }

    @Test
    void lengths_areNotAllocatedBeforeTheirBytesAreThere() {
        byte[] promise = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1, 2};

        assertThat(DecodedSpans.of(decoder, promise).told()).isEqualTo("D TRUNCATED");
    }

    /** Refused, or everything in it accounted for. */
    private static void assertSound(DecodedSpans decoded) {
        assertThat(decoded.verdict.isPresent() || !decoded.spans.isEmpty() || !decoded.rejected.isEmpty())
                .isTrue();
    }

    private static byte[] proto() {
        List<Span> spans = SpanBytesDecoder.JSON_V2.decodeList(JSON);
        return SpanBytesEncoder.PROTO3.encodeList(spans);
    }
}
