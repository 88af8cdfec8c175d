package dev.plait.correlator.trace;

import java.util.Arrays;
import java.util.Set;

/**
 * The clock of arrival time: upstream tasks run freely, so the highest time seen is not a clock. Each sender says below what
 * time it will send nothing more; the clock is the lowest such watermark of the senders that are live, and never goes back.
 * A sender is left out when it says that it is idle, or when it was silent for source-idle while others were heard. When all
 * say that they are idle, nothing is on its way, and the clock runs on with wall time from the highest watermark, counted
 * from when a watermark last rose.
 *
 * <p>Silence of all is something else: a broker that is away, a transaction of a killed instance that holds back what is
 * there. It counts against nobody (of a time in which nothing was heard at most {@link #MOST_GAP_MS} count), and moves the
 * clock only when it has lasted {@link #STALL_MS} beyond source-idle: else every stall would close all open traces, and
 * what waits behind it would come late.
 *
 * <p>With a source-idle of 10 s and two senders, wall time in brackets: A says 50 000 [0 s], B says 20 000 [0 s]: clock 20 000.
 * A says 3 650 000, racing an hour ahead [1 s]: clock 20 000, A's traces wait for B. B falls silent; A repeats itself each
 * second, and at [10 s] B is left out: clock 3 650 000. A says that it is idle [20 s]: clock
 * 3 650 000 + 19 000 (A's mark last rose at 1 s). Proved by {@code WatermarksTest}.
 *
 * <p>Both times are milliseconds, but of different clocks, and only differences of wall time are used. Costs 24 bytes for
 * each sender, O(senders) a call; not thread-safe.
 */
public final class Watermarks {
    /** The clock before anything is known. Nothing is due at it. */
    public static final long NONE = Long.MIN_VALUE;

    /** The watermark of a sender that has nothing to send. */
    public static final long IDLE = Long.MIN_VALUE;

    /** Of a time in which no sender was heard, so much counts as a sender's silence. */
    static final long MOST_GAP_MS = 1_000;

    /** How much longer than source-idle all must be silent for wall time to drive the clock. */
    static final long STALL_MS = 60_000;

    private final long sourceIdleMs;
    private final long startWallMs;
    private int[] senders;
    private long[] marksMs;
    private long[] heardAtMs;
    private boolean[] resting;
    private int count;
    private long highestMs = NONE;
    private long lastHeardWallMs;
    private long passedMs;
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
        this.lastHeardWallMs = startWallMs;
        int room = Math.max(8, expectedSenders.size());
        senders = new int[room];
        marksMs = new long[room];
        heardAtMs = new long[room];
        resting = new boolean[room];
        for (int sender : expectedSenders) {
            slot(sender);
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
        passedMs += Math.min(Math.max(0, wallMs - lastHeardWallMs), MOST_GAP_MS);
        lastHeardWallMs = Math.max(lastHeardWallMs, wallMs);
        int slot = slot(sender);
        heardAtMs[slot] = passedMs;
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
            if (live(i)) {
                anyLive = true;
                lowestMs = Math.min(lowestMs, marksMs[i]);
            }
        }
        if (anyLive && !stalled(wallMs)) {
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
            if (live(i)) {
                return stalled(wallMs);
            }
        }
        return true;
    }

    private boolean live(int slot) {
        return !resting[slot] && passedMs - heardAtMs[slot] < sourceIdleMs;
    }

    private boolean stalled(long wallMs) {
        return wallMs - lastHeardWallMs >= sourceIdleMs + STALL_MS;
    }

    private int slot(int sender) {
        for (int i = 0; i < count; i++) {
            if (senders[i] == sender) {
                return i;
            }
        }
        if (count == senders.length) {
            senders = Arrays.copyOf(senders, 2 * count);
            marksMs = Arrays.copyOf(marksMs, 2 * count);
            heardAtMs = Arrays.copyOf(heardAtMs, 2 * count);
            resting = Arrays.copyOf(resting, 2 * count);
        }
        senders[count] = sender;
        marksMs[count] = NONE;
        heardAtMs[count] = passedMs;
        return count++;
    }
}
