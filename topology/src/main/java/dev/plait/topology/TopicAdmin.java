package dev.plait.topology;

import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

import dev.plait.schemas.topic.TopicContract;
import dev.plait.schemas.topic.Topics;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of one configuration on one cluster: making, checking, counting. What does not fit is a {@link ConfigException}
 * of one line: a missing input topic, a partition count that differs from the recorded one. A cluster that does not answer
 * is a {@link KafkaException} of one line.
 */
public final class TopicAdmin implements AutoCloseable {
    /** The output topics that this version writes. */
    public static final Set<String> OUTPUTS = Set.of(
            Topics.TRACES,
            Topics.DECISIONS,
            Topics.RED,
            Topics.EDGES,
            Topics.MEASURES,
            Topics.SLO,
            Topics.ALERTS,
            Topics.SLO_DEFINITIONS,
            Topics.DEAD_LETTERS);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_LOOKS = 250;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final PlaitConfig config;
    private final Admin admin;

    public TopicAdmin(PlaitConfig config) {
        this.config = config;
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        this.admin = Admin.create(settings);
    }

    /**
     * Makes the output topics and those between receivers and topology that are missing, and the input topics if asked; gives
     * the names of those it made.
     */
    public List<String> create(boolean inputs) {
        Set<String> present = names();
        List<NewTopic> missing = new ArrayList<>();
        for (TopicContract topic : contracts(inputs)) {
            if (!present.contains(topic.name())) {
                missing.add(new NewTopic(
                                topic.name(),
                                Optional.of(
                                        topic.partitions(config.application().partitions())),
                                Optional.empty())
                        .configs(topic.settings()));
            }
        }
        List<String> made = new ArrayList<>();
        admin.createTopics(missing).values().forEach((name, future) -> {
            if (madeNow(future)) {
                made.add(name);
            }
        });
        made.sort(null);
        awaitListed(made);
        requireRoom();
        return made;
    }

