package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaitScriptIT {
    @Test
    void script_runsThroughLinksFromAnywhere(@TempDir Path directory) throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path link = Files.createSymbolicLink(
                inner.resolve("plait"), Path.of("..", "plait").toRealPath());
        Path relative = Files.createSymbolicLink(directory.resolve("p"), Path.of("inner", "plait"));

        try (PlaitProcess version = PlaitProcess.start(inner, link, "--version");
                PlaitProcess again = PlaitProcess.start(inner, relative, "--version")) {
            assertThat(version.awaitExit()).isZero();
            assertThat(version.said()).containsExactly("plait 0.1.0");
            assertThat(again.awaitExit()).isZero();
        }
    }

    @Test
    void wrongUsage_exitsWith2AndOneLine(@TempDir Path directory) throws Exception {
        try (PlaitProcess wrong = PlaitProcess.script(directory, "tail", "metrics")) {
            assertThat(wrong.awaitExit()).isEqualTo(2);
            assertThat(wrong.errors().lines()).hasSize(1);
        }
    }

    @Test
    void absentKafka_isNamed(@TempDir Path directory) throws Exception {
        try (PlaitProcess tail = PlaitProcess.script(directory, "tail", "traces", "--bootstrap", "127.0.0.1:1")) {
            assertThat(tail.awaitExit()).isEqualTo(1);
            assertThat(tail.errors().lines()).containsExactly("plait: no Kafka answers at 127.0.0.1:1 within 10 s");
        }
    }
}
