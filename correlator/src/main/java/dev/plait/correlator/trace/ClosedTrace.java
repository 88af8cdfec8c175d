package dev.plait.correlator.trace;

import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.TraceId;

/**
 * The marker of a closed trace: all that must outlive a restart for later pieces to be told from copies and numbered as the
 * next revision. Written in the transaction that emits the revision. About 100 bytes and 8 for each piece; a codec may write
 * the hashes in several parts, each with the same other fields and under the same sweep
 * ({@link TraceAssembler#restore(ClosedTrace, long)} puts them together).
 *
 * @param revision 1 for the first
 * @param marks bits of this class
 * @param firstPlace the {@link #place} of its first piece: an older one in a stored frame is not its own
 * @param throughSequence pieces in frames up to this one are part of this or an earlier revision, later ones are not
 * @param firstClosedAtMs when revision 1 was closed
 * @param closedAtMs when this revision was closed
 * @param lastArrivalMs the latest arrival of a piece
 * @param counts of the whole trace, over all its revisions
 */
public record ClosedTrace(
        TraceId traceId,
        int revision,
        int marks,
        long firstPlace,
        long throughSequence,
        long firstClosedAtMs,
        long closedAtMs,
        long lastArrivalMs,
        CorrelatedTrace.Counts counts,
        PieceHashes hashes) {
    /** The root has ended and no parent was missing. */
    public static final int COMPLETE = 1;

    /** A revision was closed by a limit: later ones wait for idleness instead of after-root. */
    public static final int LIMITED = 1 << 1;

    /** New pieces are only counted. */
    public static final int OVER = 1 << 2;

    /** Its high half is unknown and there are several it could have. */
    public static final int AMBIGUOUS = 1 << 3;

    /** An earlier revision was emitted under the 64-bit ID. */
    public static final int REPLACES = 1 << 4;

    /** Its pieces were let go with this revision: the next one is a delta. */
    public static final int RELEASED = 1 << 5;

    /** Pieces of unknown high half were split off: none belongs to it. */
    public static final int SPLIT = 1 << 6;

    private static final int ALL = (1 << 7) - 1;

    public ClosedTrace {
        if (revision < 1) {
            throw new IllegalArgumentException("revision " + revision + " of " + traceId + ": from 1");
        }
        if ((marks & ~ALL) != 0) {
            throw new IllegalArgumentException("marks " + marks + " of " + traceId + ": unknown bits");
        }
    }

    /** Frame and item as one number that grows with both; items are below 2^20, as frames are at most 512 KiB. */
    static long place(long sequence, int item) {
        return sequence << 20 | item;
    }

    /** Whether a mark is set. */
    public boolean is(int mark) {
        return (marks & mark) != 0;
    }
}
