package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloCommandTest {
    private static final String DEMO = "src/main/resources/demo/slo.yaml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void validate_showsWhatADefinitionMeans() {
        int code = run("slo", "validate", DEMO);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "checkout-availability: 99.5 % over 30d, service checkout",
                        "  counts   gateway-log where route == \"checkout-v1\"",
                        "  good     where status < 500",
                        "  alert    page when 1h and 5m burn above 14.4, or 6h and 30m burn above 6");
    }

    @Test
    void validate_saysEachProblemWithFileLineAndKey() throws IOException {
        String broken = Files.readString(Path.of(DEMO))
                .replace("target: 0.995", "target: 1")
                .replace("where: route == \"catalog-v1\"", "where: rout == \"catalog-v1\"");
        Path file = Files.writeString(directory.resolve("slo.yaml"), broken);

        int code = run("slo", "validate", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        target -> assertThat(target)
                                .startsWith("plait: " + file + ":34: spec.objectives[0].target: 1; expected"),
                        where -> assertThat(where)
                                .startsWith("plait: " + file + ":59: ")
                                .contains("where: ", "'rout'"));
    }

    @Test
    void validate_refusesFilesWithoutAnSlo() throws IOException {
        Path file = Files.writeString(directory.resolve("slo.yaml"), "# nothing yet\n");

        assertThat(run("slo", "validate", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("plait: " + file + ": no SLO is defined there");
    }

    @Test
    void sloFiles_mayHaveBracketsInTheirNames() throws IOException {
        Files.writeString(directory.resolve("a[1].yaml"), Files.readString(Path.of(DEMO)));

        assertThat(run("slo", "validate", directory + "/a[*.yaml"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void slo_withoutACommandIsWrongUsage() {
        assertThat(run("slo")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("plait: a command is missing, expected validate, apply or list; see plait slo --help");
    }

    @Test
    void backtest_refusesABrokenSloFile() throws IOException {
        Path file = Files.writeString(directory.resolve("slo.yaml"), "kind: SLO\n");
        Path input = Files.writeString(directory.resolve("in.jsonl"), "");

        int code = run("backtest", "--input", input.toString(), "--slo", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("plait: " + file + ":1: ");
    }

    @Test
    void sloFiles_thatMatchNothingAreRefused() throws IOException {
        Path config = Files.writeString(
                directory.resolve("plait.yaml"), "slo: { files: [\"" + directory + "/none-*.yaml\"] }\n");

        int code = run("run", "--config", config.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("plait: slo.files: '" + directory + "/none-*.yaml' is not ");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
