package dev.plait.sink.delivery;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a worker is to a task, remembering what the task asked for. */
public final class RecordingContext implements SinkTaskContext {
    private final Map<String, String> settings;
    private final boolean reports;
    private final Set<TopicPartition> assignment = new HashSet<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private final List<SinkRecord> reported = new CopyOnWriteArrayList<>();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> kept = CompletableFuture.completedFuture(null);

    /** Of a worker in which a dead-letter queue is configured, or not: then Kafka Connect has no reporter. */
    public RecordingContext(Map<String, String> settings, boolean reports) {
        this.settings = settings;
        this.reports = reports;
    }

    @Override
    public Map<String, String> configs() {
        return settings;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw new UnsupportedOperationException("sinks leave offsets to Kafka Connect");
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw new UnsupportedOperationException("sinks leave offsets to Kafka Connect");
    }

    @Override
    public void timeout(long timeoutMs) {
        // the tests' own loop asks again at once
    }

    @Override
    public Set<TopicPartition> assignment() {
        return assignment;
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(List.of(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        paused.removeAll(List.of(partitions));
    }

    @Override
    public void requestCommit() {
        // the tests' own loop commits
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        if (!reports) {
            return null; // as a worker does
        }
        return (record, failure) -> {
            reported.add(record);
            reasons.add(failure.getMessage());
            return kept;
        };
    }

    @Override
    public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException("sinks have beans of their own");
    }

    /** Reports from now on are kept when the future is done. */
    void keepReportsBy(CompletableFuture<Void> future) {
        kept = future;
    }

    void assign(Collection<TopicPartition> partitions) {
        assignment.addAll(partitions);
    }

    void revoke(Collection<TopicPartition> partitions) {
        assignment.removeAll(partitions);
        paused.removeAll(partitions);
    }

    public boolean isPaused() {
        return !paused.isEmpty();
    }

    /** Offsets of the records that were reported as refused. */
    public List<Long> reported() {
        return reported.stream().map(SinkRecord::originalKafkaOffset).toList();
    }

    /** Why they were. */
    public List<String> reasons() {
        return reasons;
    }
}
