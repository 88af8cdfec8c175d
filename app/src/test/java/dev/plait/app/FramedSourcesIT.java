package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.schemas.fixture.TraceFixtures;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is partitioned by Plait, from {@code receive} to {@code run}, and for those who look at its topic. */
class FramedSourcesIT {
    private static final long SEED = 20_261_127;
    private static final int BATCHES_EACH = 20;
    private static final int TRACES_EACH = 4;
    private static final int SPANS_EACH = 10;

    private final TraceFixtures fixtures = new TraceFixtures(SEED);
    private final Map<String, Integer> expectedSpans = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void everySpan_isInItsTraceOnceThoughTheEngineIsKilled() throws Exception {
        int port = LoopbackPorts.any();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            String config = config(kafka.bootstrap(), "span_frames", port);
            assertThat(plait("topics", "create", "--config", config)).isZero();
            assertThat(plait("topics", "check", "--config", config))
                    .as(err.toString())
                    .isZero();
            PlaitProcess engine = run(config);
            try (EmittedTraces emitted = new EmittedTraces(kafka.bootstrap());
                    PlaitProcess receive = PlaitProcess.main(directory, Main.class, "receive", "--config", config)) {
                receive.awaitLine("plait receives OTLP/HTTP 127.0.0.1:" + port);
                assertBadItemsOfTheFirstRequestAreTold(port);
                send(port);
                emitted.await("a trace before the crash", () -> emitted.traces() > 0);
                send(port);
                engine.kill();
                send(port);
                engine = run(config);
                emitted.await("every span of every trace", () -> isComplete(emitted));
                emitted.readFor(Duration.ofSeconds(3));

                assertThat(emitted.traces()).isEqualTo(expectedSpans.size());
                assertThat(expectedSpans).allSatisfy((trace, spans) -> {
                    assertThat(spansOf(emitted, trace)).as(trace).isEqualTo(spans);
                    assertThat(emitted.timesLatestSeen(trace)).as(trace).isEqualTo(1);
                    assertThat(emitted.latest(trace).path("tags").path("region").asText())
                            .isEqualTo("eu");
                });
                assertThat(receive.stop()).isZero();
                assertThat(engine.stop()).isZero();
            } finally {
                engine.close();
            }
            assertCaptureIsReplayed(config);
            assertDoctorReadsFrames(config);
        }
    }

    @Test
    void otherNumberOfPartitions_isRefused() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            String config = config(kafka.bootstrap(), "narrow", LoopbackPorts.any());
            assertThat(plait("run", "--config", config)).isEqualTo(2);
            assertThat(err.toString())
                    .contains("plait: sources: no such topic: narrow, narrow-requests; 'plait topics create' makes it");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
                admin.createTopics(List.of(
                                new NewTopic("narrow", 4, (short) 1), new NewTopic("narrow-requests", 3, (short) 1)))
                        .all()
                        .get();
            }

            String problem =
                    "narrow-requests: has 3 partitions, but a source with partitioned-by plait needs as many as "
                            + "application.partitions, 4";
            for (String command : List.of("run", "receive")) {
                assertThat(plait(command, "--config", config)).as(command).isEqualTo(2);
                assertThat(err.toString()).contains("plait: sources: " + problem);
            }
            assertThat(plait("topics", "check", "--config", config)).isEqualTo(1);
            assertThat(err.toString()).contains("plait: " + problem);
        }
    }

    /** Kafka must know the topic of dead letters by then: what is sent again because of it would be counted again. */
    private void assertBadItemsOfTheFirstRequestAreTold(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{},{}]}]}]}"))
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rejectedSpans\":\"2\"");
    }

    private void assertCaptureIsReplayed(String config) throws IOException {
        String capture = directory.resolve("frames.jsonl").toString();
        Path answers = directory.resolve("answers.jsonl");

        assertThat(plait("capture", "--config", config, "--output", capture)).isZero();
        assertThat(plait("backtest", "--config", config, "--input", capture, "--output", answers.toString()))
                .as(err.toString())
                .isZero();

        Map<String, Integer> replayed = new TreeMap<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(answers)) {
            JsonNode record = json.readTree(line);
            if (record.path("topic").asText().equals("plait-traces")) {
                JsonNode trace = record.path("value");
                replayed.put(
                        trace.path("traceId").asText(),
                        trace.path("counts").path("spans").asInt());
            }
        }
        assertThat(replayed).isEqualTo(expectedSpans);
    }

    private void assertDoctorReadsFrames(String config) {
        assertThat(plait("doctor", "--config", config, "--since", "1h", "--output", "json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("\"span_frames\"").doesNotContain("\"severity\":\"problem\"");
    }

    private int plait(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String config(String bootstrap, String topic, int port) throws IOException {
        return Files.writeString(directory.resolve(topic + ".yaml"), """
                        kafka:
                          bootstrap.servers: "%s"
                          session.timeout.ms: 6000
                          heartbeat.interval.ms: 1000
                          producer.transaction.timeout.ms: 10000
                        application: { partitions: 4, threads: 2, state-dir: "%s" }
                        traces: { after-root: 1s, idle-gap: 3s, source-idle: 3s }
                        receivers: { http-port: %d, grpc-port: 0 }
                        sources:
                          - { topic: %s, format: otlp, signal: traces, partitioned-by: plait, tags: { region: eu } }
                        """.formatted(
                                bootstrap, directory.resolve("state"), port, topic))
                .toString();
    }

    private PlaitProcess run(String config) throws IOException, InterruptedException {
        PlaitProcess engine = PlaitProcess.main(directory, Main.class, "run", "--config", config);
        engine.awaitLine("plait runs as plait on ");
        return engine;
    }

    /** Batches in which traces are mixed; each is acknowledged. */
    private void send(int port) throws IOException, InterruptedException {
        for (int i = 0; i < BATCHES_EACH; i++) {
            ExportTraceServiceRequest batch = fixtures.traces(TRACES_EACH * SPANS_EACH, TRACES_EACH);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                    .header("content-type", "application/x-protobuf")
                    .POST(BodyPublishers.ofByteArray(batch.toByteArray()))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            for (Span span : TraceFixtures.spans(batch)) {
                expectedSpans.merge(HexFormat.of().formatHex(span.getTraceId().toByteArray()), 1, Integer::sum);
            }
        }
    }

    private boolean isComplete(EmittedTraces emitted) {
        return expectedSpans.entrySet().stream()
                .allMatch(trace -> spansOf(emitted, trace.getKey()) >= trace.getValue());
    }

    private static int spansOf(EmittedTraces emitted, String trace) {
        return emitted.latest(trace).path("counts").path("spans").asInt();
    }
}
