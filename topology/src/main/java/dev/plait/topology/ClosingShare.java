package dev.plait.topology;

import dev.plait.topology.config.ApplicationConfig;

/**
 * How much one call of an assembling task may still close, in pieces of traces and bytes of what is written: some tenths of a
 * millisecond, or fewer, for each piece. All tasks of a thread share one transaction, which ends only when each had its look and
 * took some frames: that must stay far below the transaction's timeout.
 */
final class ClosingShare {
    /** Of all looks of a thread's tasks together. */
    static final int PIECES_PER_ROUND = 20_000;

    /** What comes with a frame beside the pieces for its own: enough for frames that bring nothing. */
    static final int PIECES_PER_FRAME = 50;

    private static final int BYTES_PER_ROUND = 32 * 1024 * 1024;
    private static final int BYTES_PER_FRAME = 256 * 1024;

    /** More than once, so that what waits gets less while frames come. */
    private static final int TIMES_A_FRAME = 4;

    private long pieces;
    private long bytes;

    private ClosingShare(long pieces, long bytes) {
        this.pieces = pieces;
        this.bytes = bytes;
    }

    /** For a look, one each commit interval. This instance may have all partitions. */
    static ClosingShare ofALook(ApplicationConfig config) {
        int tasks = (config.partitions() + config.threads() - 1) / config.threads();
        return new ClosingShare(Math.max(1, PIECES_PER_ROUND / tasks), BYTES_PER_ROUND / tasks);
    }

    /** For a frame, which may close more than it brings, and little more than that: many may come between two commits. */
    static ClosingShare of(int frameItems, int frameBytes) {
        return new ClosingShare(
                PIECES_PER_FRAME + (long) TIMES_A_FRAME * frameItems,
                BYTES_PER_FRAME + (long) TIMES_A_FRAME * frameBytes);
    }

    boolean isLeft() {
        return pieces > 0 && bytes > 0;
    }

    void take(int pieces, int bytes) {
        this.pieces -= pieces;
        this.bytes -= bytes;
    }
}
