package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container's health check looks for. */
class ReadyFileIT {
    @TempDir
    private Path directory;

    @Test
    void readyFile_isThereWhileTheCommandWorks() throws Exception {
        Path engine = Files.writeString(directory.resolve("engine-ready"), "of a process that was killed");
        Path receiver = directory.resolve("receiver-ready");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            Path config = Files.writeString(directory.resolve("plait.yaml"), """
                    kafka: { bootstrap.servers: "%s" }
                    application: { state-dir: %s }
                    receivers: { http-port: %d, grpc-port: 0, zipkin-port: 0, tcp-port: 0 }
                    """.formatted(
                            kafka.bootstrap(), directory.resolve("state"), LoopbackPorts.any()));
            assertThat(run("run", config, engine).awaitExit()).isEqualTo(2);
            assertThat(engine).as("left over, and the input topics are missing").doesNotExist();

            InputTopics.createOf(config.toString());
            try (PlaitProcess run = run("run", config, engine);
                    PlaitProcess receive = run("receive", config, receiver)) {
                await(engine, run);
                await(receiver, receive);
                assertThat(receive.stop()).isZero();
                assertThat(receiver).doesNotExist();
                assertThat(run.stop()).isZero();
                assertThat(engine).doesNotExist();
            }
        }
    }

    @Test
    void readyFile_thatCannotBeWrittenIsNamed() throws Exception {
        Path config = Files.writeString(directory.resolve("plait.yaml"), "");
        try (PlaitProcess run = run("run", config, directory.resolve("absent").resolve("ready"))) {
            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.errors()).contains("plait: --ready-file: '").contains("absent/ready' is not in a directory");
        }
    }

    private PlaitProcess run(String command, Path config, Path ready) throws IOException {
        return PlaitProcess.main(
                directory, Main.class, command, "--config", config.toString(), "--ready-file", ready.toString());
    }

    private static void await(Path file, PlaitProcess process) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime())
                    .as("%s is not there; %s", file, process.errors())
                    .isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
