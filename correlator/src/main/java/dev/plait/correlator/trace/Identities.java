package dev.plait.correlator.trace;

import dev.plait.schemas.model.FrameItems;
import java.util.function.LongFunction;

/**
 * Which trace a piece belongs to, when some legs of a request carry only the low half of its ID. A piece of unknown high half
 * joins the only known one; with none known it opens a 64-bit trace, which takes the first high half that comes; with
 * several known it belongs to an ambiguous trace beside them. When a second high half comes while the first trace is still
 * open, the unknown pieces in it are split off, by reading its frames again: as if the second had been known from the start.
 */
final class Identities {
    private final TraceIndex index;
    private final Gatherer gatherer;
    private final Deadlines deadlines;
    private final RefCounts frames;
    private final LongFunction<? extends FrameItems> storedFrames;

    Identities(
            TraceIndex index,
            Gatherer gatherer,
            Deadlines deadlines,
            RefCounts frames,
            LongFunction<? extends FrameItems> storedFrames) {
        this.index = index;
        this.gatherer = gatherer;
        this.deadlines = deadlines;
        this.frames = frames;
        this.storedFrames = storedFrames;
    }

    /** The trace of an item; made when there is none. */
    TraceEntry entry(long sequence, FrameItems frame, int item) {
        long high = frame.traceHigh(item);
        long low = frame.traceLow(item);
        TraceEntry chain = index.chain(low);
        if (chain == null) {
            return add(high, low, sequence);
        }
        if (chain.next == null && chain.high == high) {
            return chain;
        }
        return high == 0 ? unknown(chain, low, sequence) : known(chain, high, sequence, frame, item);
    }

    /** The trace that a marker is about, or null. */
    TraceEntry marked(ClosedTrace marker) {
        TraceEntry entry = index.chain(marker.traceId().low());
        while (entry != null) {
            boolean sameWidth = entry.high == marker.traceId().high()
                    && entry.is(ClosedTrace.AMBIGUOUS) == marker.is(ClosedTrace.AMBIGUOUS);
            boolean promoted = marker.traceId().high() == 0 ? entry.is(ClosedTrace.REPLACES) : entry.high == 0;
            boolean replaces = promoted
                    && (entry.is(ClosedTrace.REPLACES) || marker.is(ClosedTrace.REPLACES))
                    && !entry.is(ClosedTrace.AMBIGUOUS)
                    && !marker.is(ClosedTrace.AMBIGUOUS);
            if (sameWidth || replaces) {
                return entry;
            }
            entry = entry.next;
        }
        return null;
    }

    /** After a piece was added: the high half of its ID becomes the trace's, if that was unknown. */
    void promote(TraceEntry entry, long high) {
        OpenTrace open = entry.open;
        boolean queued = open.heapSlot >= 0;
        deadlines.remove(open); // they are ordered by ID as well
        entry.high = high;
        entry.marks |= entry.isClosed() ? ClosedTrace.REPLACES : 0;
        open.mixed = true;
        if (queued) {
            deadlines.expect(open, open.dueMs);
        }
    }

    TraceEntry add(long high, long low, long sequence) {
        TraceEntry entry = new TraceEntry(high, low, sequence);
        index.add(entry);
        return entry;
    }

    private TraceEntry unknown(TraceEntry chain, long low, long sequence) {
        TraceEntry only = null;
        int known = 0;
        for (TraceEntry each = chain; each != null; each = each.next) {
            // a restored piece belongs to a trace that was there when it came
            if (each.firstSequence <= sequence) {
                if (each.high == 0) {
                    return each;
                }
                only = each;
                known++;
            }
        }
        if (known == 1) {
            return only;
        }
        TraceEntry entry = add(0, low, sequence);
        entry.marks |= known > 1 ? ClosedTrace.AMBIGUOUS : 0;
        return entry;
    }

    private TraceEntry known(TraceEntry chain, long high, long sequence, FrameItems frame, int item) {
        TraceEntry open64 = null;
        TraceEntry mixed = null;
        for (TraceEntry each = chain; each != null; each = each.next) {
            if (each.high == high) {
                return each;
            }
            if (each.high == 0 && !each.is(ClosedTrace.AMBIGUOUS)) {
                open64 = each;
            } else if (each.high != 0 && !each.isClosed() && each.open != null && each.open.mixed) {
                mixed = each;
            }
        }
        if (open64 != null) {
            return open64;
        }
        if (mixed != null) {
            split(mixed, sequence, frame, item);
        }
        return add(high, frame.traceLow(item), sequence);
    }

    /** Gathers a mixed trace anew as two, from the frames it is in; of the current frame up to {@code end}. */
    private void split(TraceEntry known, long currentSequence, FrameItems currentFrame, int end) {
        OpenTrace both = known.open;
        deadlines.remove(both);
        known.startOver();
        TraceEntry unknown = add(0, known.low, currentSequence);
        unknown.marks |= ClosedTrace.AMBIGUOUS;
        PieceList pieces = both.pieces;
        for (int f = 0; f < pieces.frameCount(); f++) {
            long sequence = pieces.frame(f);
            boolean current = sequence == currentSequence;
            FrameItems frame = current ? currentFrame : storedFrames.apply(sequence);
            int items = current ? end : frame.size();
            for (int i = 0; i < items; i++) {
                if (frame.traceLow(i) == known.low) {
                    long high = frame.traceHigh(i);
                    if (high == known.high || high == 0) {
                        gatherer.gather(high == 0 ? unknown : known, sequence, frame, i);
                    }
                }
            }
            unknown.firstSequence = unknown.open == null ? currentSequence : unknown.open.pieces.frame(0);
        }
        both.drop(Long.MAX_VALUE, frames);
    }
}
