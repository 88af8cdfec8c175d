package dev.plait.sink.delivery;

import dev.plait.sink.delivery.Progress.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one task's records to a backend: dealt out over {@link Lane}s by key, sent in batches, told apart by their answer.
 * Nothing is given up while the backend says "not now"; what it refuses for good goes to the dead-letter queue, or is counted and
 * logged when there is none. {@code received = delivered + refused + in flight + handed back}.
 *
 * <p>The caller is Kafka Connect's thread, which is never held up but by {@link #awaitAnswers}, for two seconds at most; the
 * lanes are threads of its own.
 */
final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** Together below the five seconds that Kafka Connect gives a task to end. */
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = 1_000_000;

    /** Refusals are many when they come: each tenth power is logged. */
    private final AtomicInteger refusals = new AtomicInteger();

    private final DeliverySettings settings;
    private final Sender sender;
    private final DeliveryMetrics metrics;
    private final Optional<ErrantRecordReporter> reporter;
    private final Progress progress = new Progress();
    private final List<Lane> lanes = new ArrayList<>();
    private final ExecutorService threads;
    private final AtomicReference<Throwable> bug = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Refusal> refused = new ConcurrentLinkedQueue<>();

    /** Refused records that Kafka Connect was told of and may not have kept yet; of its thread alone. */
    private final Deque<Reported> reported = new ArrayDeque<>();

    private record Refusal(Entry entry, String why) {}

    private record Reported(Entry entry, Future<Void> kept) {}

    Delivery(
            String name,
            DeliverySettings settings,
            Sender sender,
            DeliveryMetrics metrics,
            Optional<ErrantRecordReporter> reporter) {
        this.settings = settings;
        this.sender = sender;
        this.metrics = metrics;
        this.reporter = reporter;
        this.threads = Executors.newFixedThreadPool(settings.maxInFlight(), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        Lane.Outcomes outcomes = new LaneOutcomes();
        for (int i = 0; i < settings.maxInFlight(); i++) {
            Lane lane = new Lane(sender, settings, outcomes);
            lanes.add(lane);
            threads.execute(lane);
        }
    }

    private final class LaneOutcomes implements Lane.Outcomes {
        @Override
        public boolean isWanted(Entry entry) {
            if (progress.isCurrent(entry)) {
                return true;
            }
            metrics.handedBack(1);
            return false;
        }

        @Override
        public void settled(Entry entry, Optional<String> why) {
            settle(entry, why);
        }

        @Override
        public void retried(Later later) {
            metrics.retried(later.why());
        }

        @Override
        public void failed(Throwable failure) {
            bug.compareAndSet(null, failure);
        }
    }

    void add(Collection<SinkRecord> records) {
        metrics.received(records.size());
        for (SinkRecord record : records) {
            lanes.get(lane(record)).add(progress.begin(record));
        }
    }

    /** Records of one key go one way; those without a key, each partition's. */
    private int lane(SinkRecord record) {
        int hash = record.key() == null
                ? 31 * record.topic().hashCode() + record.originalKafkaPartition()
                : record.key() instanceof byte[] bytes
                        ? Arrays.hashCode(bytes)
                        : record.key().hashCode();
        return Math.floorMod(hash * 0x9E3779B9 >>> 16, lanes.size());
    }

    /** Whether so much waits that no more should be read. */
    boolean isFull() {
        return metrics.getRecordsInFlight() >= settings.maxQueued();
    }

    /**
     * Reports what was refused since the last call, on the caller's thread, as Kafka Connect wants it.
     *
     * <p>A record is settled when its report is kept, such as by the dead-letter topic.
     *
     * @throws ConnectException when a sender wants the task to stop, a lane met a bug, or Kafka Connect does not tolerate a refused
     *     record or lost its report
     */
    void report() {
        if (bug.get() instanceof ConnectException told) {
            throw told;
        }
        if (bug.get() != null) {
            throw new ConnectException("a bug in the sink: " + bug.get(), bug.get());
        }
        for (Refusal next = refused.poll(); next != null; next = refused.poll()) {
            SinkRecord record = next.entry().record();
            DataException why = new DataException(next.why());
            Future<Void> kept = reporter.map(to -> to.report(record, why)).orElse(null);
            reported.add(new Reported(next.entry(), kept == null ? CompletableFuture.completedFuture(null) : kept));
        }
        reported.removeIf(this::isKept);
    }

    /** Kafka Connect waits for reports before it asks what may be committed, and so not for those made when it asks. */
    private boolean isKept(Reported one) {
        if (!one.kept().isDone()) {
            return false;
        }
        try {
            one.kept().get();
        } catch (ExecutionException lost) {
            throw new ConnectException("a refused record could not be reported: " + lost.getCause(), lost.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        progress.settle(one.entry());
        metrics.settled(0, 1, 0);
        return true;
    }

    /**
     * Waits for the answers to what was taken up, so that a task that ends well leaves nothing to be sent again. Not while the
     * backend takes nothing, and not for long: Kafka Connect asks for offsets now and then, and before partitions go.
     */
    void awaitAnswers() {
        long deadlineNanos = System.nanoTime() + ANSWER_PATIENCE.toNanos();
        report();
        while (metrics.getRecordsInFlight() > 0
                && lanes.stream().noneMatch(Lane::isWaiting)
                && !Thread.currentThread().isInterrupted()
                && System.nanoTime() < deadlineNanos) {
            LockSupport.parkNanos(LOOK_NANOS);
            report();
        }
    }

    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> taken) {
        return progress.committable(taken);
    }

    /** Other tasks have these partitions now: what was not sent of them is theirs. */
    void handBack(Collection<TopicPartition> partitions) {
        progress.forget(partitions);
    }

    private void settle(Entry entry, Optional<String> why) {
        if (why.isEmpty()) {
            progress.settle(entry);
            metrics.settled(1, 0, System.currentTimeMillis());
            return;
        }
        metrics.problem(why.get());
        SinkRecord record = entry.record();
        int count = refusals.incrementAndGet();
        if (isPowerOfTen(count)) {
            LOG.warn(
                    "refused: record {} of {}-{}: {} ({} refused so far, {})",
                    record.originalKafkaOffset(),
                    record.originalTopic(),
                    record.originalKafkaPartition(),
                    why.get(),
                    count,
                    reporter.isPresent() ? "reported to Kafka Connect" : "no dead-letter queue is configured");
        }
        refused.add(new Refusal(entry, why.get()));
    }

    private static boolean isPowerOfTen(int count) {
        int rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    /** Ends the lanes: a request on its way gets a moment for its answer, what waits is handed over again to the next task. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a request did not end within {}", CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sender.close();
        }
    }
}
