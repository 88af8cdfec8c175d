package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.topic.Topics;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiveCommandIT {
    @TempDir
    private Path directory;

    @Test
    @SuppressWarnings("try") // Kafka is closed in the middle; again does nothing
    void sdkExporters_loseNothingAcknowledgedWhileKafkaGoesAndComes() throws Exception {
        int kafkaPort = LoopbackPorts.any();
        int http = LoopbackPorts.any();
        int grpc = LoopbackPorts.any();
        try (EmbeddedKafka first = EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort)) {
            InputTopics.create(first.bootstrap());
            try (PlaitProcess receive = receive(first.bootstrap(), http, grpc)) {
                receive.awaitLine("plait receives OTLP/HTTP 127.0.0.1:" + http + ", OTLP/gRPC 127.0.0.1:" + grpc);
                assertTakenPortIsNamed(first.bootstrap(), http);
                SdkSender overHttp = new SdkSender(
                        "http",
                        OtlpHttpSpanExporter.builder()
                                .setEndpoint("http://127.0.0.1:" + http + "/v1/traces")
                                .setCompression("gzip")
                                .build());
                SdkSender overGrpc = new SdkSender(
                        "grpc",
                        OtlpGrpcSpanExporter.builder()
                                .setEndpoint("http://127.0.0.1:" + grpc)
                                .setCompression("gzip")
                                .build());
                overHttp.awaitMore(50);
                overGrpc.awaitMore(50);
                first.close();
                try (EmbeddedKafka second = EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort)) {
                    overHttp.awaitMore(50);
                    overGrpc.awaitMore(50);
                    overHttp.finish();
                    overGrpc.finish();

                    assertThat(receive.stop()).isZero();
                    assertThat(spanNames(second.bootstrap()))
                            .containsAll(overHttp.acknowledged())
                            .containsAll(overGrpc.acknowledged());
                }
            }
        }
    }

    @Test
    void missingTopic_isNamed() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any());
                PlaitProcess receive = receive(kafka.bootstrap(), LoopbackPorts.any(), LoopbackPorts.any())) {
            assertThat(receive.awaitExit()).isEqualTo(2);
            assertThat(receive.errors()).contains("plait: sources: no such topic: ", Topics.OTLP_SPANS);
        }
    }

    private void assertTakenPortIsNamed(String bootstrap, int taken) throws IOException, InterruptedException {
        try (PlaitProcess second = receive(bootstrap, taken, LoopbackPorts.any())) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.errors())
                    .contains("plait: receivers.http-port: 127.0.0.1:" + taken + " is taken by another process");
        }
    }

    private PlaitProcess receive(String bootstrap, int http, int grpc) throws IOException {
        Path config = Files.writeString(
                Files.createTempFile(directory, "plait", ".yaml"), """
                kafka: { bootstrap.servers: "%s" }
                receivers: { http-port: %d, grpc-port: %d, zipkin-port: 0, tcp-port: 0 }
                """.formatted(bootstrap, http, grpc));
        return PlaitProcess.main(directory, Main.class, "receive", "--config", config.toString());
    }

    private static Set<String> spanNames(String bootstrap) throws IOException {
        Set<String> names = new HashSet<>();
        try (TopicReader reader = TopicReader.open(
                Map.of("bootstrap.servers", bootstrap), List.of(Topics.OTLP_SPANS), TopicReader.From.BEGINNING)) {
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(Duration.ofSeconds(1))) {
                    ExportTraceServiceRequest.parseFrom(item.value())
                            .getResourceSpansList()
                            .forEach(group -> group.getScopeSpansList()
                                    .forEach(scope -> scope.getSpansList().forEach(span -> names.add(span.getName()))));
                }
            }
        }
        return names;
    }
}
