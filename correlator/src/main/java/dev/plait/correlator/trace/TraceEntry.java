package dev.plait.correlator.trace;

import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.TraceId;

/**
 * What the index knows of one trace, from its first piece until its marker is let go: identity, counts, and what its marker
 * says. Plain fields, written by {@link Gatherer}, {@link Revisions} and {@link Retention} only. About 130 bytes and 8 for
 * each piece told; while pieces are held, {@link OpenTrace} beside it.
 */
final class TraceEntry {
    final long low;
    long high;

    /** The next trace with the same low half. */
    TraceEntry next;

    /** 0 until it is first closed. */
    int revision;

    /** Bits of {@link ClosedTrace}. */
    int marks;

    /** As in {@link ClosedTrace}. */
    long firstPlace;

    long throughSequence = -1;
    long firstClosedAtMs;
    long closedAtMs;
    long lastArrivalMs = Long.MIN_VALUE;
    long sweep = -1;

    int spans;
    int errors;
    int logs;
    int exemplars;
    int duplicates;
    int dropped;

    /** Duplicates as of the last revision. */
    int duplicatesTold;

    /** The pieces of the revisions so far. */
    PieceHashes told = PieceHashes.NONE;

    /** The pieces held, or null. */
    OpenTrace open;

    /** Another trace has taken its ID; only its marker is still stored. */
    boolean retired;

    TraceEntry(long high, long low, long firstPlace) {
        this.high = high;
        this.low = low;
        this.firstPlace = firstPlace;
    }

    boolean is(int mark) {
        return (marks & mark) != 0;
    }

    boolean isClosed() {
        return revision > 0;
    }

    TraceId id() {
        return new TraceId(high, low);
    }

    CorrelatedTrace.Counts counts() {
        return new CorrelatedTrace.Counts(spans, errors, logs, exemplars, duplicates, dropped);
    }

    int distinct() {
        return spans + logs + exemplars;
    }

    /** Until when a late piece leads to a complete revision. Bounded, so that a trickle cannot hold frames for ever. */
    long keptUntilMs(TraceRules rules) {
        return Math.min(closedAtMs + rules.keepClosedMs(), firstClosedAtMs + rules.lateWindowMs());
    }

    long markerUntilMs(TraceRules rules) {
        return Math.max(closedAtMs, lastArrivalMs) + rules.markerMs();
    }

    /** Becomes what a marker says. */
    void restore(ClosedTrace marker) {
        high = marker.traceId().high();
        revision = marker.revision();
        marks = marker.marks();
        firstPlace = marker.firstPlace();
        throughSequence = marker.throughSequence();
        firstClosedAtMs = marker.firstClosedAtMs();
        closedAtMs = marker.closedAtMs();
        lastArrivalMs = marker.lastArrivalMs();
        spans = (int) marker.counts().spans();
        errors = (int) marker.counts().errors();
        logs = (int) marker.counts().logs();
        exemplars = (int) marker.counts().exemplars();
        duplicates = (int) marker.counts().duplicates();
        duplicatesTold = duplicates;
        dropped = (int) marker.counts().dropped();
        told = marker.hashes();
    }

    /** Whether its first piece came before an item, or is it. */
    boolean isKnownAt(long sequence, int item) {
        return firstPlace <= ClosedTrace.place(sequence, item);
    }

    /** Whether a new piece comes too late to belong to it, though its marker is still here. */
    boolean isForgotten(long sequence, long arrivalMs, TraceRules rules) {
        return isClosed()
                && arrivalMs > closedAtMs + rules.rememberedMs()
                && sequence > throughSequence
                && !(open != null && open.isArmed());
    }

    /** Forgets what was gathered, not who it is; only before it was closed. */
    void startOver() {
        spans = 0;
        errors = 0;
        logs = 0;
        exemplars = 0;
        duplicates = 0;
        dropped = 0;
        marks &= ~ClosedTrace.OVER;
        lastArrivalMs = Long.MIN_VALUE;
        open = null;
    }

    /** Whether another trace comes first when both are due at once. */
    boolean isBefore(TraceEntry other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh < 0 : Long.compareUnsigned(low, other.low) < 0;
    }
}
