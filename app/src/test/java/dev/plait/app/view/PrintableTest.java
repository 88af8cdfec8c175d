package dev.plait.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharacters_becomeDots() {
        assertThat(Printable.of("a\u001b[31mb\r\nc\u202ed\u0000", 100)).isEqualTo("a·[31mb··c·d·");
    }

    @Test
    void longText_isCutVisibly() {
        assertThat(Printable.of("abcdef", 3)).isEqualTo("abc…");
        assertThat(Printable.of("abc", 3)).isEqualTo("abc");
    }
}
