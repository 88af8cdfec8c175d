package dev.plait.correlator.trace;

/**
 * What becomes of a trace after it was closed: its pieces are let go when keep-closed has passed, its marker when no
 * piece can be told by it any more. Each trace is looked at a constant number of times.
 */
final class Retention {
    /** Traces looked at in one call: a million that expire together must not make a poll late. */
    private static final int SLICE = 4096;

    private final TraceRules rules;
    private final TraceIndex index;
    private final RefCounts frames;
    private final RefCounts sweeps;
    private final ClosedQueue kept = new ClosedQueue();
    private final ClosedQueue markers = new ClosedQueue();

    Retention(TraceRules rules, TraceIndex index, RefCounts frames, RefCounts sweeps) {
        this.rules = rules;
        this.index = index;
        this.frames = frames;
        this.sweeps = sweeps;
    }

    /** A trace was closed, or found closed at a restart; its marker is in {@code sweep}, one before is superseded. */
    void closed(TraceEntry entry, long sweep) {
        sweeps.add(sweep);
        if (entry.sweep >= 0) {
            sweeps.drop(entry.sweep);
        }
        entry.sweep = sweep;
        if (!entry.is(ClosedTrace.RELEASED)) {
            kept.add(entry, entry.keptUntilMs(rules));
        }
        markers.add(entry, entry.markerUntilMs(rules));
    }

    /** Lets go what the clock has passed. Returns whether there is more to do. */
    boolean expire(long clockMs) {
        int left = SLICE;
        for (; left > 0 && kept.isDue(clockMs); left--) {
            TraceEntry entry = kept.poll();
            if (entry != null && !entry.is(ClosedTrace.RELEASED) && !awaitsWholeRevision(entry)) {
                release(entry);
            }
        }
        for (; left > 0 && markers.isDue(clockMs); left--) {
            TraceEntry entry = markers.poll();
            if (entry != null) {
                forget(entry);
            }
        }
        return left == 0;
    }

    /** Takes a trace out of the index, to make way for another of the same ID. */
    void retire(TraceEntry entry) {
        release(entry);
        entry.retired = true;
        index.remove(entry);
    }

    private boolean awaitsWholeRevision(TraceEntry entry) {
        OpenTrace open = entry.open;
        return open != null && open.isArmed() && open.lateFromMs <= entry.keptUntilMs(rules) && open.isWhole();
    }

    private void release(TraceEntry entry) {
        OpenTrace open = entry.open;
        entry.marks |= ClosedTrace.RELEASED;
        if (open == null) {
            return;
        }
        if (open.isArmed()) {
            open.drop(entry.throughSequence, frames);
        } else {
            // copies since the last revision are counted by none: after a restart nothing would tell of them
            open.drop(Long.MAX_VALUE, frames);
            entry.open = null;
            entry.duplicates = entry.duplicatesTold;
        }
    }

    private void forget(TraceEntry entry) {
        if (entry.open != null && entry.open.isArmed()) {
            return; // closes again, and is queued again then
        }
        if (!entry.retired) {
            retire(entry);
        }
        sweeps.drop(entry.sweep);
    }
}
