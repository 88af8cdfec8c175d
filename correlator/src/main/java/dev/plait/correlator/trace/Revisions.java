package dev.plait.correlator.trace;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/** Closes a trace that is due: makes the revision to emit and its marker, and turns the entry into a closed one. */
final class Revisions {
    private final TraceRules rules;
    private final ClosingTimes times;
    private final RefCounts frames;
    private final Retention retention;

    Revisions(TraceRules rules, ClosingTimes times, RefCounts frames, Retention retention) {
        this.rules = rules;
        this.times = times;
        this.frames = frames;
        this.retention = retention;
    }

    /** {@code throughSequence}: the frame appended last, with all its items. */
    Closing close(OpenTrace open, long throughSequence, long sweep) {
        TraceEntry entry = open.entry;
        boolean delta = entry.isClosed() && !(open.lateFromMs <= entry.keptUntilMs(rules) && open.isWhole());
        boolean complete =
                delta ? entry.is(ClosedTrace.COMPLETE) && !open.spans.missesParent(entry.told) : open.spans.complete();
        long dueMs = times.dueMs(open);
        CloseReason reason = times.reason(open, dueMs, complete);
        long closedAtMs = times.closedAtMs(open, dueMs);
        long throughBefore = entry.throughSequence;
        Pieces pieces = open.pieces.shown(delta, throughBefore);

        // the revision after a limit is the last whole one: what is over a limit must not hold its frames for ever
        boolean released = delta || entry.is(ClosedTrace.LIMITED);
        mark(entry, ClosedTrace.COMPLETE, complete);
        mark(entry, ClosedTrace.LIMITED, entry.is(ClosedTrace.LIMITED) || isLimit(reason));
        mark(entry, ClosedTrace.RELEASED, released);
        entry.revision++;
        entry.throughSequence = throughSequence;
        entry.firstClosedAtMs = entry.revision == 1 ? closedAtMs : entry.firstClosedAtMs;
        entry.closedAtMs = closedAtMs;
        // copies from before the late pieces went with the kept pieces, if not yet then after a restart
        entry.duplicates = delta ? entry.duplicatesTold + open.lateDuplicates : entry.duplicates;
        entry.duplicatesTold = entry.duplicates;
        entry.told = open.hashes(entry.told);
        open.lateFromMs = OpenTrace.NEVER;
        open.lateLastMs = Long.MIN_VALUE;
        open.lateDuplicates = 0;
        open.oldSpans += open.newSpans;
        open.oldBytes += open.newBytes;
        open.newSpans = 0;
        open.newBytes = 0;
        open.limit = null;
        if (released) {
            open.drop(Long.MAX_VALUE, frames);
            entry.open = null;
        }
        retention.closed(entry, sweep);
        return new Closing(
                entry.id(),
                entry.is(ClosedTrace.REPLACES) ? Optional.of(new TraceId(0, entry.low)) : Optional.empty(),
                entry.revision,
                delta,
                reason,
                closedAtMs,
                entry.is(ClosedTrace.AMBIGUOUS),
                entry.dropped > 0,
                entry.counts(),
                pieces,
                throughBefore,
                marker(entry));
    }

    private static ClosedTrace marker(TraceEntry entry) {
        return new ClosedTrace(
                entry.id(),
                entry.revision,
                entry.marks,
                entry.firstPlace,
                entry.throughSequence,
                entry.firstClosedAtMs,
                entry.closedAtMs,
                entry.lastArrivalMs,
                entry.counts(),
                entry.told);
    }

    private static boolean isLimit(CloseReason reason) {
        return switch (reason) {
            case MAX_AGE, MAX_SPANS, MAX_BYTES -> true;
            case ROOT_COMPLETE, IDLE, LATE -> false;
        };
    }

    private static void mark(TraceEntry entry, int mark, boolean set) {
        entry.marks = set ? entry.marks | mark : entry.marks & ~mark;
    }
}
