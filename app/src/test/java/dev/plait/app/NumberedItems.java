package dev.plait.app;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends items, which say their sender and number ({@code kong-17-}), one after the other as far as it is let, and knows which were
 * accepted: acknowledged, or where a protocol has no acknowledgement, taken over by the connection.
 */
final class NumberedItems {
    /** A sender that waits for so long is kept waiting, and not just slow. */
    private static final long WAITING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String prefix;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Semaphore allowed = new Semaphore(0);
    private final Thread thread;
    private volatile long changedNanos = System.nanoTime();
    private volatile Exception failure;

    /** One item's way. */
    @FunctionalInterface
    interface Sending {
        /** Returns when it is accepted. */
        void send(String marker) throws IOException, InterruptedException;
    }

    NumberedItems(String prefix, Sending sending) {
        this.prefix = prefix;
        this.thread = new Thread(() -> run(sending), "send-" + prefix);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Sending sending) {
        try {
            for (int i = 0; ; i++) {
                allowed.acquire();
                String marker = prefix + "-" + i + "-";
                sending.send(marker);
                accepted.add(marker);
                changedNanos = System.nanoTime();
            }
        } catch (InterruptedException finished) {
            // by finish
        } catch (IOException broken) {
            failure = broken;
        }
    }

    Set<String> accepted() {
        return accepted;
    }

    /** Lets more items go. */
    void allow(int count) {
        allowed.release(count);
    }

    /** Waits until all are accepted that may go. */
    void awaitAll() throws IOException {
        await("all are accepted", () -> allowed.availablePermits() == 0 && allowed.hasQueuedThreads());
    }

    /** Waits until one of those that may go is not accepted for some time; the others have to wait. */
    void awaitKeptWaiting() throws IOException {
        changedNanos = System.nanoTime();
        await("kept waiting", () -> !allowed.hasQueuedThreads() && System.nanoTime() - changedNanos > WAITING_NANOS);
        allowed.drainPermits();
    }

    private void await(String what, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (failure != null) {
                throw new IOException(prefix, failure);
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(prefix + ": not " + what + "; accepted so far: " + accepted.size());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** After {@link #awaitAll}. */
    void finish() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
