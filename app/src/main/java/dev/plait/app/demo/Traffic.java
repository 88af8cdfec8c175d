package dev.plait.app.demo;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Clients without instrumentation: requests at random distances (a Poisson stream), most of them purchases, some browsing,
 * now and then a path that no route takes.
 */
final class Traffic implements AutoCloseable {
    private static final double REQUESTS_PER_SECOND = 15;
    private static final int MAX_AT_ONCE = 16;

    private final Server entry;
    private final ScheduledExecutorService clients =
            Executors.newScheduledThreadPool(MAX_AT_ONCE, Daemons.named("demo-client"));

    Traffic(Server entry) {
        this.entry = entry;
    }

    void start() {
        scheduleNext();
    }

    @Override
    public void close() {
        clients.shutdown();
        try {
            if (!clients.awaitTermination(3, TimeUnit.SECONDS)) {
                clients.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void scheduleNext() {
        double distance = -Math.log(1 - ThreadLocalRandom.current().nextDouble()) / REQUESTS_PER_SECOND;
        try {
            var unused = clients.schedule(this::sendOne, (long) (distance * 1e9), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile: the stream ends here
            return;
        }
    }

    private void sendOne() {
        scheduleNext();
        int kind = ThreadLocalRandom.current().nextInt(100);
        Headers headers = new Headers()
                .put("host", "shop.example")
                .put("user-agent", kind % 2 == 0 ? "Mozilla/5.0 (X11; Linux x86_64)" : "okhttp/4.12.0")
                .put("accept", "application/json");
        if (kind < 60) {
            entry.handle(new Request("POST", "shop.example", "/checkout", headers));
        } else if (kind < 97) {
            entry.handle(new Request("GET", "shop.example", "/catalog/" + kind, headers));
        } else {
            entry.handle(new Request("GET", "shop.example", "/favicon.ico", headers));
        }
    }
}
