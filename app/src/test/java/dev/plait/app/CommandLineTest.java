package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | plait: a command is missing, expected one of up, run, receive, connect, topics, slo, tail, doctor, trace, capture, backtest, describe; see plait --help",
                "upp | plait: Unmatched argument at index 0: 'upp'; see plait --help",
                "up --port x | plait: Invalid value for option '--port': 'x' is not an int; see plait up --help",
                "tail alarms | plait: Invalid value for positional parameter at index 0 (OUTPUT): expected one of [traces, alerts, slo, red, measures, dead] (case-sensitive) but was 'alarms'; see plait tail --help",
                "topics | plait: a command is missing, expected create or check; see plait topics --help",
                "trace | plait: Missing required parameter: 'ID'; see plait trace --help",
                "topics create --inputs=1,2 | plait: Invalid value for option '--inputs': '1,2' is not a boolean; see plait topics create --help",
                "backtest --input nowhere.jsonl | plait: 'nowhere.jsonl' is not a file that can be read",
                "connect | plait: sinks: is missing; plait connect would have nothing to do",
                "describe --config nowhere.yaml | plait: config: 'nowhere.yaml' does not exist",
            })
    void wrongUsage_isOneLineAndExitCode2(String arguments, String line) {
        int code = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(err.toString().lines()).containsExactly(line);
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void unknownKey_isRefusedByName(@TempDir Path directory) throws IOException {
        Path config = Files.writeString(directory.resolve("plait.yaml"), "traces: { idle-gab: 5s }\n");

        int code = run("describe", "--config", config.toString());

        assertThat(err.toString().lines()).singleElement().asString().startsWith("plait: traces.idle-gab: ");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void brokenCapture_namesFileAndLine(@TempDir Path directory) throws IOException {
        Path capture = Files.writeString(directory.resolve("c.jsonl"), "{\"topic\":\"otlp_spans\",\"timestamp\":1}\n");

        int code = run("backtest", "--input", capture.toString(), "--output", directory + "/out.jsonl");

        assertThat(err.toString().lines())
                .containsExactly("plait: " + capture
                        + ":1: \"value\" is missing, expected text, {\"base64\": \"...\"}, JSON or null");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void describe_printsTheTopology() {
        int code = run("describe");

        assertThat(out.toString()).startsWith("Topologies:").contains("Sub-topology: 0", "plait-dead-letters");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
