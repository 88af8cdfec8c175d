package dev.plait.ingest.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileYamlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!!javax.script.ScriptEngineManager [x]    | 1: not YAML: Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager",
                "a: !!java.net.URL [\"http://x\"]          | 1: not YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL",
                "a: !x 1                                   | 1: the tag !x; expected plain values",
                "a: !!binary aGk=                          | 1: the tag tag:yaml.org,2002:binary; expected plain values",
                "a: !!set {x}                              | 1: the tag tag:yaml.org,2002:set; expected plain values",
                "a: 1\\na: 2                                | 2: a: given twice; it is also in line 1",
                "a:\\n\\tb: 1                                | 2: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
                "{a: 1                                     | 1: not YAML: expected ',' or '}', but got <stream end>",
                "a: &x [*x]                                | 1: more than 32 levels, aliases followed",
                "? [a]\\n: b                                | 1: a key that is no text",
                "just text                                 | 1: just text; expected a mapping with apiVersion, kind, metadata, spec",
                "- a                                       | 1: a list; expected a mapping with apiVersion, kind, metadata, spec",
                "a: *nothing                               | 1: not YAML: found undefined alias nothing",
                "%YAML 3.0\\n---\\na: 1                      | 1: not YAML: found incompatible YAML document (version 1.* is required)",
            })
    void yaml_isRefused(String yaml, String problem) {
        assertThat(resolve(yaml.replace("\\n", "\n").replace("\\t", "\t")).problems().stream()
                        .map(Problem::toString))
                .contains("x.yaml:" + problem.replace("\\\\", "\\"));
    }

    @Test
    void aliases_cannotGrow() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(resolve(laughs.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("more than"));
    }

    @Test
    void size_isLimited() {
        assertThat(resolve("a: " + "x".repeat(3_000_000)).problems())
                .extracting(Problem::toString)
                .containsExactly("x.yaml:1: 3000003 characters; expected at most 1048576");
        assertThat(resolve("a: [" + "1,".repeat(30_000) + "1]").problems())
                .extracting(Problem::message)
                .containsExactly("more than 20000 values, aliases followed");
        assertThat(resolve("[".repeat(100_000)).problems()).hasSize(1);
        assertThat(resolve("{a: ".repeat(100_000)).problems()).hasSize(1);
        assertThat(resolve("---\na: 1\n".repeat(9000)).problems()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void emptyFiles_sayNothing() {
        for (String empty : new String[] {"", "\n", "# nothing", "---", "---\n---\n", "~", "\ufeff"}) {
            assertThat(resolve(empty)).isEqualTo(resolve(""));
        }
        assertThat(resolve("").problems()).isEmpty();
    }

    /** Lines that are lost, doubled, indented, swapped; characters that change: always an answer. */
    @Property(tries = 1500)
    void mutatedFile_isResolvedOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(SloFiles.REFERRING + "---\n" + SloFiles.PARTS);
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(30));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.setCharAt(at, "{}[]:,-&*!|>'\"%@\n \t#?~0.\ud83d\u0000".charAt(random.nextInt(26)));
                default -> text.insert(at, "\n  ");
            }
        }

        Resolved resolved = resolve(text.toString());

        assertThat(resolved.definitions().size() + resolved.problems().size()).isPositive();
    }

    private static Resolved resolve(String yaml) {
        return OpenSloFiles.resolve(Map.of("x.yaml", yaml), 1);
    }
}
