package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.fixture.TraceFixtures;
import dev.plait.schemas.topic.Topics;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenTelemetry Collector as the client, configured with the examples that users are given. */
@Tag("collector")
class CollectorIT {
    private static final long SEED = 20_260_102;
    private static final int BATCHES = 20;
    private static final int TRACES_EACH = 5;
    private static final int SPANS_EACH = 8;
    private static final int LINES = 100;

    @TempDir
    private Path directory;

    @BeforeAll
    static void collectorIsThere() {
        CollectorProcess.assumeBuilt();
    }

    @Test
    void examples_areValidToTheCollector() throws Exception {
        for (String example : CollectorProcess.examples()) {
            if (CollectorExamplesTest.UNJUDGED.stream().noneMatch(example::startsWith)) {
                PlaitProcess check = CollectorProcess.validate(directory, CollectorProcess.example(example));
                assertThat(check.awaitExit())
                        .as(example + ": " + check.errors())
                        .isZero();
            }
        }
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"),
                Files.readString(CollectorProcess.example("to-kafka.yaml"))
                        .replace("traces: { topic", "spans: { topic"));
        PlaitProcess check = CollectorProcess.validate(directory, wrong);
        assertThat(check.awaitExit()).isNotZero();
        assertThat(check.errors()).contains("spans");
    }

    @Test
    @SuppressWarnings("try") // Kafka is closed in the middle; again does nothing
    void overOtlp_losesNothingAcknowledgedWhileKafkaGoesAndComes() throws Exception {
        int kafkaPort = LoopbackPorts.any();
        int http = LoopbackPorts.any();
        int grpc = LoopbackPorts.any();
        try (EmbeddedKafka first = EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort)) {
            InputTopics.create(first.bootstrap());
            try (PlaitProcess receive = receive(first.bootstrap(), http, grpc);
                    CollectorProcess grpcGzip = toReceive("grpc", grpc, "gzip");
                    CollectorProcess grpcZstd = toReceive("grpc", grpc, "zstd");
                    CollectorProcess httpGzip = toReceive("http", http, "gzip");
                    CollectorProcess httpZstd = toReceive("http", http, "zstd")) {
                receive.awaitLine("plait receives OTLP/HTTP 127.0.0.1:" + http);
                List<SdkSender> senders = List.of(
                        sender("grpc-gzip", grpcGzip),
                        sender("grpc-zstd", grpcZstd),
                        sender("http-gzip", httpGzip),
                        sender("http-zstd", httpZstd));
                senders.forEach(sender -> sender.awaitMore(50));
                first.close();
                senders.forEach(sender -> sender.awaitMore(50)); // the Collector's queue has them
                try (EmbeddedKafka second = EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort)) {
                    senders.forEach(sender -> sender.awaitMore(50));
                    Set<String> acknowledged = new HashSet<>();
                    for (SdkSender sender : senders) {
                        sender.finish();
                        acknowledged.addAll(sender.acknowledged());
                    }

                    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(4 * 150);
                    assertArrive(acknowledged, second.bootstrap());
                    assertThat(receive.stop()).isZero();
                }
            }
        }
    }

    @Test
    void throughTheKafkaExporter_tracesComeOutWithAllSpans() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            InputTopics.create(kafka.bootstrap());
            try (PlaitProcess engine = run(directory, kafka.bootstrap());
                    EmittedTraces emitted = new EmittedTraces(kafka.bootstrap())) {
                Map<String, Integer> expected = new TreeMap<>();
                List<CollectorProcess> collectors = new ArrayList<>();
                try {
                    collectors.add(toKafka(kafka.bootstrap(), "otlp_proto", false, "none"));
                    collectors.add(toKafka(kafka.bootstrap(), "otlp_proto", true, "lz4"));
                    collectors.add(toKafka(kafka.bootstrap(), "otlp_json", false, "gzip"));
                    collectors.add(toKafka(kafka.bootstrap(), "otlp_json", true, "zstd"));
                    collectors.add(toKafka(kafka.bootstrap(), "otlp_proto", false, "snappy"));
                    for (int i = 0; i < collectors.size(); i++) {
                        send(collectors.get(i), new TraceFixtures(SEED + i), expected);
                    }
                    emitted.await("every span of every trace", () -> isComplete(emitted, expected));
                    for (CollectorProcess collector : collectors) {
                        assertThat(collector.stop()).as(collector.log()).isZero();
                    }
                } finally {
                    collectors.forEach(CollectorProcess::close);
                }

                assertThat(expected).hasSize(5 * BATCHES * TRACES_EACH);
                assertThat(emitted.traces()).isEqualTo(expected.size());
                assertThat(expected)
                        .allSatisfy((trace, spans) ->
                                assertThat(spansOf(emitted, trace)).as(trace).isEqualTo(spans));
                assertThat(values(kafka.bootstrap(), Topics.DEAD_LETTERS)).isEmpty();
                assertThat(engine.stop()).isZero();
            }
        }
    }

    @Test
    void kongLines_areShippedFromAFileAndRead() throws Exception {
        Path log = directory.resolve("access.json");
        Set<String> traces = new HashSet<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= LINES; i++) {
            String trace = "%032x".formatted(i);
            traces.add(trace);
            lines.append(kongLine(trace, i)).append('\n');
        }
        Files.writeString(log, lines);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            InputTopics.create(kafka.bootstrap());
            try (CollectorProcess collector = CollectorProcess.start(
                            directory,
                            "kong-logs-to-kafka.yaml",
                            Map.of("KAFKA", kafka.bootstrap(), "KONG_LOG", log.toString()));
                    PlaitProcess engine = run(directory, kafka.bootstrap());
                    EmittedTraces emitted = new EmittedTraces(kafka.bootstrap())) {
                emitted.await("a trace for each line", () -> emitted.traces() >= LINES);

                assertThat(traces)
                        .allSatisfy(trace -> assertThat(emitted.timesLatestSeen(trace))
                                .as(trace)
                                .isEqualTo(1));
                assertThat(values(kafka.bootstrap(), Topics.DEAD_LETTERS)).isEmpty();
                assertThat(collector.stop()).as(collector.log()).isZero();
                assertThat(engine.stop()).isZero();
            }
        }
    }

    static String kongLine(String trace, int number) {
        return """
                {"request":{"method":"GET","uri":"/orders/%d","url":"http://localhost:8000/orders/%d","size":80,\
                "id":"%032x","headers":{"host":"localhost"}},"response":{"status":200,"size":120,"headers":{}},\
                "latencies":{"request":7,"kong":2,"proxy":5},"service":{"name":"orders"},"route":{"name":"orders-v1"},\
                "upstream_status":"200","client_ip":"127.0.0.1","started_at":%d,"trace_id":{"w3c":"%s"}}\
                """.formatted(number, number, number, TraceFixtures.START_NANOS / 1_000_000 + number, trace);
    }

    private static SdkSender sender(String prefix, CollectorProcess collector) {
        return new SdkSender(
                prefix,
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.uri("/v1/traces").toString())
                        .build());
    }

    private static void send(CollectorProcess collector, TraceFixtures fixtures, Map<String, Integer> expected)
            throws IOException, InterruptedException {
        for (int i = 0; i < BATCHES; i++) {
            ExportTraceServiceRequest batch = fixtures.traces(TRACES_EACH * SPANS_EACH, TRACES_EACH);
            collector.send("/v1/traces", batch);
            for (Span span : TraceFixtures.spans(batch)) {
                expected.merge(HexFormat.of().formatHex(span.getTraceId().toByteArray()), 1, Integer::sum);
            }
        }
    }

    private static boolean isComplete(EmittedTraces emitted, Map<String, Integer> expected) {
        return expected.entrySet().stream().allMatch(trace -> spansOf(emitted, trace.getKey()) >= trace.getValue());
    }

    private static int spansOf(EmittedTraces emitted, String trace) {
        return emitted.latest(trace).path("counts").path("spans").asInt();
    }

    private CollectorProcess toReceive(String protocol, int port, String compression) throws IOException {
        return CollectorProcess.start(
                directory,
                "to-receive-" + protocol + ".yaml",
                Map.of(
                        "PLAIT_GRPC",
                        "127.0.0.1:" + port,
                        "PLAIT_HTTP",
                        "127.0.0.1:" + port,
                        "COMPRESSION",
                        compression));
    }

    private CollectorProcess toKafka(String bootstrap, String encoding, boolean byTrace, String compression)
            throws IOException {
        return CollectorProcess.start(
                directory,
                "to-kafka.yaml",
                Map.of(
                        "KAFKA", bootstrap,
                        "ENCODING", encoding,
                        "BY_TRACE", String.valueOf(byTrace),
                        "COMPRESSION", compression));
    }

    private PlaitProcess receive(String bootstrap, int http, int grpc) throws IOException {
        return plait(directory, "receive", """
                kafka: { bootstrap.servers: "%s" }
                receivers: { http-port: %d, grpc-port: %d, zipkin-port: 0, tcp-port: 0 }
                """.formatted(bootstrap, http, grpc));
    }

    static PlaitProcess run(Path directory, String bootstrap) throws IOException, InterruptedException {
        PlaitProcess engine = plait(directory, "run", """
                kafka: { bootstrap.servers: "%s" }
                application: { partitions: 2, threads: 1, state-dir: "%s" }
                traces: { after-root: 1s, idle-gap: 3s, source-idle: 3s }
                """.formatted(bootstrap, directory.resolve("state")));
        engine.awaitLine("plait runs as plait on " + bootstrap);
        return engine;
    }

    private static PlaitProcess plait(Path directory, String command, String yaml) throws IOException {
        Path config = Files.writeString(directory.resolve(command + ".yaml"), yaml);
        return PlaitProcess.main(directory, Main.class, command, "--config", config.toString());
    }

    private static void assertArrive(Set<String> acknowledged, String bootstrap) throws IOException {
        Set<String> missing = new HashSet<>(acknowledged);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * PlaitProcess.PATIENCE_SECONDS);
        try (TopicReader reader = TopicReader.open(
                Map.of("bootstrap.servers", bootstrap), List.of(Topics.OTLP_SPANS), TopicReader.From.BEGINNING)) {
            while (!missing.isEmpty() && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(Duration.ofSeconds(1))) {
                    TraceFixtures.spans(ExportTraceServiceRequest.parseFrom(item.value()))
                            .forEach(span -> missing.remove(span.getName()));
                }
            }
        }
        assertThat(missing).as("acknowledged and not on the topic").isEmpty();
    }

    static List<byte[]> values(String bootstrap, String topic) throws IOException {
        List<byte[]> values = new ArrayList<>();
        try (TopicReader reader =
                TopicReader.open(Map.of("bootstrap.servers", bootstrap), List.of(topic), TopicReader.From.BEGINNING)) {
            while (!reader.isAtEnd()) {
                reader.poll(Duration.ofSeconds(1)).forEach(item -> values.add(item.value()));
            }
        }
        return values;
    }
}
