package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.doctor.Bytes;
import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders that do what senders do wrong, in front of an engine that runs. */
class DoctorIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 60;
    private static final String UNREAD = "old_otlp_spans";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void badSenders_areEachTold() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            Path config = config(kafka.bootstrap());
            String file = config.toString();
            assertThat(run("doctor", "--config", file, "--fail-on", "problem")).isEqualTo(Exit.FAILED);
            assertThat(out.toString()).contains("missing", "plait topics create");
            assertThat(run("topics", "create", "--inputs", "--config", file)).isZero();
            create(kafka.bootstrap(), UNREAD);
            send(kafka.bootstrap());
            try (PlaitProcess engine = PlaitProcess.main(directory, Main.class, "run", "--config", file)) {
                engine.awaitLine("plait runs as");
                JsonNode report = awaitTraces(file);

                assertThat(codes(report, "problem"))
                        .contains(
                                "kong_logs gateway-logs-without-trace",
                                "otlp_logs wrong-signal",
                                "otlp_metrics unreadable")
                        .doesNotContain("plait engine-not-running");
                assertThat(codes(report, "warning"))
                        .contains("mesh_access_logs mesh-logs-without-trace", "plait-traces missing-parents");
                assertThat(codes(report, "hint"))
                        .contains("otlp_spans single-item-records", "old_otlp_spans topic-unread");
                assertThat(report.path("deadLetters").findValuesAsText("reason"))
                        .contains("WRONG_SIGNAL");
                assertThat(report.path("engine").path("instances").asInt()).isEqualTo(1);
                assertTextIsSafe(file);
                assertThat(groups(kafka.bootstrap())).containsExactly("plait");
                assertThat(engine.stop()).isZero();
            }
        }
    }

    @Test
    void clusterThatDoesNotAnswer_isOneLine() throws IOException {
        assertThat(run("doctor", "--bootstrap", "127.0.0.1:" + LoopbackPorts.any()))
                .isEqualTo(Exit.FAILED);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("plait: no Kafka answers at 127.0.0.1:");
    }

    private void assertTextIsSafe(String file) {
        assertThat(run("doctor", "--config", file, "--fail-on", "problem")).isEqualTo(Exit.FAILED);
        assertThat(out.toString()).contains("evil·[2J").doesNotContain("\u001b");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 110);
    }

    private JsonNode awaitTraces(String file) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (true) {
            assertThat(run("doctor", "--config", file, "--since", "1h", "--output", "json"))
                    .as(err.toString())
                    .isZero();
            JsonNode report = JSON.readTree(out.toString());
            boolean settled = report.path("engine").path("state").asText().equals("STABLE");
            if (settled && report.path("traces").path("traces").asInt() >= MANY) {
                return report;
            }
            assertThat(System.nanoTime()).as(out.toString()).isLessThan(end);
        }
    }

    private static List<String> codes(JsonNode report, String severity) {
        List<String> codes = new ArrayList<>();
        for (JsonNode finding : report.path("findings")) {
            if (finding.path("severity").asText().equals(severity)) {
                codes.add(finding.path("subject").asText() + " "
                        + finding.path("code").asText());
            }
        }
        return codes;
    }

    private static void send(String bootstrap) throws ExecutionException, InterruptedException {
        long nowMs = System.currentTimeMillis();
        String time = Instant.ofEpochMilli(nowMs).toString();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 1; i <= MANY; i++) {
                records.add(record(Topics.KONG_LOGS, Bytes.kong("", "", nowMs)));
                records.add(record(Topics.MESH_ACCESS_LOGS, Bytes.meshWithoutTraceColumn("%032x".formatted(i), time)));
                records.add(record(Topics.OTLP_LOGS, Bytes.span("orders", 7, i, 0, nowMs)));
                records.add(record(Topics.OTLP_METRICS, Bytes.text("garbage " + i)));
                records.add(record(Topics.OTLP_SPANS, Bytes.span("evil\u001b[2J", 7, i * 1000L, 99, nowMs)));
            }
            records.add(record(UNREAD, Bytes.text("[]")));
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record);
            }
            producer.flush();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value) {
        return new ProducerRecord<>(topic, value);
    }

    private static void create(String bootstrap, String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    /** Looking leaves no group behind. */
    private static List<String> groups(String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
        }
    }

    private Path config(String bootstrap) throws IOException {
        return Files.writeString(directory.resolve("plait.yaml"), """
                kafka: { bootstrap.servers: "%s" }
                application: { partitions: 2, threads: 1, state-dir: "%s" }
                traces: { after-root: 1s, idle-gap: 2s, source-idle: 2s }
                """.formatted(bootstrap, directory.resolve("state")));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
