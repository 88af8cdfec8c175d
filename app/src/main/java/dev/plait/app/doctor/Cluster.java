package dev.plait.app.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a cluster says of its topics and groups. What the user may not see is said to be so, each by itself. */
final class Cluster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Admin admin;
    private final String bootstrap;

    /** @throws IOException when no Kafka can be there */
    Cluster(Map<String, String> kafka) throws IOException {
        this.bootstrap = kafka.get("bootstrap.servers");
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("request.timeout.ms", 5_000);
        settings.put("default.api.timeout.ms", 10_000);
        try {
            this.admin = Admin.create(settings);
        } catch (KafkaException e) {
            // the outer message says only that construction failed
            throw unusable(e.getCause() == null ? e : e.getCause());
        }
    }

    /** @throws IOException when the cluster does not answer */
    Set<String> topics() throws IOException {
        return get(admin.listTopics().names()).orElse(Set.of());
    }

    /** Each of the topics, in the order given. */
    Map<String, TopicState> states(Collection<String> topics) throws IOException {
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(topics).topicNameValues();
        Map<String, TopicState> states = new LinkedHashMap<>();
        for (String topic : topics) {
            states.put(topic, state(topic, described.get(topic)));
        }
        return states;
    }

    private TopicState state(String topic, KafkaFuture<TopicDescription> described) throws IOException {
        Optional<TopicDescription> found;
        try {
            found = get(described);
        } catch (MissingTopic e) {
            return TopicState.MISSING;
        }
        if (found.isEmpty()) {
            return TopicState.DENIED;
        }
        List<TopicPartition> partitions = found.get().partitions().stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
        long records = 0;
        for (TopicPartition partition : partitions) {
            records += offset(partition, OffsetSpec.latest()) - offset(partition, OffsetSpec.earliest());
        }
        return new TopicState(
                TopicState.Access.READABLE, partitions.size(), records, lastMs(partitions), settings(topic));
    }

    private long offset(TopicPartition partition, OffsetSpec spec) throws IOException {
        return get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .map(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .orElse(0L);
    }

    private long lastMs(List<TopicPartition> partitions) throws IOException {
        long latest = -1;
        for (TopicPartition partition : partitions) {
            latest = Math.max(
                    latest,
                    get(admin.listOffsets(Map.of(partition, OffsetSpec.maxTimestamp()))
                                    .partitionResult(partition))
                            .map(ListOffsetsResult.ListOffsetsResultInfo::timestamp)
                            .orElse(-1L));
        }
        return latest;
    }

    private Map<String, String> settings(String topic) throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new TreeMap<>();
        Optional<Config> config =
                get(admin.describeConfigs(List.of(resource)).values().get(resource));
        config.ifPresent(all -> all.entries().forEach(entry -> {
            if (entry.value() != null) {
                settings.put(entry.name(), entry.value());
            }
        }));
        return settings;
    }

    /** Groups that Kafka Connect makes for its sinks. */
    List<String> connectGroups() throws IOException {
        return get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).valid()).orElse(List.of()).stream()
                .map(GroupListing::groupId)
                .filter(id -> id.startsWith("connect-"))
                .sorted()
                .toList();
    }

    /**
     * A consumer group and how far it is behind.
     *
     * @param topics that it is to read, where that is known: nothing is assigned to one whose members have failed
     */
    GroupState group(String id, Collection<String> topics) throws IOException {
        List<String> clients = List.of();
        Set<TopicPartition> read = new LinkedHashSet<>(partitions(topics));
        String state = GroupState.ABSENT;
        try {
            Optional<ConsumerGroupDescription> found = get(
                    admin.describeConsumerGroups(List.of(id)).describedGroups().get(id));
            if (found.isEmpty()) {
                return GroupState.denied(id);
            }
            state = found.get().groupState().toString();
            clients = found.get().members().stream()
                    .map(member -> member.clientId())
                    .toList();
            read.addAll(assigned(found.get()));
        } catch (MissingTopic absent) {
            if (read.isEmpty()) {
                return GroupState.of(id, state, clients, Map.of(), 0, Map.of());
            }
        }
        Map<TopicPartition, OffsetAndMetadata> committed = committed(id);
        Map<String, Long> lag = new TreeMap<>();
        Map<TopicPartition, Long> waiting = new HashMap<>();
        lag(committed, lag, waiting);
        long neverCommitted = 0;
        for (TopicPartition partition : read) {
            if (committed.get(partition) == null) {
                long records = offset(partition, OffsetSpec.latest()) - offset(partition, OffsetSpec.earliest());
                lag.merge(partition.topic(), records, Long::sum);
                neverCommitted += records;
            }
        }
        return GroupState.of(id, state, clients, lag, neverCommitted, waiting);
    }

    private Set<TopicPartition> partitions(Collection<String> topics) throws IOException {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                get(topic.getValue())
                        .ifPresent(found -> found.partitions()
                                .forEach(one -> partitions.add(new TopicPartition(topic.getKey(), one.partition()))));
            } catch (MissingTopic gone) {
                // then nothing waits in it
            }
        }
        return partitions;
    }

    private static Set<TopicPartition> assigned(ConsumerGroupDescription group) {
        Set<TopicPartition> assigned = new LinkedHashSet<>();
        group.members().forEach(member -> assigned.addAll(member.assignment().topicPartitions()));
        return assigned;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) throws IOException {
        try {
            return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .orElse(Map.of());
        } catch (MissingTopic absent) {
            return Map.of();
        }
    }

    private void lag(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<String, Long> lag, Map<TopicPartition, Long> waiting)
            throws IOException {
        for (var one : committed.entrySet()) {
            if (one.getValue() != null) {
                try {
                    long behind = offset(one.getKey(), OffsetSpec.latest())
                            - one.getValue().offset();
                    lag.merge(one.getKey().topic(), Math.max(0, behind), Long::sum);
                    if (behind > 0) {
                        waiting.put(one.getKey(), one.getValue().offset());
                    }
                } catch (MissingTopic gone) {
                    lag.putIfAbsent(one.getKey().topic(), 0L);
                }
            }
        }
    }

    /** Empty when the user may not see it. */
    private <T> Optional<T> get(KafkaFuture<T> future) throws IOException {
        try {
            return Optional.ofNullable(future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            Throwable why = failed.getCause();
            if (why instanceof AuthorizationException) {
                return Optional.empty();
            }
            if (why instanceof UnknownTopicOrPartitionException || why instanceof GroupIdNotFoundException) {
                throw new MissingTopic(why);
            }
            throw unusable(why);
        } catch (TimeoutException | InterruptedException late) {
            throw unusable(late);
        }
    }

    private IOException unusable(Throwable why) {
        return new IOException(
                "no Kafka answers at " + bootstrap + " as it should: "
                        + (why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage()),
                why);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    /** The topic or group is not there. */
    private static final class MissingTopic extends IOException {
        private static final long serialVersionUID = 1L;

        MissingTopic(Throwable why) {
            super(why.getMessage(), why);
        }
    }
}
