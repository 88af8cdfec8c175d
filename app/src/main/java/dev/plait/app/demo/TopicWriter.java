package dev.plait.app.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes values without a key to Kafka, to the topic's partitions in turn, as a collector's round-robin partitioner does. */
final class TopicWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    TopicWriter(String bootstrap) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "client.id", "plait-demo",
                        "linger.ms", "20",
                        "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void write(String topic, byte[] value) {
        int partitions = producer.partitionsFor(topic).size();
        int turn = turns.computeIfAbsent(topic, name -> new AtomicInteger()).getAndIncrement();
        // a record that cannot be sent is telemetry lost, which is what telemetry does
        var unused = producer.send(new ProducerRecord<>(topic, Math.floorMod(turn, partitions), null, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
