package dev.plait.perf.run;

import dev.plait.perf.check.Answer;
import dev.plait.perf.check.TraceOracle;
import dev.plait.perf.load.Batch;
import dev.plait.perf.load.BatchStream;
import dev.plait.perf.load.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed output from the beginning and judges it. Output topics carry the broker's append time. */
final class OutputReader {
    private final Cluster cluster;
    private final int partitions;

    OutputReader(Cluster cluster, int partitions) {
        this.cluster = cluster;
        this.partitions = partitions;
    }

    /** The traces, against what was generated. */
    Output traces(String topic, Workload workload) {
        TraceOracle oracle = new TraceOracle(workload);
        Appends appends = new Appends();
        read(topic, found -> {
            if (oracle.accept(found.key(), found.value()) > 0) {
                appends.add(found.timestamp());
            }
        });
        Answer answer = oracle.answer();
        String verdict = answer.traces() + " traces and " + answer.spans() + " spans right, " + answer.revised()
                + " of them revised; lost " + answer.lost() + ", twice " + answer.twice() + ", wrong " + answer.wrong()
                + ", phantom " + answer.phantom();
        List<String> problems = new ArrayList<>(answer.examples());
        if (!answer.isRight() && problems.isEmpty()) {
            problems.add(verdict);
        }
        return appends.output(verdict, problems);
    }

    /** A copy of the input: as many records, of the same bytes in any order. */
    Output copy(String topic, Workload workload) {
        Appends appends = new Appends();
        long[] checksum = new long[2];
        read(topic, found -> {
            checksum[0]++;
            checksum[1] += crc(found.value());
            appends.add(found.timestamp());
        });
        long records = checksum[0];
        BatchStream stream = new BatchStream(workload);
        for (Optional<Batch> batch = stream.next(); batch.isPresent(); batch = stream.next()) {
            checksum[0]--;
            checksum[1] -= crc(batch.get().bytes());
        }
        for (int partition = 0; partition < partitions; partition++) {
            checksum[0]--;
            checksum[1] -= crc(stream.closer(partition, Preload.CLOSER_AFTER_MS).bytes());
        }
        boolean same = checksum[0] == 0 && checksum[1] == 0;
        return appends.output(
                same ? "the " + records + " records of the input" : "not the records of the input",
                same ? List.of() : List.of(records + " records, " + checksum[0] + " more than the input"));
    }

    /** How many records a topic has. */
    long count(String topic) {
        long[] count = new long[1];
        read(topic, found -> count[0]++);
        return count[0];
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> wanted = Cluster.partitions(topic, partitions);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrap(),
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        10_000,
                        "fetch.max.bytes",
                        16 << 20,
                        "max.partition.fetch.bytes",
                        4 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(wanted);
            consumer.seekToBeginning(wanted);
            Map<TopicPartition, Long> ends = consumer.endOffsets(wanted);
            while (wanted.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(each);
            }
        }
    }

    /** Earliest and latest append. */
    private static final class Appends {
        private long count;
        private long firstMs = Long.MAX_VALUE;
        private long lastMs = Long.MIN_VALUE;

        void add(long atMs) {
            count++;
            firstMs = Math.min(firstMs, atMs);
            lastMs = Math.max(lastMs, atMs);
        }

        Output output(String verdict, List<String> problems) {
            return count == 0
                    ? new Output(0, 0, 0, verdict, List.of("nothing came out"))
                    : new Output(count, firstMs, lastMs, verdict, problems);
        }
    }
}
