package dev.plait.topology;

/**
 * Arrival time of a task's records, and its low watermark: the highest timestamp taken so far. Kafka Streams takes the
 * records of a task's partitions in the order of their timestamps, so it rarely meets a lower one; a record that is stamped
 * lower (a producer that retried, or whose clock is slow) has arrived now all the same, and gets the watermark. So does one
 * without a timestamp (zero or negative). One that is stamped ahead of the wall clock by more than {@link #MAX_AHEAD_MS}
 * gets the wall time and is counted: a producer's fast clock must not close everybody's traces.
 */
final class ArrivalClock {
    static final long MAX_AHEAD_MS = 5_000;

    private final long idleAfterMs;
    private long watermarkMs = Long.MIN_VALUE;
    private long heardAtWallMs;
    private long clamped;

    ArrivalClock(long idleAfterMs, long wallMs) {
        this.idleAfterMs = idleAfterMs;
        this.heardAtWallMs = wallMs;
    }

    /** The arrival time of a record that is stamped {@code timestampMs}; never lower than that of the one before. */
    long arrivalMs(long timestampMs, long wallMs) {
        heardAtWallMs = wallMs;
        long arrivalMs = timestampMs;
        if (timestampMs > wallMs + MAX_AHEAD_MS) {
            clamped++;
            arrivalMs = wallMs;
        } else if (timestampMs <= 0 && watermarkMs == Long.MIN_VALUE) {
            arrivalMs = wallMs;
        }
        watermarkMs = Math.max(watermarkMs, arrivalMs);
        return watermarkMs;
    }

    /** No later record of this task arrived before; {@link Long#MIN_VALUE} before the first record. */
    long watermarkMs() {
        return watermarkMs;
    }

    /** Whether nothing has come for so long that others need not wait for this task. */
    boolean idle(long wallMs) {
        return wallMs - heardAtWallMs >= idleAfterMs;
    }

    long clamped() {
        return clamped;
    }
}
