package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine is killed in mid-incident. Read with a plain consumer: every request is counted once, the page that was firing goes
 * on under the same start, no revision comes twice, and it resolves once.
 */
class AlertCrashIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BETWEEN = Duration.ofMillis(40);

    /** Windows are divided by 60 and at least ten seconds long. */
    private static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: orders }
            spec:
              service: orders
              budgetingMethod: Occurrences
              timeWindow: [ { duration: 30d, isRolling: true } ]
              indicator:
                metadata: { name: orders-answers }
                spec:
                  ratioMetric:
                    counter: true
                    total: { metricSource: { type: plait, spec: { source: gateway-log, where: 'route == "orders-v1"' } } }
                    good: { metricSource: { type: plait, spec: { source: gateway-log, where: 'status < 500' } } }
              objectives: [ { target: 0.99 } ]
            """;

    private final List<JsonNode> pages = new ArrayList<>();
    private JsonNode status = JSON.createObjectNode();
    private int sent;
    private int bad;

    @TempDir
    private Path directory;

    @Test
    void killedEngine_countsOnceAndResolvesOnce() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any());
                KafkaProducer<byte[], byte[]> producer = producer(kafka.bootstrap())) {
            createInputs(kafka.bootstrap());
            PlaitProcess engine = run(kafka.bootstrap());
            try (TopicReader reader = alertsAndStatus(kafka.bootstrap())) {
                sendUntil("the page", producer, reader, 503, this::isFiring);
                engine.kill();
                int revisions = pages.size();
                engine = run(kafka.bootstrap());
                sendUntil("the page again", producer, reader, 503, () -> pages.size() > revisions);
                sendUntil("the end of the page", producer, reader, 200, this::isResolved);
                await("every request in the totals", reader, () -> total() >= sent);
                assertThat(engine.stop()).isZero();
            } finally {
                engine.close();
            }
        }

        assertThat(total()).isEqualTo(sent);
        assertThat(status.path("bad").asInt()).isEqualTo(bad);
        assertThat(pages)
                .extracting(page -> page.path("revision").asInt())
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(pages).extracting(page -> page.path("startsAtMs").asLong()).containsOnly(startOfPage());
        assertThat(pages).filteredOn(page -> state(page).equals("RESOLVED")).hasSize(1);
    }

    private boolean isFiring() {
        return !pages.isEmpty() && state(pages.get(pages.size() - 1)).equals("FIRING");
    }

    private boolean isResolved() {
        return !pages.isEmpty() && state(pages.get(pages.size() - 1)).equals("RESOLVED");
    }

    private static String state(JsonNode page) {
        return page.path("state").asText();
    }

    private long startOfPage() {
        return pages.get(0).path("startsAtMs").asLong();
    }

    private int total() {
        return status.path("total").asInt();
    }

    /** Sends requests of one kind, some each second, until {@code condition} is met by what was read. */
    private void sendUntil(
            String what,
            KafkaProducer<byte[], byte[]> producer,
            TopicReader reader,
            int answer,
            BooleanSupplier condition)
            throws IOException, ExecutionException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited in vain for %s; %s", what, pages)
                    .isLessThan(end);
            sent++;
            bad += answer >= 500 ? 1 : 0;
            producer.send(new ProducerRecord<>(Topics.KONG_LOGS, kong(sent, answer)))
                    .get();
            read(reader, BETWEEN);
        }
    }

    private void await(String what, TopicReader reader, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited in vain for %s; %s", what, status)
                    .isLessThan(end);
            read(reader, Duration.ofMillis(500));
        }
    }

    private void read(TopicReader reader, Duration time) throws IOException {
        for (ConsumerRecord<byte[], byte[]> item : reader.poll(time)) {
            JsonNode value = JSON.readTree(item.value());
            if (item.topic().equals(Topics.SLO)) {
                status = value;
            } else if (value.path("severity").asText().equals("page")) {
                pages.add(value);
            }
        }
    }

    /** Every second one has no trace ID. */
    private static byte[] kong(int number, int answer) {
        String trace = number % 2 == 0 ? ",\"trace_id\":{\"w3c\":\"%032x\"}".formatted(number) : "";
        return """
                {"request":{"id":"%032x","method":"GET","uri":"/orders"},"response":{"status":%d},"started_at":%d,\
                "latencies":{"request":12,"kong":2,"proxy":10},"client_ip":"10.0.0.9","service":{"name":"orders"},\
                "route":{"name":"orders-v1"}%s}""".formatted(number, answer, System.currentTimeMillis() - 12, trace)
                .getBytes(StandardCharsets.UTF_8);
    }

    private PlaitProcess run(String bootstrap) throws IOException, InterruptedException {
        Path slo = Files.writeString(directory.resolve("slo.yaml"), SLO);
        Path config = Files.writeString(
                directory.resolve("plait.yaml"), """
                kafka:
                  bootstrap.servers: "%s"
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                application: { partitions: 2, threads: 2, state-dir: "%s" }
                traces: { after-root: 1s, idle-gap: 3s, source-idle: 3s }
                slo: { files: ["%s"], time-scale: 60 }
                sources:
                  - { topic: kong_logs, format: kong }
                """.formatted(bootstrap, directory.resolve("state"), slo));
        PlaitProcess engine = PlaitProcess.main(directory, Main.class, "run", "--config", config.toString());
        engine.awaitLine("plait runs as plait on " + bootstrap);
        return engine;
    }

    private static TopicReader alertsAndStatus(String bootstrap) throws IOException {
        return TopicReader.open(
                Map.of("bootstrap.servers", bootstrap), List.of(Topics.ALERTS, Topics.SLO), TopicReader.From.BEGINNING);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void createInputs(String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.KONG_LOGS, 2, (short) 1)))
                    .all()
                    .get();
        }
    }
}
