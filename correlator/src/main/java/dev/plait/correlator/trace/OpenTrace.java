package dev.plait.correlator.trace;

import dev.plait.schemas.model.CloseReason;

/**
 * The pieces of a trace while their frames are held: from its first piece until the kept ones are let go, and again while
 * late pieces wait for the next revision. Plain fields as {@link TraceEntry}.
 */
final class OpenTrace {
    static final long NEVER = Long.MAX_VALUE;

    final TraceEntry entry;
    final SpanIndex spans = new SpanIndex();
    final PieceList pieces = new PieceList();

    /** Made when the first log or exemplar comes. */
    ContentSet contents;

    /** Some pieces came with the low half of the ID only. */
    boolean mixed;

    /** Arrival of the first item appended: the zero of {@link SpanIndex}. */
    private final long zeroMs;

    long firstMs = Long.MAX_VALUE;
    long lastMs = Long.MIN_VALUE;

    /** Earliest and latest arrival of the late pieces that wait for the next revision. */
    long lateFromMs = NEVER;

    long lateLastMs = Long.MIN_VALUE;

    /** Copies that came since then. */
    int lateDuplicates;

    /** Spans and bytes of what is shown, for the limits: of earlier revisions, and since. */
    int oldSpans;

    long oldBytes;
    int newSpans;
    long newBytes;

    /** The limit that closes it at once, or null. */
    CloseReason limit;

    /** Place in {@link Deadlines}, and the time it is there for. */
    int heapSlot = -1;

    long dueMs;

    private int droppedFrames;

    OpenTrace(TraceEntry entry, long zeroMs) {
        this.entry = entry;
        this.zeroMs = zeroMs;
    }

    /** Late pieces wait for the next revision. */
    boolean isArmed() {
        return lateFromMs != NEVER;
    }

    /** Something is to be emitted at some time. */
    boolean isWaiting() {
        return !entry.isClosed() || isArmed();
    }

    /** Whether the next revision will show the pieces of earlier ones too, as far as is known now. */
    boolean awaitsWhole(TraceRules rules) {
        return !isArmed() || lateFromMs <= entry.keptUntilMs(rules);
    }

    int relative(long arrivalMs) {
        return (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE - 1, arrivalMs - zeroMs));
    }

    /** When the piece arrived that made it complete, given that it is. */
    long completeAtMs() {
        return zeroMs + spans.completeAt();
    }

    /** Whether every piece that was ever counted is held. */
    boolean isWhole() {
        int held = spans.distinct() + (contents == null ? 0 : contents.size());
        return !entry.is(ClosedTrace.RELEASED) && held == entry.distinct();
    }

    void hold(long sequence, RefCounts frames) {
        if (pieces.hold(sequence)) {
            frames.add(sequence);
        }
    }

    /** Lets the frames up to one go. */
    void drop(long throughSequence, RefCounts frames) {
        int end = pieces.firstFrameAfter(throughSequence);
        for (; droppedFrames < end; droppedFrames++) {
            frames.drop(pieces.frame(droppedFrames));
        }
    }

    /** What was told before, and all that is here. */
    PieceHashes hashes(PieceHashes told) {
        long[] hashes = new long[spans.distinct() + (contents == null ? 0 : contents.size())];
        int spanHashes = spans.hashes(hashes, 0);
        if (contents != null) {
            contents.hashes(hashes, spanHashes);
        }
        return told.and(PieceHashes.of(hashes));
    }
}
