package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.schemas.topic.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own Connect, started by its own command line, with the archives of Plait's connectors and nothing else of Plait. */
class StockConnectIT {
    @TempDir
    private Path directory;

    @Test
    void archive_isLoadedAndDelivers() throws Exception {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        for (Path archive : archives()) {
            unzip(archive, plugins);
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any());
                AlertReceiver backend = new AlertReceiver();
                AlertWriter alerts = new AlertWriter(kafka.bootstrap())) {
            createTopic(kafka.bootstrap());
            alerts.fire(0, 20);
            Process connect = connect(kafka.bootstrap(), plugins, backend.url());
            try {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
                while (!backend.states().equals(alerts.written()) && System.nanoTime() < end && connect.isAlive()) {
                    LockSupport.parkNanos(100_000_000);
                }
                assertThat(backend.states())
                        .as(Files.readString(directory.resolve("connect.log")))
                        .isEqualTo(alerts.written());
            } finally {
                connect.destroyForcibly();
            }
        }
    }

    private Process connect(String bootstrap, Path plugins, String url) throws IOException {
        Path worker = Files.writeString(directory.resolve("worker.properties"), """
                bootstrap.servers=%s
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.json.JsonConverter
                value.converter.schemas.enable=false
                offset.storage.file.filename=%s
                listeners=http://127.0.0.1:0
                plugin.path=%s
                plugin.discovery=SERVICE_LOAD
                """.formatted(
                        bootstrap, directory.resolve("offsets"), plugins));
        Path connector = Files.writeString(directory.resolve("pager.properties"), """
                name=pager
                connector.class=dev.plait.sink.alertmanager.AlertmanagerSinkConnector
                topics=%s
                urls=%s
                """.formatted(Topics.ALERTS, url));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        withoutPlait(),
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        worker.toString(),
                        connector.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("connect.log").toFile())
                .start();
    }

    /** What this test runs with, without anything of Plait or of its other libraries' own plugins. */
    private static String withoutPlait() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar")
                        && !Path.of(entry).getFileName().toString().startsWith("plait-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> archives() throws IOException {
        try (Stream<Path> built = Files.walk(Path.of("..", "sink-connectors"), 3)) {
            List<Path> archives = built.filter(
                            path -> path.getFileName().toString().matches("plait-sink-.*-plugin\\.zip"))
                    .toList();
            assertThat(archives).isNotEmpty();
            return archives;
        }
    }

    private static void unzip(Path archive, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                assertThat(file).startsWithRaw(into);
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static void createTopic(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.ALERTS, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
    }
}