    /** Brokers know of topics a moment after the controller has made them. */
    private void awaitListed(List<String> made) {
        for (int look = 0; look < MOST_LOOKS && !names().containsAll(made); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** @throws ConfigException when an output topic refuses records as large as Plait may write */
    private void requireRoom() {
        settings(contracts(false)).forEach((name, settings) -> {
            long bytes = Long.parseLong(settings.get(MAX_MESSAGE_BYTES_CONFIG).value());
            if (bytes < TopicContract.MAX_MESSAGE_BYTES) {
                throw new ConfigException(name + ": " + MAX_MESSAGE_BYTES_CONFIG + " is '" + bytes
                        + "', should be at least '" + TopicContract.MAX_MESSAGE_BYTES + "'");
            }
        });
    }

    private boolean madeNow(KafkaFuture<Void> creation) {
        try {
            creation.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw unusable(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw unusable(late);
        }
    }

    /** What differs from the contracts, a line each; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> present = names();
        missingInputs(present).forEach(topic -> problems.add(topic + ": input topic is missing"));
        problems.addAll(unfitFrameTopics(present));
        List<TopicContract> outputs = contracts(false);
        outputs.stream()
                .filter(topic -> !present.contains(topic.name()))
                .forEach(topic -> problems.add(topic.name() + ": is missing; 'plait topics create' makes it"));
        List<TopicContract> existing =
                outputs.stream().filter(topic -> present.contains(topic.name())).toList();
        Map<String, Config> settings = settings(existing);
        for (TopicContract topic : existing) {
            topic.settings().forEach((key, right) -> {
                String value = settings.get(topic.name()).get(key).value();
                if (!right.equals(value)) {
                    problems.add(topic.name() + ": " + key + " is '" + value + "', should be '" + right + "'");
                }
            });
        }
        recordedPartitions(present).ifPresent(recorded -> {
            if (recorded != config.application().partitions()) {
                problems.add(partitionsDiffer(recorded));
            }
        });
        return problems;
    }

    /**
     * The highest partition count of the input topics that are decoded.
     *
     * @throws ConfigException naming the input topics that are missing or that do not fit, or when {@code
     *     application.partitions} differs from what the application was started with first
     */
    public int inputPartitions() {
        Set<String> present = names();
        Set<String> missing = missingInputs(present);
        if (!missing.isEmpty()) {
            throw new ConfigException("sources: no such topic: " + String.join(", ", missing)
                    + "; create the topic, or take the source out");
        }
        List<String> unmade =
                frameTopics().filter(topic -> !present.contains(topic)).toList();
        if (!unmade.isEmpty()) {
            throw new ConfigException(
                    "sources: no such topic: " + String.join(", ", unmade) + "; 'plait topics create' makes it");
        }
        unfitFrameTopics(present).stream().findFirst().ifPresent(problem -> {
            throw new ConfigException("sources: " + problem);
        });
        recordedPartitions(present).ifPresent(recorded -> {
            if (recorded != config.application().partitions()) {
                throw new ConfigException(partitionsDiffer(recorded));
            }
        });
        List<String> inputs = present.stream()
                .filter(name -> config.sources().stream().anyMatch(source -> !source.framed() && source.covers(name)))
                .toList();
        return describe(inputs).values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .max()
                .orElse(1);
    }

    private String partitionsDiffer(int recorded) {
        return "application.partitions: '" + config.application().partitions() + "' is not " + recorded
                + ", the number that application '" + config.application().id()
                + "' was started with; state follows it";
    }

    private Optional<Integer> recordedPartitions(Set<String> present) {
        String frames = config.application().id() + "-frames-repartition";
        return present.contains(frames)
                ? Optional.of(describe(List.of(frames)).get(frames).partitions().size())
                : Optional.empty();
    }

    private Set<String> missingInputs(Set<String> present) {
        Set<String> missing = new TreeSet<>();
        for (SourceConfig source : config.sources()) {
            if (!source.pattern() && !source.framed() && !present.contains(source.topic())) {
                missing.add(source.topic());
            }
        }
        return missing;
    }

    private Stream<String> frameTopics() {
        return config.sources().stream()
                .filter(SourceConfig::framed)
                .flatMap(source -> source.topics().stream())
                .distinct();
    }

    /** A frame is for one partition of as many as there were for who wrote it. */
    private List<String> unfitFrameTopics(Set<String> present) {
        List<String> problems = new ArrayList<>();
        int right = config.application().partitions();
        Map<String, TopicDescription> found =
                describe(frameTopics().filter(present::contains).toList());
        frameTopics().forEach(topic -> {
            int partitions =
                    found.containsKey(topic) ? found.get(topic).partitions().size() : right;
            if (partitions != right) {
                problems.add(
                        topic + ": has " + partitions + " partitions, but a source with partitioned-by plait needs as "
                                + "many as application.partitions, " + right);
            }
        });
        return problems;
    }

    private List<TopicContract> contracts(boolean inputs) {
        List<TopicContract> contracts = new ArrayList<>(TopicContract.outputs().stream()
                .filter(topic -> OUTPUTS.contains(topic.name()))
                .toList());
        frameTopics().forEach(topic -> contracts.add(TopicContract.input(topic)));
        if (inputs) {
            config.sources().stream()
                    .filter(source -> !source.pattern() && !source.framed())
                    .forEach(source -> contracts.add(TopicContract.input(source.topic())));
        }
        return contracts;
    }

    private Map<String, Config> settings(Collection<TopicContract> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Map<String, Config> settings = new TreeMap<>();
        get(admin.describeConfigs(resources).all()).forEach((resource, value) -> settings.put(resource.name(), value));
        return settings;
    }

    private Map<String, TopicDescription> describe(Collection<String> topics) {
        return get(admin.describeTopics(topics).allTopicNames());
    }

    private Set<String> names() {
        return get(admin.listTopics().names());
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unusable(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw unusable(late);
        }
    }

    private KafkaException unusable(Throwable why) {
        String reason = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        return new KafkaException(
                "kafka.bootstrap.servers: '" + config.bootstrapServers() + "' does not answer as a Kafka cluster: "
                        + reason.lines().findFirst().orElse(""));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
