package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.TopicReader;
import dev.plait.ingest.prometheus.SnappyBody;
import dev.plait.schemas.topic.Topics;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Prometheus as Debian's package has it, which writes what it scrapes of itself to {@code plait receive}. */
class PrometheusIT {
    @TempDir
    private Path directory;

    @Test
    void remoteWrite_isOnItsTopicAndNothingFailed() throws Exception {
        List<Path> installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "prometheus"))
                .filter(Files::isExecutable)
                .toList();
        assumeTrue(!installed.isEmpty(), "no prometheus on the path; .ci/install installs it");
        int receiver = freePort();
        int web = freePort();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), freePort())) {
            createTopics(kafka.bootstrap());
            Path config =
                    Files.writeString(directory.resolve("plait.yaml"), """
                    kafka: { bootstrap.servers: "%s" }
                    receivers: { http-port: %d, grpc-port: 0, zipkin-port: 0, tcp-port: 0 }
                    """.formatted(kafka.bootstrap(), receiver));
            Path scrape = Files.writeString(directory.resolve("prometheus.yml"), """
                    global: { scrape_interval: 1s }
                    scrape_configs:
                      - { job_name: itself, static_configs: [ { targets: [ "127.0.0.1:%d" ] } ] }
                    remote_write:
                      - { url: "http://127.0.0.1:%d/api/v1/write", queue_config: { batch_send_deadline: 1s } }
                    """.formatted(web, receiver));
            try (PlaitProcess receive =
                            PlaitProcess.main(directory, Main.class, "receive", "--config", config.toString());
                    PlaitProcess prometheus = PlaitProcess.program(
                            directory,
                            List.of(
                                    installed.get(0).toString(),
                                    "--config.file=" + scrape,
                                    "--storage.tsdb.path=" + directory.resolve("tsdb"),
                                    "--web.listen-address=127.0.0.1:" + web),
                            Map.of())) {
                receive.awaitLine("plait receives ");

                awaitSeries(kafka.bootstrap(), "prometheus_build_info");

                awaitAcknowledged(web);
                assertThat(metrics(web))
                        .as(prometheus.errors())
                        .containsPattern("prometheus_remote_storage_samples_failed_total\\{.*} 0\n");
                assertThat(receive.stop()).isZero();
            }
        }
    }

    private static void awaitSeries(String bootstrap, String name) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        try (TopicReader reader = TopicReader.open(
                Map.of("bootstrap.servers", bootstrap),
                List.of(Topics.PROMETHEUS_METRICS),
                TopicReader.From.BEGINNING)) {
            while (System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(Duration.ofSeconds(1))) {
                    byte[] body = SnappyBody.open(item.value(), 64 << 20);
                    if (new String(body, StandardCharsets.ISO_8859_1).contains(name)) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no " + name + " came");
    }

    private static void awaitAcknowledged(int web) throws IOException, InterruptedException {
        Pattern some = Pattern.compile("prometheus_remote_storage_samples_total\\{.*} [1-9]");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!some.matcher(metrics(web)).find()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static String metrics(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static void createTopics(String bootstrap) {
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "topics",
                "create",
                "--inputs",
                "--bootstrap",
                bootstrap);
        assertThat(code).as(err.toString()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
