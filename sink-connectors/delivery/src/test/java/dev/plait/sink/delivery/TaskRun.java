package dev.plait.sink.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** A task as a worker runs it: started, given records, asked what may be committed, stopped. */
public final class TaskRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SinkTask task;
    private final RecordingContext context;
    private final Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();

    private TaskRun(SinkTask task, RecordingContext context) {
        this.task = task;
        this.context = context;
    }

    /** Starts a task, with a dead-letter queue or without. */
    public static TaskRun start(SinkTask task, Map<String, String> settings, boolean reports) {
        RecordingContext context = new RecordingContext(settings, reports);
        TaskRun run = new TaskRun(task, context);
        task.initialize(context);
        task.start(settings);
        return run;
    }

    public RecordingContext context() {
        return context;
    }

    /** Hands records over, as after one poll. */
    public TaskRun put(List<SinkRecord> records) {
        List<TopicPartition> fresh = new ArrayList<>();
        for (SinkRecord record : records) {
            TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
            if (!context.assignment().contains(partition) && !fresh.contains(partition)) {
                fresh.add(partition);
            }
            taken.put(partition, new OffsetAndMetadata(record.originalKafkaOffset() + 1));
        }
        if (!fresh.isEmpty()) {
            context.assign(fresh);
            task.open(fresh);
        }
        task.put(records);
        return this;
    }

    /** Another task gets the partition. */
    public void revoke(TopicPartition partition) {
        task.preCommit(new HashMap<>(taken));
        task.close(List.of(partition));
        context.revoke(List.of(partition));
        taken.remove(partition);
    }

    /** The partition goes; while it is gone, something happens; it comes back, paused if it was: as a worker does. */
    void reassign(TopicPartition partition, Runnable meanwhile) {
        task.preCommit(new HashMap<>(taken));
        task.close(List.of(partition));
        taken.remove(partition);
        meanwhile.run();
        task.open(List.of(partition));
    }

    /** What may be committed of a partition now. */
    public long committable(TopicPartition partition) {
        OffsetAndMetadata offset = task.preCommit(new HashMap<>(taken)).get(partition);
        return offset == null ? -1 : offset.offset();
    }

    /** Goes on polling nothing until all records may be committed. */
    public void awaitAll() {
        await(
                "everything may be committed",
                () -> task.preCommit(new HashMap<>(taken)).equals(taken));
    }

    /** Goes on polling nothing until the condition holds. */
    public void await(String what, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            task.put(List.of());
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        task.stop();
    }
}
