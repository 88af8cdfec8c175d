package dev.plait.sink.delivery;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * A sink task whose records go to a {@link Sender}. What a connector adds is how to make one of its configuration.
 *
 * <p>When too much waits, all partitions are paused and {@link #put} is called with nothing until there is room; so a backend
 * that is away for a day stops the reading, not the task. Offsets are committed up to the first record without an answer:
 * every record reaches the backend at least once.
 */
public abstract class DeliveringTask extends SinkTask {
    /** The number of a task, which {@link TaskSettings} adds to its settings. */
    static final String TASK = "plait.task";

    /** While paused, so often it is seen whether there is room. */
    private static final long LOOK_MS = 100;

    private Delivery delivery;
    private DeliveryMetrics metrics;
    private boolean paused;
    private boolean rebalanced;

    /** How records travel, and where to. @throws org.apache.kafka.common.config.ConfigException when it cannot be */
    protected abstract Way way(Map<String, String> settings, DeliveryMetrics metrics);

    /** What a connector's configuration comes to. */
    public record Way(DeliverySettings settings, Sender sender) {}

    @Override
    public final String version() {
        return PluginVersion.of(getClass());
    }

    @Override
    public final void start(Map<String, String> settings) {
        String connector = settings.getOrDefault("name", "sink");
        metrics = DeliveryMetrics.register(connector, settings.getOrDefault(TASK, "0"));
        try {
            Way way = way(settings, metrics);
            delivery = new Delivery(connector, way.settings(), way.sender(), metrics, reporter());
        } catch (RuntimeException failed) {
            metrics.close();
            throw failed;
        }
    }

    /** None when no dead-letter queue or error log is configured, and with workers before Kafka 2.6. */
    private Optional<ErrantRecordReporter> reporter() {
        try {
            return Optional.ofNullable(context.errantRecordReporter());
        } catch (NoSuchMethodError | NoClassDefFoundError oldWorker) {
            return Optional.empty();
        }
    }

    @Override
    public final void put(Collection<SinkRecord> records) {
        delivery.report();
        delivery.add(records);
        boolean full = delivery.isFull();
        if (full != paused || rebalanced) {
            TopicPartition[] all = context.assignment().toArray(TopicPartition[]::new);
            if (full) {
                context.pause(all);
            } else {
                context.resume(all);
            }
            paused = full;
            rebalanced = false;
        }
        if (paused) {
            context.timeout(LOOK_MS);
        }
    }

    @Override
    public final Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> taken) {
        delivery.awaitAnswers();
        return delivery.committable(taken);
    }

    /** Kafka Connect keeps partitions paused that come back, and does not pause new ones: the next put says it for all. */
    @Override
    public final void open(Collection<TopicPartition> partitions) {
        rebalanced = true;
    }

    @Override
    public final void close(Collection<TopicPartition> partitions) {
        if (delivery != null) {
            delivery.handBack(partitions);
        }
    }

    @Override
    public final void stop() {
        if (delivery != null) {
            delivery.close();
            delivery = null;
        }
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }
}
