package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectCommandIT {
    private static final int EACH = 60;

    @TempDir
    private Path directory;

    @Test
    void alerts_areDeliveredThoughWorkersAreStoppedAndKilled() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any());
                AlertReceiver backend = new AlertReceiver();
                PlaitProcess first = connect(kafka.bootstrap(), "pager", backend.url())) {
            first.awaitLine("plait connects pager to " + kafka.bootstrap());
            try (AlertWriter alerts = new AlertWriter(kafka.bootstrap())) {
                alerts.fire(0, EACH);
                alerts.writePoison();
                awaitSame(alerts, backend);
                assertThat(deadLetters(kafka.bootstrap())).containsExactly("pager");

                // killed between what is written before and what is written after
                alerts.fire(EACH, 2 * EACH);
                first.kill();
                alerts.fire(2 * EACH, 3 * EACH);
                try (PlaitProcess second = connect(kafka.bootstrap(), "pager", backend.url())) {
                    second.awaitLine("plait connects");
                    awaitSame(alerts, backend);

                    alerts.fire(3 * EACH, 4 * EACH);
                    assertThat(second.stop()).isZero();
                    alerts.fire(4 * EACH, 5 * EACH);
                }
                // another name: the configuration is the whole truth
                try (PlaitProcess third = connect(kafka.bootstrap(), "on-call", backend.url())) {
                    String line = third.awaitLine("plait connects on-call");
                    awaitSame(alerts, backend);
                    assertThat(get(line.replaceFirst(".*REST at ", "") + "connectors"))
                            .isEqualTo("[\"on-call\"]");
                    assertThat(third.stop()).isZero();
                }
            }
        }
    }

    @Test
    void configurationThatAConnectorDoesNotTake_isNamed() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any());
                PlaitProcess connect = connect(kafka.bootstrap(), "pager", "http://127.0.0.1:1\", urlz: \"x")) {
            assertThat(connect.awaitExit()).isEqualTo(2);
            assertThat(connect.errors()).contains("plait: sinks.pager.urlz: unknown key; the connector knows ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "receive", "connect"})
    void clusterThatIsAway_isSaidLongBeforeTheCommandGivesUp(String command) throws Exception {
        Path config = Files.writeString(directory.resolve("away.yaml"), """
                kafka: { bootstrap.servers: "127.0.0.1:1", default.api.timeout.ms: "600000" }
                sinks: { pager: { type: alertmanager, urls: "http://127.0.0.1:1" } }
                """);
        try (PlaitProcess waiting = PlaitProcess.main(directory, Main.class, command, "--config", config.toString())) {
            String line = "plait: Kafka at 127.0.0.1:1 has not answered yet";
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
            while (!waiting.errors().contains(line) && System.nanoTime() < end) {
                LockSupport.parkNanos(100_000_000);
            }
            assertThat(waiting.errors()).startsWith(line);
        }
    }

    private PlaitProcess connect(String bootstrap, String name, String url) throws IOException {
        Path config = Files.writeString(
                Files.createTempFile(directory, "plait", ".yaml"), """
                kafka: { bootstrap.servers: "%s" }
                sinks: { %s: { type: alertmanager, urls: "%s" } }
                """.formatted(bootstrap, name, url));
        return PlaitProcess.main(directory, Main.class, "connect", "--config", config.toString());
    }

    private static void awaitSame(AlertWriter alerts, AlertReceiver backend) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!backend.states().equals(alerts.written()) && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(backend.states()).isEqualTo(alerts.written());
    }

    /** Which connector each came from; also that {@code plait tail dead} shows them. */
    private static List<String> deadLetters(String bootstrap) throws IOException {
        StringWriter out = new StringWriter();
        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                "tail",
                "dead",
                "--from-beginning",
                "--limit",
                "1",
                "--bootstrap",
                bootstrap);
        assertThat(code).isZero();
        assertThat(out.toString()).contains(Topics.ALERTS + "-", "sink pager: ");
        try (TopicReader reader = TopicReader.open(
                Map.of("bootstrap.servers", bootstrap), List.of(Topics.DEAD_LETTERS), TopicReader.From.BEGINNING)) {
            return reader.poll(Duration.ofSeconds(10)).stream()
                    .map(letter -> new String(
                            letter.headers()
                                    .lastHeader("__connect.errors.connector.name")
                                    .value(),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
