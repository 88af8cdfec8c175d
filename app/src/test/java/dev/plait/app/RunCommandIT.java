package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void topics_areNamedWhenMissingAndMadeOnce(@TempDir Path directory) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, LoopbackPorts.any())) {
            String bootstrap = kafka.bootstrap();

            assertThat(run("topics", "check", "--bootstrap", bootstrap)).isEqualTo(1);
            assertThat(err.toString().lines())
                    .anyMatch(line -> line.startsWith("plait: otlp_spans: "))
                    .anyMatch(line -> line.startsWith("plait: plait-traces: "));

            assertThat(run("topics", "create", "--inputs", "--bootstrap", bootstrap))
                    .isZero();
            assertThat(out.toString()).startsWith("made kong_logs, ").contains("plait-traces");

            assertThat(run("topics", "create", "--inputs", "--bootstrap", bootstrap))
                    .isZero();
            assertThat(out.toString().strip()).isEqualTo("nothing to make");
            assertThat(run("topics", "check", "--bootstrap", bootstrap)).isZero();
        }
    }

    @Test
    void run_refusesWithoutItsInputTopics(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            Path config = Files.writeString(
                    directory.resolve("plait.yaml"),
                    "kafka: { bootstrap.servers: \"" + kafka.bootstrap() + "\" }\n"
                            + "sources: [ { topic: absent_spans, format: otlp, signal: traces } ]\n");
            try (PlaitProcess engine = PlaitProcess.main(directory, Main.class, "run", "--config", config.toString())) {
                assertThat(engine.awaitExit()).isEqualTo(2);
                assertThat(engine.errors().lines())
                        .anyMatch(line -> line.startsWith("plait: ") && line.contains("absent_spans"));
            }
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
