package dev.plait.ingest.applog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPatternTest {
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "x",
            ",",
            " ",
            ":",
            "-",
            "\\[",
            "\\]",
            "\\.",
            "\\\\",
            "\\$",
            ".",
            "\\d",
            "\\D",
            "\\w",
            "\\W",
            "\\s",
            "\\S",
            "\\t",
            "[ab]",
            "[^,]",
            "[^ab]",
            "[a-c0-2]",
            "[^\\]:]",
            "[\\w.]",
            "[\\S]",
            "[^\\s,]",
            "(",
            "(?:",
            "(?<g>",
            ")",
            ")",
            ")",
            "*",
            "+",
            "?",
            "{2}",
            "{1,}",
            "{0,2}",
            "{0}",
            "*?",
            "|",
            "^",
            "$",
            "\\b",
            "\\pL",
            "[[:alpha:]]",
            "(?i)",
            "\u00e4",
            "[\u00e4]",
            "{",
            "]",
            "}",
            "[]a]",
            "[a-]");
    private static final List<String> TEXTS = List.of(
            "a",
            "b",
            "c",
            "x",
            "0",
            "7",
            ",",
            " ",
            ":",
            "-",
            "[",
            "]",
            ".",
            "\\",
            "$",
            "\t",
            "\u00e4",
            "\u20ac",
            "\ud83d\ude00",
            "\u2003");

    @ParameterizedTest
    @ValueSource(
            strings = {
                TextLinesTest.PATTERN,
                "dd\\.trace_id=(?P<dd_trace_id>\\d+)",
                "(?<trace_id>[0-9a-f]{32})",
                "trace_id=(?<trace_id>\\w+) span_id=(?<span_id>\\w+)",
                "^\\[(?<timestamp>[^\\]]+)\\] (?<level>\\w+): \\[(?<trace_id>[0-9a-f]*)\\] (?<message>.*)$"
            })
    void usualPatterns_needNoEngine(String regex) {
        assertThat(PlainPattern.of(regex)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<trace_id>a|b)", "(?<trace_id>\\w+)1", "(?:(?<trace_id>a))?", ".*(?<trace_id>a)",
                        "(?<trace_id>a*?)b",
                "(?<trace_id>\\w*)a*$", "(?i)(?<trace_id>a)", "\\b(?<trace_id>a)", "(?<trace_id>[[:alpha:]])",
                        "(?<trace_id>\u00e4)"
            })
    void otherPatterns_areLeftToRe2(String regex) {
        assertThat(PlainPattern.of(regex)).isEmpty();
    }

    @Property(tries = 5_000)
    void match_isTheOneOfRe2(@ForAll("patterns") String regex, @ForAll("lines") String line) {
        assertAgree(regex, line);
    }

    /** Much denser in patterns that need no engine. */
    @Property(tries = 5_000)
    void matchOfPlainPattern_isTheOneOfRe2(@ForAll("plainPatterns") String regex, @ForAll("lines") String line) {
        assertAgree(regex, line);
    }

    @Test
    void manyBeginnings_areTriedInLinearTime() {
        String line = "[a,".repeat(80_000);
        for (String regex : List.of("\\[[^;]*;(x)", "\\S+ (x)", "(,)[^;]{2,}[;]", "\\[?a?,+;(x)")) {
            assertThat(PlainPattern.of(regex)).as(regex).isPresent();
            assertAgree(regex, line);
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(10).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> plainPatterns() {
        Arbitrary<String> set =
                Arbitraries.of("a", "b", ",", " ", ".", "\\w", "\\S", "\\s", "[^,]", "[ab]", "\\d", "[^a]", "\\[");
        Arbitrary<String> times = Arbitraries.of("", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "{0,3}");
        Arbitrary<String> step = Arbitraries.of("%s", "%s", "(%s)", "(?:%s)")
                .flatMap(form -> set.flatMap(s -> times.map(t -> String.format(java.util.Locale.ROOT, form, s + t))));
        Arbitrary<String> whole = step.list().ofMinSize(1).ofMaxSize(6).map(steps -> String.join("", steps));
        return Arbitraries.of("%s", "%s", "^%s", "%s$", "^%s$", "(%s)")
                .flatMap(form -> whole.map(steps -> String.format(java.util.Locale.ROOT, form, steps)));
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(TEXTS).list().ofMaxSize(12).map(texts -> String.join("", texts));
    }

    private static void assertAgree(String regex, String line) {
        Pattern compiled;
        try {
            compiled = Pattern.compile(regex);
        } catch (PatternSyntaxException refused) {
            return;
        }
        Optional<PlainPattern> plain = PlainPattern.of(regex);
        if (plain.isEmpty()) {
            return;
        }
        Matcher re2 = compiled.matcher(line);
        PlainMatcher matcher = new PlainMatcher(plain.get());
        byte[] bytes = ("\u00e4" + line + "a").getBytes(UTF_8);
        int from = 2;

        boolean found = matcher.find(bytes, from, bytes.length - 1);

        assertThat(found).as("%s in '%s'", regex, line).isEqualTo(re2.find());
        assertThat(plain.get().groups()).isEqualTo(compiled.groupCount() + 1);
        for (int group = 1; found && group <= compiled.groupCount(); group++) {
            byte[] text = Arrays.copyOfRange(bytes, matcher.start(group), matcher.end(group));
            assertThat(new String(text, UTF_8))
                    .as("%s in '%s', group %d", regex, line, group)
                    .isEqualTo(re2.group(group));
            assertThat(new String(bytes, from, matcher.start(group) - from, UTF_8))
                    .hasSize(re2.start(group));
        }
    }
}
