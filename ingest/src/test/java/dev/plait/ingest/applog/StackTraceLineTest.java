package dev.plait.ingest.applog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StackTraceLineTest {
    private static final Pattern CONTINUED =
            Pattern.compile("[ \\t].*|Caused by: .*|--- End of .*|Traceback \\(most recent call last\\):|#\\d+ .*"
                    + "|During handling of the above exception, another exception occurred:"
                    + "|The above exception was the direct cause of the following exception:"
                    + "|[\\w.$]+(Exception|Error|Throwable)( \\[[\\w.$]+\\])?(: .*)?");

    @Property(tries = 5_000)
    void line_isToldAsByTheExpression(@ForAll("lines") String line) {
        byte[] bytes = ("Error" + line + " ").getBytes(UTF_8);

        assertThat(StackTraceLine.is(bytes, 5, bytes.length - 1)).isEqualTo(CONTINUED.matches(line));
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(
                        " ",
                        "\t",
                        "Caused by:",
                        "Caused by: ",
                        "Traceback (most recent call last):",
                        "During handling of the above exception, another exception occurred:",
                        "The above exception was the direct cause of the following exception:",
                        "--- End of ",
                        "#",
                        " [a]",
                        " [",
                        "Exception",
                        "Error",
                        "Throwable",
                        "Throw",
                        "a",
                        ".",
                        "$",
                        "_",
                        "9",
                        ":",
                        ": ",
                        "-",
                        "\u00e4")
                .list()
                .ofMaxSize(5)
                .map(pieces -> String.join("", pieces));
    }
}
