package dev.plait.perf.run;

import dev.plait.perf.load.Batch;
import dev.plait.perf.load.BatchStream;
import dev.plait.perf.load.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a workload to Kafka in one form, lz4. At the end each partition gets a record after which its timestamps say that
 * nothing more comes.
 *
 * @param form what it wrote
 * @param spans how many, without those of the end
 * @param records in the topic of the spans
 * @param payloadBytes of the batches, before compression
 * @param receiverCpuSeconds of making the records out of the batches, which is what a receiver does of it beside the network
 */
record Preload(InputForm form, long spans, long records, long payloadBytes, double receiverCpuSeconds) {
    /** Beyond the longest that a trace stays open. */
    static final long CLOSER_AFTER_MS = 120_000;

    static Preload send(String bootstrap, InputForm form, int partitions, Workload workload) throws IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long number = 0;
        long records = 0;
        long bytes = 0;
        long cpuNanos = 0;
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
                long before = cpu.getCurrentThreadCpuTime();
                List<ProducerRecord<byte[], byte[]>> made = form.records(batch.get(), number);
                cpuNanos += cpu.getCurrentThreadCpuTime() - before;
                records += send(producer, form, made, failure);
                bytes += batch.get().bytes().length;
                number++;
            }
            List<Batch> closers = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                closers.add(stream.closer(partition, CLOSER_AFTER_MS));
            }
            records += send(producer, form, form.end(closers), failure);
        }
        if (failure.get() != null) {
            throw new IOException("the input was not written: " + failure.get().getMessage(), failure.get());
        }
        return new Preload(form, stream.spans(), records, bytes, cpuNanos / 1e9);
    }

    /** Gives how many went to the topic of the spans. The callback is told of a failure; the future would tell the same. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static long send(
            KafkaProducer<byte[], byte[]> producer,
            InputForm form,
            List<ProducerRecord<byte[], byte[]>> records,
            AtomicReference<Exception> failure) {
        records.forEach(record -> producer.send(record, (written, failed) -> failure.compareAndSet(null, failed)));
        return records.stream()
                .filter(record -> record.topic().equals(form.topic()))
                .count();
    }
}
