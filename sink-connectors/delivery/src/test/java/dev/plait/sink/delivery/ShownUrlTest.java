package dev.plait.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://backend:9093/a | 'ftp://backend:9093/a'",
                "alertmanager:9093 | 'alertmanager:9093'",
                "http://me:s3cret@backend/a | 'http://***@backend/a'",
                "http://me:s3@cret@backend/a | 'http://***@backend/a'",
                "http://me:s3/cret@backend/a | 'http://***@backend/a'",
                "me:s3cret@backend | '***@backend'",
                "http://backend/a?token=s3cret | 'http://backend/a?***'",
                "http://backend/a#s3cret | 'http://backend/a?***'",
                "http://backend?to=me:s3cret@x | 'http://backend?***'",
            },
            quoteCharacter = '`')
    void url_isShownWithoutSecrets(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown).doesNotContain("cret");
    }

    @Test
    void lineBreaksAndEndlessTexts_areNotQuoted() {
        assertThat(ShownUrl.of("http://x\n\u001b[2J")).isEqualTo("'http://x··[2J'");
        assertThat(ShownUrl.of("x".repeat(5_000))).hasSizeLessThan(210);
    }
}
