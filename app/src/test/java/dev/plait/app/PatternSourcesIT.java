package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.doctor.Bytes;
import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources whose topics come when the engine runs already. */
class PatternSourcesIT {
    @TempDir
    private Path directory;

    @Test
    void firstTopicOfAPattern_isReadWhenItComes() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            Path config = Files.writeString(
                    directory.resolve("plait.yaml"), """
                    kafka: { bootstrap.servers: "%s", metadata.max.age.ms: 500 }
                    application: { partitions: 2, threads: 1, state-dir: "%s" }
                    traces: { after-root: 1s, idle-gap: 2s, source-idle: 2s }
                    sources:
                      - { topic: otlp_spans, format: otlp, signal: traces }
                      - { pattern: '(?<zone>[^.]+)\\.spans', format: otlp, signal: traces }
                      - { pattern: '(?<zone>[^.]+)\\.more\\.spans', format: otlp, signal: traces }
                    """.formatted(kafka.bootstrap(), directory.resolve("state")));
            InputTopics.createOf(config.toString());
            try (PlaitProcess engine = PlaitProcess.main(directory, Main.class, "run", "--config", config.toString());
                    TopicReader traces = TopicReader.open(
                            Map.of("bootstrap.servers", kafka.bootstrap()),
                            List.of(Topics.TRACES),
                            TopicReader.From.BEGINNING)) {
                send(kafka.bootstrap(), "otlp_spans", 7);
                assertThat(await(traces, 7, engine)).doesNotContain("\"zone\"");

                create(kafka.bootstrap(), "east.spans");
                send(kafka.bootstrap(), "east.spans", 8);
                assertThat(await(traces, 8, engine)).contains("\"zone\":\"east\"");

                assertThat(engine.stop()).isZero();
            }
        }
    }

    private static String await(TopicReader traces, long trace, PlaitProcess engine) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (true) {
            for (ConsumerRecord<byte[], byte[]> item : traces.poll(Duration.ofMillis(200))) {
                String text = new String(item.value(), StandardCharsets.UTF_8);
                if (text.contains(Hex.of(trace, trace))) {
                    return text;
                }
            }
            assertThat(System.nanoTime()).as(engine.errors()).isLessThan(end);
        }
    }

    private static void send(String bootstrap, String topic, long trace) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] span = Bytes.span("orders", trace, trace, 0, System.currentTimeMillis());
            producer.send(new ProducerRecord<>(topic, span)).get();
        }
    }

    private static void create(String bootstrap, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }
}
