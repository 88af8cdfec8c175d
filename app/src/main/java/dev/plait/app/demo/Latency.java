package dev.plait.app.demo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Time that work takes: mostly near the shortest, now and then near the longest. */
record Latency(Duration shortest, Duration longest) {
    static final Latency WIRE = ofMillis(0.2, 1.5);

    static Latency ofMillis(double shortest, double longest) {
        return new Latency(Duration.ofNanos((long) (shortest * 1e6)), Duration.ofNanos((long) (longest * 1e6)));
    }

    /** Lets the time pass; less of it when the thread is interrupted. */
    void pass() {
        double where = ThreadLocalRandom.current().nextDouble();
        long range = longest.toNanos() - shortest.toNanos();
        long end = System.nanoTime() + shortest.toNanos() + (long) (where * where * where * range);
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }
}
