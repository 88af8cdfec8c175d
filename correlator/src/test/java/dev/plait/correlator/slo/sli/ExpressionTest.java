package dev.plait.correlator.slo.sli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.slo.sli.Predicate.Answer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status =< 500                | line 1, column 8: token recognition error at: '=<'",
                "status                       | line 1, column 1: expected type 'bool' but found 'int'",
                "nope == 1                    | line 1, column 1: undeclared reference to 'nope'",
                "service + 1 == \"a\"         | line 1, column 9: found no matching overload for '_+_'",
                "attributes[\"flag\"]         | line 1, column 1: the result may be anything; compare it",
                "path.matches(service)        | line 1, column 14: the pattern of matches must be a literal",
                "path.matches(\"(\")          | line 1, column 14: error parsing regexp: missing closing )",
                "path.matches(\"((a{1000}){1000}){1000}\") | line 1, column 14: the pattern's repetitions are too many",
                "path.matches(\"(a{500}){100}\") | line 1, column 14: the pattern is too large",
                "[1].map(x, x) == [1]         | line 1, column",
                "{\"a\": 1}.filter(x, true) == [] | line 1, column"
            })
    void expression_isRefusedWithItsPosition(String where, String reason) {
        assertThat(SliEvaluator.problem(where))
                .hasValueSatisfying(found -> assertThat(found).startsWith(reason));
    }

    @Test
    void position_countsLines() {
        assertThat(SliEvaluator.problem("status < 500\n  && nope"))
                .hasValueSatisfying(found -> assertThat(found).startsWith("line 2, column 6: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "status >= 500",
                ".status >= 500",
                "tags[\"region\"] == \"eu\" && attributes[\"x\"] > 1.5",
                "has(attributes.tenant)",
                "path.matches(\"^/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$\")",
                "[\"/a\", \"/b\"].exists(p, path.startsWith(p))"
            })
    void expression_isFit(String where) {
        assertThat(SliEvaluator.problem(where)).isEmpty();
    }

    @Test
    void expression_hasLimits() {
        assertThat(SliEvaluator.problem("service == \"" + "x".repeat(9000) + "\""))
                .isPresent();
        assertThat(SliEvaluator.problem("(".repeat(4000) + "true" + ")".repeat(4000)))
                .isPresent();
        assertThat(SliEvaluator.problem("status" + " + 1".repeat(65) + " > 0")).isPresent();
        assertThat(SliEvaluator.problem("true" + " || error".repeat(800))).isPresent();
        assertThat(SliEvaluator.problem("status in [1" + ",2".repeat(900) + "]"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "route == path                                  ; [PATH, ROUTE]                ; false",
                ".status == 1 && .attributes[\"a\"] == 1        ; [ATTRIBUTES:a, STATUS]       ; false",
                "attributes.a == 1 && tags[\"b\"] == \"\"       ; [ATTRIBUTES:a, TAGS:b]       ; false",
                "has(attributes.a) || \"b\" in tags             ; [ATTRIBUTES:a, TAGS:b]       ; false",
                "attributes[service] == 1                       ; [SERVICE]                    ; true",
                "service in tags                                ; [SERVICE]                    ; true",
                "size(tags) > status                            ; [STATUS]                     ; true",
                "attributes.exists(k, k == kind)                ; [KIND]                       ; true",
                "[\"a\"].all(x, consumer.startsWith(x))         ; [CONSUMER]                   ; false",
                "{\"a\": method}.a == \"\"                      ; [METHOD]                     ; false",
                "(error ? tags : {}).a == \"\"                  ; [ERROR]                      ; true",
                "1 == 1                                         ; []                           ; false"
            })
    void reads_areAllThatTheAnswerDependsOn(String where, String slots, boolean wholeMap) {
        Reads reads = ((Expression.Compiled) Expression.of(where)).predicate().reads();

        assertThat(reads.slots().stream()
                        .map(slot -> slot.kind() + (slot.key().isEmpty() ? "" : ":" + slot.key()))
                        .sorted()
                        .toList())
                .hasToString(slots);
        assertThat(reads.wholeMap()).isEqualTo(wholeMap);
    }

    /** Stream threads have 1 MiB of stack by default. */
    @Test
    void deepestExpression_needsLittleStack() throws InterruptedException {
        AtomicReference<Answer> answer = new AtomicReference<>();
        String deepest = "status" + " + 1".repeat(60) + " > 250";
        Runnable task = () -> answer.set(
                ((Expression.Compiled) Expression.of(deepest)).predicate().test(Slos.request("orders", 200)));

        Thread thread = new Thread(null, task, "small-stack", 256 * 1024);
        thread.start();
        thread.join();

        assertThat(answer).hasValue(Answer.TRUE);
    }

    /** A definition may hold any text; whatever compiles must be safe to evaluate on any request. */
    @Property(tries = 3000)
    void anyText_isFitOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        String[] words = {
            "status",
            "service",
            "attributes",
            "tags",
            "[\"a\"]",
            ".a",
            "==",
            "<",
            "&&",
            "||",
            "!",
            "(",
            ")",
            "1",
            "\"x\"",
            "1.5",
            "-",
            "+",
            "/",
            "%",
            "in",
            "[",
            "]",
            ",",
            "{",
            "}",
            ":",
            "?",
            "has(",
            "size(",
            "int(",
            "string(",
            ".exists(x, ",
            "timestamp(",
            "duration(",
            "null",
            "b\"\\xff\"",
            "error",
            "9223372036854775807",
            "\u0000",
            "'"
        };
        StringBuilder where = new StringBuilder();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            where.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
        }

        Expression expression = Expression.of(where.toString());

        if (expression instanceof Expression.Compiled compiled) {
            compiled.predicate().test(Slos.request("orders", 200));
        } else {
            assertThat(((Expression.Refused) expression).reason()).startsWith("line ");
        }
    }
}
