package dev.plait.ingest.accesslog;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void validBytes_areTheSameArray() {
        byte[] ascii = "GET /orders HTTP/1.1".getBytes(UTF_8);
        byte[] wide = "GET /ö€😀 HTTP/1.1".getBytes(UTF_8);

        assertThat(Utf8.repair(ascii)).isSameAs(ascii);
        assertThat(Utf8.repair(wide)).isSameAs(wide);
    }

    @Property(tries = 1000)
    void anyBytes_becomeValid(@ForAll byte[] bytes) {
        byte[] repaired = Utf8.repair(bytes);

        assertThat(Utf8.repair(repaired)).isSameAs(repaired);
    }

    @Property(tries = 1000)
    void encoding_isThatOfTheJdk(@ForAll String text) {
        char[] chars = text.toCharArray();
        byte[] out = new byte[3 * chars.length];
        int length = Utf8.encode(chars, 0, chars.length, out);
        String expected = new String(text.getBytes(UTF_16BE), UTF_16BE);

        assertThat(Arrays.copyOf(out, length)).isEqualTo(expected.getBytes(UTF_8));
    }

    @Test
    void cut_neverSplitsACharacter() {
        byte[] bytes = "aö€😀".getBytes(UTF_8);
        for (int most = 0; most <= bytes.length; most++) {
            int length = Utf8.cut(bytes, 0, bytes.length, most);

            byte[] kept = Arrays.copyOf(bytes, length);
            assertThat(Utf8.repair(kept)).isSameAs(kept);
            assertThat(most - length).isBetween(0, 3);
        }
    }
}
