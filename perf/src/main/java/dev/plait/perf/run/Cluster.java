package dev.plait.perf.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What a run asks and tells the broker. */
final class Cluster implements AutoCloseable {
    private static final int CREATE_ATTEMPTS = 100;

    private final String bootstrap;
    private final Admin admin;

    Cluster(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    String bootstrap() {
        return bootstrap;
    }

    /** Returns when every partition answers. */
    void create(String topic, int partitions, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                .all()
                .get();
        for (int attempt = 0; !answers(topic, partitions); attempt++) {
            if (attempt == CREATE_ATTEMPTS) {
                throw new IllegalStateException("topic " + topic + " was created, but does not answer");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean answers(String topic, int partitions) throws InterruptedException {
        try {
            end(topic, partitions);
            return true;
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    void delete(Collection<String> topics) throws ExecutionException, InterruptedException {
        admin.deleteTopics(topics).all().get();
    }

    Collection<String> topics() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    /** Sum of the ends of a topic's partitions, as who reads committed records sees them. */
    long end(String topic, int partitions) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions(topic, partitions).forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        return admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(found -> found.offset())
                .sum();
    }

    /** Sum of the offsets that a group has committed in a topic. */
    long committed(String group, String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Bytes in the log directory, by topic. */
    Map<String, Long> bytes() throws ExecutionException, InterruptedException {
        Map<String, Long> bytes = new TreeMap<>();
        var nodes = admin.describeCluster().nodes().get().stream()
                .map(node -> node.id())
                .toList();
        for (var directories :
                admin.describeLogDirs(nodes).allDescriptions().get().values()) {
            directories
                    .values()
                    .forEach(directory -> directory
                            .replicaInfos()
                            .forEach(
                                    (partition, replica) -> bytes.merge(partition.topic(), replica.size(), Long::sum)));
        }
        return bytes;
    }

    static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        admin.close();
    }
}
