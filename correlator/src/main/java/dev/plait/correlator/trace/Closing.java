package dev.plait.correlator.trace;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * One revision of a trace that is to be emitted.
 *
 * @param replaces the 64-bit ID under which earlier revisions of this trace were emitted
 * @param revision from 1
 * @param delta true when {@code pieces} are only those that came after the earlier ones were let go
 * @param closedAtMs the deadline, not the moment it was noticed; never before that of the revision before
 * @param ambiguous the high half of the ID is unknown and there are several it could be
 * @param truncated pieces were counted that are not listed, because the trace is over its limit
 * @param counts of the whole trace, exact; {@code errors} are spans
 * @param pieces the copies to show; their frames stay stored until the next {@link TraceAssembler#expire}
 * @param throughBefore pieces of frames up to this sequence were there at the revision before; -1 for the first revision
 * @param marker what to write in the same transaction
 */
public record Closing(
        TraceId traceId,
        Optional<TraceId> replaces,
        int revision,
        boolean delta,
        CloseReason reason,
        long closedAtMs,
        boolean ambiguous,
        boolean truncated,
        CorrelatedTrace.Counts counts,
        Pieces pieces,
        long throughBefore,
        ClosedTrace marker) {
    /** Whether a piece came after the revision before. */
    public boolean isNew(int piece) {
        return pieces.sequence(piece) > throughBefore;
    }
}
