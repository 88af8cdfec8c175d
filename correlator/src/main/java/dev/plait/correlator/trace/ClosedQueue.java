package dev.plait.correlator.trace;

import java.util.Arrays;

/**
 * Closed traces in the order they were closed, each with a time at which something is to be looked at: a ring of 20 to 24 bytes a
 * slot. Times are nearly ascending; one out of order waits for those before it. A slot of a revision that was superseded
 * is stale, which is told by the frame through which it was.
 */
final class ClosedQueue {
    private TraceEntry[] entries = new TraceEntry[16];
    private long[] stamps = new long[16];
    private long[] timesMs = new long[16];
    private int head;
    private int size;

    void add(TraceEntry entry, long timeMs) {
        if (size == entries.length) {
            grow();
        }
        int slot = head + size & entries.length - 1;
        entries[slot] = entry;
        stamps[slot] = entry.throughSequence;
        timesMs[slot] = timeMs;
        size++;
    }

    /** Whether the first slot's time is before the clock, so that {@link #poll} gives one. */
    boolean isDue(long clockMs) {
        return size > 0 && timesMs[head] < clockMs;
    }

    /** Takes the first slot out. Returns its trace, or null when the slot is stale. */
    TraceEntry poll() {
        TraceEntry entry = entries[head];
        boolean stale = stamps[head] != entry.throughSequence;
        entries[head] = null;
        head = head + 1 & entries.length - 1;
        size--;
        return stale ? null : entry;
    }

    private void grow() {
        int old = entries.length;
        entries = Arrays.copyOf(entries, 2 * old);
        stamps = Arrays.copyOf(stamps, 2 * old);
        timesMs = Arrays.copyOf(timesMs, 2 * old);
        System.arraycopy(entries, 0, entries, old, head);
        System.arraycopy(stamps, 0, stamps, old, head);
        System.arraycopy(timesMs, 0, timesMs, old, head);
        Arrays.fill(entries, 0, head, null);
    }
}
