package dev.plait.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @Test
    void restartedBroker_hasSameAddressAndRecords(@TempDir Path directory) throws Exception {
        String address;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, LoopbackPorts.any())) {
            address = kafka.bootstrap();
            produce(address, "kept");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, EmbeddedKafka.REMEMBERED_PORT)) {
            assertThat(kafka.bootstrap()).isEqualTo(address).startsWith("127.0.0.1:");
            assertThat(firstValue(address)).isEqualTo("kept");
        }
    }

    @Test
    void takenPort_isNamed(@TempDir Path directory) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> EmbeddedKafka.start(directory, port))
                    .isInstanceOf(BindException.class)
                    .hasMessage("port " + port
                            + " of 127.0.0.1 is taken by another process; free it, or give another port");
        }
    }

    private static void produce(String address, String value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", address);
        try (Admin admin = Admin.create(settings);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>("t", value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String firstValue(String address) {
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition("t", 0)));
            return new String(
                    consumer.poll(Duration.ofSeconds(20)).iterator().next().value(), StandardCharsets.UTF_8);
        }
    }
}
