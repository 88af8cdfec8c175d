package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.schemas.fixture.TraceFixtures;
import dev.plait.schemas.topic.Topics;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine in a process of its own is killed twice while it works. Its input has five partitions that say nothing: every
 * trace's spans are spread over them at random under random keys.
 */
class CrashIT {
    private static final long SEED = 20_260_101;
    private static final int INPUT_PARTITIONS = 5;
    private static final int BATCHES_EACH = 40;
    private static final int TRACES_EACH = 4;
    private static final int SPANS_EACH = 10;

    private final Random random = new Random(SEED);
    private final TraceFixtures fixtures = new TraceFixtures(SEED);
    private final Map<String, Integer> expectedSpans = new TreeMap<>();

    @TempDir
    private Path directory;

    @Test
    void killedEngine_losesNothingAndRepeatsNothing() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any());
                KafkaProducer<byte[], byte[]> producer = producer(kafka.bootstrap())) {
            createInputs(kafka.bootstrap());
            PlaitProcess engine = run(kafka.bootstrap());
            try (EmittedTraces emitted = new EmittedTraces(kafka.bootstrap())) {
                for (int crash = 0; crash < 2; crash++) {
                    int before = emitted.traces();
                    send(producer);
                    emitted.await("a trace after crash " + crash, () -> emitted.traces() > before);
                    send(producer);
                    engine.kill();
                    send(producer);
                    engine = run(kafka.bootstrap());
                }
                emitted.await("every span of every trace", () -> isComplete(emitted));
                emitted.readFor(Duration.ofSeconds(5));

                assertThat(emitted.traces()).isEqualTo(expectedSpans.size());
                assertThat(expectedSpans.keySet())
                        .allSatisfy(trace -> assertThat(emitted.timesLatestSeen(trace))
                                .as("times the final revision of " + trace + " was seen, seed " + SEED)
                                .isEqualTo(1));
                assertThat(expectedSpans)
                        .allSatisfy((trace, spans) -> assertThat(spansOf(emitted, trace))
                                .as("spans of " + trace + ", seed " + SEED)
                                .isEqualTo(spans));
                assertThat(engine.stop()).isZero();
            } finally {
                engine.close();
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

    private PlaitProcess run(String bootstrap) throws IOException, InterruptedException {
        Path config = Files.writeString(
                directory.resolve("plait.yaml"), """
                kafka:
                  bootstrap.servers: "%s"
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                  producer.transaction.timeout.ms: 10000
                application: { partitions: 4, threads: 2, state-dir: "%s" }
                traces: { after-root: 1s, idle-gap: 3s, source-idle: 3s }
                sources:
                  - { topic: otlp_spans, format: otlp, signal: traces }
                """.formatted(bootstrap, directory.resolve("state")));
        PlaitProcess engine = PlaitProcess.main(directory, Main.class, "run", "--config", config.toString());
        engine.awaitLine("plait runs as plait on " + bootstrap);
        return engine;
    }

    /** Each resource of a batch is a record of its own, anywhere. */
    private void send(KafkaProducer<byte[], byte[]> producer) throws ExecutionException, InterruptedException {
        for (int i = 0; i < BATCHES_EACH; i++) {
            ExportTraceServiceRequest batch = fixtures.traces(TRACES_EACH * SPANS_EACH, TRACES_EACH);
            for (ResourceSpans resource : batch.getResourceSpansList()) {
                byte[] key = new byte[16];
                random.nextBytes(key);
                byte[] value = ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(resource)
                        .build()
                        .toByteArray();
                producer.send(new ProducerRecord<>(Topics.OTLP_SPANS, random.nextInt(INPUT_PARTITIONS), key, value))
                        .get();
            }
            for (Span span : TraceFixtures.spans(batch)) {
                String trace = HexFormat.of().formatHex(span.getTraceId().toByteArray());
                expectedSpans.merge(trace, 1, Integer::sum);
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void createInputs(String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.OTLP_SPANS, INPUT_PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }
}
