package dev.plait.correlator.trace;

import java.util.Arrays;
import java.util.Set;

/**
 * The clock of arrival time: upstream tasks run freely, so the highest time seen is not a clock. Each sender says below what
 * time it will send nothing more; the clock is the lowest such watermark of the senders that are live, and never goes back.
 * A sender is left out when it says that it is idle, or when it was silent for source-idle of wall time. When all are left
 * out, nothing is on its way, and the clock runs on with wall time from the highest watermark, counted from when a watermark
 * last rose.
 *
 * <p>With a source-idle of 10 s and two senders, wall time in brackets: A says 50 000 [0 s], B says 20 000 [0 s]: clock 20 000.
 * A says 3 650 000, racing an hour ahead [1 s]: clock 20 000, A's traces wait for B. B falls silent; A repeats itself each
 * second, and at [10 s] B is left out: clock 3 650 000. A falls silent too [20 s], and ten seconds later is left out: clock
 * 3 650 000 + 29 000 (A's mark last rose at 1 s, it is 30 s now). Proved by {@code WatermarksTest}.
 *
 * <p>Both times are milliseconds, but of different clocks, and only differences of wall time are used. Costs 24 bytes for
 * each sender, O(senders) a call; not thread-safe.
 */
public final class Watermarks {
    /** The clock before anything is known. Nothing is due at it. */
    public static final long NONE = Long.MIN_VALUE;

    /** The watermark of a sender that has nothing to send. */
    public static final long IDLE = Long.MIN_VALUE;

    private final long sourceIdleMs;
    private final long startWallMs;
    private int[] senders;
    private long[] marksMs;
    private long[] heardWallMs;
    private boolean[] resting;
    private int count;
    private long highestMs = NONE;
    private long roseWallMs;
    private long clockMs = NONE;

    /**
     * @param expectedSenders senders that hold the clock until they were heard, or source-idle has passed since the start;
     *     others join as they are heard
     * @throws IllegalArgumentException when {@code sourceIdleMs} is not positive
     */
    public Watermarks(long sourceIdleMs, Set<Integer> expectedSenders, long startWallMs) {
        if (sourceIdleMs < 1) {
            throw new IllegalArgumentException("traces.source-idle: " + sourceIdleMs + " is not positive");
        }
        this.sourceIdleMs = sourceIdleMs;
        this.startWallMs = startWallMs;
        this.roseWallMs = startWallMs;
        int room = Math.max(8, expectedSenders.size());
        senders = new int[room];
        marksMs = new long[room];
        heardWallMs = new long[room];
        resting = new boolean[room];
        for (int sender : expectedSenders) {
            slot(sender, startWallMs);
        }
    }

    /**
     * After a restart: the latest arrival found in restored state. Should all senders stay silent, wall time runs on from it,
     * and what was open before the restart closes.
     */
    public void resume(long arrivalMs) {
        if (arrivalMs > highestMs) {
            highestMs = arrivalMs;
            roseWallMs = startWallMs;
        }
    }

    /** A sender said that it will send nothing from before {@code watermarkMs}, or {@link #IDLE}. */
    public void observe(int sender, long watermarkMs, long wallMs) {
        int slot = slot(sender, wallMs);
        heardWallMs[slot] = wallMs;
        resting[slot] = watermarkMs == IDLE;
        if (watermarkMs > marksMs[slot]) {
            marksMs[slot] = watermarkMs;
            roseWallMs = Math.max(roseWallMs, wallMs);
            highestMs = Math.max(highestMs, watermarkMs);
        }
    }

    /** The clock now, or {@link #NONE}. */
    public long clockMs(long wallMs) {
        long lowestMs = Long.MAX_VALUE;
        boolean anyLive = false;
        for (int i = 0; i < count; i++) {
            if (live(i, wallMs)) {
                anyLive = true;
                lowestMs = Math.min(lowestMs, marksMs[i]);
            }
        }
        if (anyLive) {
            clockMs = Math.max(clockMs, lowestMs);
        } else if (highestMs != NONE) {
            clockMs = Math.max(clockMs, highestMs + Math.max(0, wallMs - roseWallMs));
        }
        return clockMs;
    }

    /** The highest watermark that any sender told, or {@link #NONE}: the clock of who cannot wait for the slowest. */
    public long highestMs() {
        return highestMs;
    }

    /** Whether every sender is left out, so that wall time drives the clock. */
    public boolean idle(long wallMs) {
        for (int i = 0; i < count; i++) {
            if (live(i, wallMs)) {
                return false;
            }
        }
        return true;
    }

    private boolean live(int slot, long wallMs) {
        return !resting[slot] && wallMs - heardWallMs[slot] < sourceIdleMs;
    }

    private int slot(int sender, long wallMs) {
        for (int i = 0; i < count; i++) {
            if (senders[i] == sender) {
                return i;
            }
        }
        if (count == senders.length) {
            senders = Arrays.copyOf(senders, 2 * count);
            marksMs = Arrays.copyOf(marksMs, 2 * count);
            heardWallMs = Arrays.copyOf(heardWallMs, 2 * count);
            resting = Arrays.copyOf(resting, 2 * count);
        }
        senders[count] = sender;
        marksMs[count] = NONE;
        heardWallMs[count] = wallMs;
        return count++;
    }
}
