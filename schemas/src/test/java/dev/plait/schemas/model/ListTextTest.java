package dev.plait.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["acme"]                | acme
            ["a","b, c","d"]        | a, b, c, d
            ["a",1,-2.5e3,true]     | a, 1, -2.5e3, true
            ["\\"q\\" \\\\ \\u00fc"]| "q" \\ ü
            []                      | ``
            [1]                     | 1
            [1,]                    | [1,]
            ["a"                    | ["a"
            ["a]                    | ["a]
            ["a\\"]                 | ["a\\"]
            ["\\u12"]               | ["\\u12"]
            [["a"]]                 | [["a"]]
            [null]                  | [null]
            [redacted]              | [redacted]
            ["a"]["b"]              | ["a"]["b"]
            a                       | a
            [                       | [
            """)
    void list_isItsElementsInARow(String text, String joined) {
        assertThat(ListText.joined(text)).isEqualTo(joined);
    }

    @Property(tries = 500)
    void anyText_isRead(@ForAll String text) {
        assertThat(ListText.joined('[' + text + ']')).isNotNull();
        assertThat(ListText.joined("[\"" + text + "\"]")).isNotNull();
    }
}
