package dev.plait.sink.delivery;

import dev.plait.sink.delivery.Progress.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that sends batches one after the other, so that the records of the keys it has stay in order: the next batch begins
 * when the last one has its answer, however often it must be sent. Records whose partition another task has meanwhile are let
 * go, at the latest before the next try. Ends when it is interrupted; what has no answer then is not committed, and so handed over
 * again.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Sender sender;
    private final DeliverySettings settings;
    private final Backoff backoff;
    private final Outcomes outcomes;
    private volatile boolean waiting;

    /** Is told what becomes of records, in order. */
    interface Outcomes {
        /** Whether it is still to be delivered by this task; when not, it is let go. */
        boolean isWanted(Entry entry);

        void settled(Entry entry, Optional<String> refused);

        void retried(Later later);

        /** A bug: the task must stop. */
        void failed(Throwable bug);
    }

    Lane(Sender sender, DeliverySettings settings, Outcomes outcomes) {
        this.sender = sender;
        this.settings = settings;
        this.backoff = new Backoff(settings.retryInitial(), settings.retryMax());
        this.outcomes = outcomes;
    }

    /** Whether the backend has said "not now" and not taken anything since. */
    boolean isWaiting() {
        return waiting;
    }

    void add(Entry entry) {
        queue.add(entry);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                send(nextBatch());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            // an Error too: a lane that ended unseen would hold its records for ever
            outcomes.failed(bug);
        }
    }

    private List<Entry> nextBatch() throws InterruptedException {
        List<Entry> batch = new ArrayList<>();
        batch.add(queue.take());
        if (settings.batchSize() == 1) {
            return batch;
        }
        long deadlineNanos = System.nanoTime() + settings.linger().toNanos();
        while (batch.size() < settings.batchSize()) {
            Entry more = queue.poll(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (more == null) {
                break;
            }
            batch.add(more);
            queue.drainTo(batch, settings.batchSize() - batch.size());
        }
        return batch;
    }

    private void send(List<Entry> taken) throws InterruptedException {
        List<Entry> batch = wanted(taken);
        Attempt attempt = begin(batch);
        int tries = 0;
        for (Optional<Later> later = attempt.run(); later.isPresent(); later = attempt.run()) {
            tries++;
            say(later.get());
            TimeUnit.MILLISECONDS.sleep(backoff.before(tries, later.get().after(), ThreadLocalRandom.current())
                    .toMillis());
            List<Entry> left = wanted(batch);
            if (left.size() < batch.size()) {
                batch = left;
                attempt = begin(batch);
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        if (waiting) {
            LOG.info("the backend takes records again");
            waiting = false;
        }
        for (int i = 0; i < batch.size(); i++) {
            outcomes.settled(batch.get(i), Optional.ofNullable(attempt.refused().get(i)));
        }
    }

    private Attempt begin(List<Entry> batch) {
        return sender.begin(batch.stream().map(Entry::record).toList());
    }

    private List<Entry> wanted(List<Entry> entries) {
        return entries.stream().filter(outcomes::isWanted).toList();
    }

    /** One line when waiting begins and one when it ends; how often is counted. */
    private void say(Later later) {
        outcomes.retried(later);
        if (!waiting) {
            LOG.warn("the backend does not take records now, they wait: {}", later.why());
            waiting = true;
        }
    }
}
