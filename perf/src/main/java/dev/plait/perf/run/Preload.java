package dev.plait.perf.run;

import dev.plait.perf.load.Batch;
import dev.plait.perf.load.BatchStream;
import dev.plait.perf.load.Workload;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a workload to a topic: no key, lz4, one partition after the other record by record, so that every trace is spread
 * over all of them. At the end each partition gets a closer, after which its timestamps say that nothing more comes.
 *
 * @param spans how many, without the closers
 * @param payloadBytes before compression
 */
record Preload(long spans, long records, long payloadBytes) {
    /** Beyond the longest that a trace stays open. */
    static final long CLOSER_AFTER_MS = 120_000;

    static Preload send(String bootstrap, String topic, int partitions, Workload workload) throws IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        long records = 0;
        long bytes = 0;
        BatchStream stream = new BatchStream(workload);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "compression.type",
                        "lz4",
                        "batch.size",
                        1 << 20,
                        "linger.ms",
                        20,
                        "max.request.size",
                        4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Optional<Batch> batch = stream.next(); batch.isPresent(); batch = stream.next()) {
                send(producer, topic, (int) (records % partitions), batch.get(), failure);
                bytes += batch.get().bytes().length;
                records++;
            }
            for (int partition = 0; partition < partitions; partition++) {
                send(producer, topic, partition, stream.closer(partition, CLOSER_AFTER_MS), failure);
            }
        }
        if (failure.get() != null) {
            throw new IOException("the input was not written: " + failure.get().getMessage(), failure.get());
        }
        return new Preload(stream.spans(), records + partitions, bytes);
    }

    /** The callback is told of a failure; the future would tell the same. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            int partition,
            Batch batch,
            AtomicReference<Exception> failure) {
        producer.send(
                new ProducerRecord<>(topic, partition, batch.timestampMs(), null, batch.bytes()),
                (written, failed) -> failure.compareAndSet(null, failed));
    }
}
