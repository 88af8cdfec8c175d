package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.TopicWriter.TooLarge;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what no answer can ask its sender to send again: over and over, until Kafka has it. So its caller stops reading until
 * then. A value may be on its topic more than once. Thread safe.
 *
 * <p>Two things are lost, counted as {@code lost-bytes-total} and logged: what a topic never takes, and after {@link #finish}
 * what Kafka does not acknowledge in the attempt that is under way.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long PAUSE_MS = 250;

    private final Intake intake;
    private final TopicWriter writer;
    private final Executor threads;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean finishing;

    Delivery(Intake intake, TopicWriter writer, Executor threads) {
        this.intake = intake;
        this.writer = writer;
        this.threads = threads;
    }

    /** One value of a topic. */
    static final class Item {
        private final Input input;
        private final byte[] value;

        /** @param value which no one changes any more */
        Item(Input input, byte[] value) {
            this.input = input;
            this.value = value;
        }
    }

    /** The future is done when nothing more will be tried; it never fails. May block for a short time. */
    CompletableFuture<Void> deliver(List<Item> items) {
        return CompletableFuture.allOf(items.stream().map(this::deliver).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> deliver(Item item) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        pending.incrementAndGet();
        attempt(item, done);
        return done.thenRun(pending::decrementAndGet);
    }

    private void attempt(Item item, CompletableFuture<Void> done) {
        String topic = intake.topics().get(item.input);
        writer.write(topic, item.value).whenComplete((acknowledged, failure) -> {
            if (failure == null) {
                intake.metrics().written(item.input, item.value.length);
                done.complete(null);
            } else if (failure instanceof TooLarge || finishing) {
                LOG.error("{} bytes for {} are lost: {}", item.value.length, topic, failure.toString());
                intake.metrics().lost(item.input, item.value.length);
                done.complete(null);
            } else {
                CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS, threads)
                        .execute(() -> attempt(item, done));
            }
        });
    }

    /** Whether nothing is under way, so that nothing that it holds will become free. */
    boolean isIdle() {
        return pending.get() == 0;
    }

    /** From now on nothing is tried again. */
    void finish() {
        finishing = true;
    }
}
