package dev.plait.topology;

/**
 * Arrival time of a task's records, and its low watermark. Kafka Streams takes the records of a task's partitions in the
 * order of their timestamps, so the highest timestamp taken is the task's watermark; a record that is stamped lower than
 * that keeps its own time. A negative timestamp becomes the watermark. One that is more than an hour ahead of the wall clock
 * is absurd: it becomes the watermark too, is counted, and moves nothing.
 */
final class ArrivalClock {
    private static final long MAX_AHEAD_MS = 3_600_000;

    private final long idleAfterMs;
    private long watermarkMs = Long.MIN_VALUE;
    private long heardAtWallMs;
    private long clamped;

    ArrivalClock(long idleAfterMs, long wallMs) {
        this.idleAfterMs = idleAfterMs;
        this.heardAtWallMs = wallMs;
    }

    /** The arrival time of a record that is stamped {@code timestampMs}. */
    long arrivalMs(long timestampMs, long wallMs) {
        heardAtWallMs = wallMs;
        if (timestampMs < 0 || timestampMs > wallMs + MAX_AHEAD_MS) {
            clamped++;
            watermarkMs = watermarkMs == Long.MIN_VALUE ? wallMs : watermarkMs;
            return watermarkMs;
        }
        watermarkMs = Math.max(watermarkMs, timestampMs);
        return timestampMs;
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
