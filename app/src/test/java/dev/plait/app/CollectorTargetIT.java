package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.fixture.TraceFixtures;
import dev.plait.schemas.topic.Topics;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real OpenTelemetry Collector as the backend of the OTLP sink; it writes what it takes to topics, where it is counted. */
@Tag("collector")
class CollectorTargetIT {
    private static final long SEED = 20_261_127;
    private static final int BATCHES = 10;
    private static final int TRACES_EACH = 5;
    private static final int SPANS_EACH = 8;
    private static final int LOGS_EACH = 20;
    private static final List<String> RECEIVED = List.of("received_spans", "received_logs", "received_metrics");

    @TempDir
    private Path directory;

    @BeforeAll
    static void collectorIsThere() {
        CollectorProcess.assumeBuilt();
    }

    @ParameterizedTest
    @CsvSource({"http/protobuf", "http/json", "grpc"})
    void everySpanAndLog_reachesTheCollectorOnce(String protocol) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            createTopics(kafka.bootstrap());
            try (CollectorProcess collector = collector(kafka.bootstrap());
                    PlaitProcess engine = run(kafka.bootstrap());
                    PlaitProcess connect = connect(kafka.bootstrap(), protocol, collector)) {
                connect.awaitLine("plait connects collector to " + kafka.bootstrap());
                Map<String, Integer> expected = send(kafka.bootstrap());
                Received received = awaitAll(kafka.bootstrap(), expected);

                assertThat(received.spans).isEqualTo(expected);
                assertThat(received.logs).isEqualTo(BATCHES * LOGS_EACH);
                assertThat(connect.stop()).isZero();
                assertThat(engine.stop()).isZero();
                assertThat(collector.stop()).as(collector.log()).isZero();
            }
        }
    }

    /** Spans by trace, and logs, as often as they came. */
    private static final class Received {
        private final Map<String, Integer> spans = new TreeMap<>();
        private int logs;
    }

    private static Map<String, Integer> send(String bootstrap) {
        Map<String, Integer> expected = new TreeMap<>();
        TraceFixtures fixtures = new TraceFixtures(SEED);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < BATCHES; i++) {
                ExportTraceServiceRequest batch = fixtures.traces(TRACES_EACH * SPANS_EACH, TRACES_EACH);
                var unusedSpans = producer.send(new ProducerRecord<>(Topics.OTLP_SPANS, batch.toByteArray()));
                var unusedLogs = producer.send(new ProducerRecord<>(
                        Topics.OTLP_LOGS, fixtures.logs(batch, LOGS_EACH).toByteArray()));
                for (Span span : TraceFixtures.spans(batch)) {
                    expected.merge(hex(span), 1, Integer::sum);
                }
            }
        }
        return expected;
    }

    private static Received awaitAll(String bootstrap, Map<String, Integer> expected) throws IOException {
        Received received = new Received();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * PlaitProcess.PATIENCE_SECONDS);
        try (TopicReader reader =
                TopicReader.open(Map.of("bootstrap.servers", bootstrap), RECEIVED, TopicReader.From.BEGINNING)) {
            while (System.nanoTime() < end
                    && !(received.spans.equals(expected) && received.logs == BATCHES * LOGS_EACH)) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(Duration.ofSeconds(1))) {
                    count(item, received);
                }
            }
        }
        return received;
    }

    private static void count(ConsumerRecord<byte[], byte[]> item, Received received) throws IOException {
        if (item.topic().equals("received_spans")) {
            TraceFixtures.spans(ExportTraceServiceRequest.parseFrom(item.value()))
                    .forEach(span -> received.spans.merge(hex(span), 1, Integer::sum));
        } else if (item.topic().equals("received_logs")) {
            ExportLogsServiceRequest.parseFrom(item.value())
                    .getResourceLogsList()
                    .forEach(resource ->
                            resource.getScopeLogsList().forEach(scope -> received.logs += scope.getLogRecordsCount()));
        }
    }

    private static String hex(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    /** The example for Kafka, to other topics. */
    private CollectorProcess collector(String bootstrap) throws IOException {
        Path config = Files.writeString(
                directory.resolve("collector.yaml"),
                Files.readString(CollectorProcess.example("to-kafka.yaml"))
                        .replace("topic: otlp_", "topic: received_"));
        return CollectorProcess.start(directory, config, Map.of("KAFKA", bootstrap));
    }

    private PlaitProcess run(String bootstrap) throws IOException, InterruptedException {
        PlaitProcess engine = plait("run", """
                kafka: { bootstrap.servers: "%s" }
                application: { partitions: 2, threads: 1, state-dir: "%s" }
                traces: { after-root: 1s, idle-gap: 3s, source-idle: 3s }
                """.formatted(bootstrap, directory.resolve("state")));
        engine.awaitLine("plait runs as plait on " + bootstrap);
        return engine;
    }

    private PlaitProcess connect(String bootstrap, String protocol, CollectorProcess collector) throws IOException {
        String endpoint = protocol.equals("grpc")
                ? "http://" + collector.grpc()
                : collector.uri("").toString();
        return plait("connect", """
                kafka: { bootstrap.servers: "%s" }
                sinks: { collector: { type: otlp, protocol: "%s", endpoint: "%s" } }
                """.formatted(bootstrap, protocol, endpoint));
    }

    private PlaitProcess plait(String command, String yaml) throws IOException {
        Path config = Files.writeString(directory.resolve(command + ".yaml"), yaml);
        return PlaitProcess.main(directory, Main.class, command, "--config", config.toString());
    }

    private static void createTopics(String bootstrap) throws Exception {
        InputTopics.create(bootstrap);
        List<NewTopic> topics = new ArrayList<>();
        RECEIVED.forEach(name -> topics.add(new NewTopic(name, 1, (short) 1)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(topics).all().get();
        }
    }
}
