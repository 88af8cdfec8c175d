package dev.plait.correlator.trace;

/**
 * When traces close and how much of them is kept. Times in milliseconds, 1 ms to 24 h each.
 *
 * @param afterRootMs {@code traces.after-root}, default 6 s: a trace whose root has ended and that misses no parent waits
 *     this long, above the SDKs' batch delay of 5 s
 * @param idleGapMs {@code traces.idle-gap}, default 10 s: another trace waits this long after its last piece
 * @param maxAgeMs {@code traces.max-age}, default 60 s, at least the idle gap: no trace stays open longer
 * @param keepClosedMs {@code traces.keep-closed}, default 30 s, at most the late window: how long after closing the pieces
 *     stay, so that a late one leads to a complete revision
 * @param lateWindowMs {@code traces.late-window}, default 10 min: how long a late piece is an ordinary revision
 * @param maxSpans {@code traces.max-spans}, default 10 000, 1 to 1 000 000
 * @param maxBytes {@code traces.max-bytes}, default 1 MiB, 1 KiB to 64 MiB: sum of the items' bytes
 */
public record TraceRules(
        long afterRootMs,
        long idleGapMs,
        long maxAgeMs,
        long keepClosedMs,
        long lateWindowMs,
        int maxSpans,
        long maxBytes) {
    private static final long DAY_MS = 86_400_000;

    public TraceRules {
        require("traces.after-root", afterRootMs, 1, DAY_MS);
        require("traces.idle-gap", idleGapMs, 1, DAY_MS);
        require("traces.max-age", maxAgeMs, idleGapMs, DAY_MS);
        require("traces.late-window", lateWindowMs, 1, DAY_MS);
        require("traces.keep-closed", keepClosedMs, 1, lateWindowMs);
        require("traces.max-spans", maxSpans, 1, 1_000_000);
        require("traces.max-bytes", maxBytes, 1 << 10, 64 << 20);
    }

    /** The defaults. */
    public static TraceRules defaults() {
        return new TraceRules(6_000, 10_000, 60_000, 30_000, 600_000, 10_000, 1 << 20);
    }

    /** How long after closing a piece still belongs to the trace; one that arrives later starts a new one. */
    long rememberedMs() {
        return 2 * lateWindowMs;
    }

    /**
     * How long a marker is stored after closing: as long as it is asked, and then as long as another trace can hold a frame
     * with a copy in it, since a copy restored without its marker would pass for a new trace.
     */
    long markerMs() {
        return rememberedMs() + lateWindowMs + maxAgeMs + keepClosedMs + idleGapMs + afterRootMs;
    }

    private static void require(String key, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(key + ": " + value + " is not in " + from + " to " + to);
        }
    }
}
