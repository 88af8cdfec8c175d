package dev.plait.app;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Says in a line that Kafka has not answered yet, unless closed before two seconds are over: its clients wait in silence. */
final class SilentKafka implements AutoCloseable {
    private static final long AFTER_SECONDS = 2;

    private volatile boolean answered;

    /** Begins to wait. */
    SilentKafka(PrintWriter err, String bootstrap) {
        CompletableFuture.delayedExecutor(AFTER_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (!answered) {
                err.println("plait: Kafka at " + bootstrap + " has not answered yet; waiting");
                err.flush();
            }
        });
    }

    @Override
    public void close() {
        answered = true;
    }
}
