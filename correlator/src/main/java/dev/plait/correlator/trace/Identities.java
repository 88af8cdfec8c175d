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
    private final ClosingTimes times;
    private final RefCounts frames;
    private final Retention retention;
    private final TraceRules rules;
    private final LongFunction<? extends FrameItems> storedFrames;

    Identities(
            TraceIndex index,
            Gatherer gatherer,
            Deadlines deadlines,
            ClosingTimes times,
            RefCounts frames,
            Retention retention,
            TraceRules rules,
            LongFunction<? extends FrameItems> storedFrames) {
        this.index = index;
        this.gatherer = gatherer;
        this.deadlines = deadlines;
        this.times = times;
        this.frames = frames;
        this.retention = retention;
        this.rules = rules;
        this.storedFrames = storedFrames;
    }

    /** The trace of an item; made when there is none. */
    TraceEntry entry(Incoming in, int item) {
        long high = in.frame().traceHigh(item);
        long low = in.frame().traceLow(item);
        TraceEntry chain = index.chain(low);
        if (chain != null && chain.next == null && chain.high == high && !isForgotten(chain, in)) {
            return chain;
        }
        TraceEntry entry = high == 0 ? unknown(in, item) : known(in, item);
        return entry == null ? begin(in, item) : entry;
    }

    /** A new trace; an old one of the same ID that is forgotten makes way. */
    private TraceEntry begin(Incoming in, int item) {
        long high = in.frame().traceHigh(item);
        for (TraceEntry each = index.chain(in.frame().traceLow(item)); each != null; each = each.next) {
            if (each.high == high && isForgotten(each, in)) {
                retention.retire(each);
                break;
            }
        }
        return add(high, in.frame().traceLow(item), in.place(item));
    }

    private boolean isForgotten(TraceEntry entry, Incoming in) {
        return entry.isForgotten(in.sequence(), in.arrivalMs(), rules);
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

    /**
     * After an item was added whose high half is not that of its trace: one of them is unknown.
     */
    void mix(TraceEntry entry, Incoming in, int item) {
        long high = in.frame().traceHigh(item);
        if (high != 0) {
            promote(entry, high);
        }
        entry.open.mixed = true;
        if (!entry.isClosed() && hasOther(entry, in)) {
            // only after a restart: the other came later, but has its marker already
            split(entry, in, item + 1);
        }
    }

    private void promote(TraceEntry entry, long high) {
        OpenTrace open = entry.open;
        boolean queued = open.heapSlot >= 0;
        deadlines.remove(open); // they are ordered by ID as well
        entry.high = high;
        entry.marks |= entry.isClosed() ? ClosedTrace.REPLACES : 0;
        if (queued) {
            deadlines.expect(open, open.dueMs);
        }
    }

    private boolean hasOther(TraceEntry entry, Incoming in) {
        for (TraceEntry each = index.chain(entry.low); each != null; each = each.next) {
            if (each != entry && each.high != 0 && !isForgotten(each, in)) {
                return true;
            }
        }
        return false;
    }

    TraceEntry add(long high, long low, long firstPlace) {
        TraceEntry entry = new TraceEntry(high, low, firstPlace);
        index.add(entry);
        return entry;
    }

    /** The trace of an item of unknown high half; null when it begins one. */
    private TraceEntry unknown(Incoming in, int item) {
        TraceEntry only = null;
        boolean several = false;
        for (TraceEntry each = index.chain(in.frame().traceLow(item)); each != null; each = each.next) {
            // a restored piece belongs to a trace that was there when it came
            if (each.isKnownAt(in.sequence(), item) && !isForgotten(each, in)) {
                if (each.high == 0) {
                    return each;
                }
                several |= only != null || each.is(ClosedTrace.SPLIT);
                only = each;
            }
        }
        if (!several) {
            return only;
        }
        TraceEntry entry = begin(in, item);
        entry.marks |= ClosedTrace.AMBIGUOUS;
        return entry;
    }

    /** The trace of an item of known high half; null when it begins one. */
    private TraceEntry known(Incoming in, int item) {
        long high = in.frame().traceHigh(item);
        TraceEntry unknown = null;
        TraceEntry mixed = null;
        for (TraceEntry each = index.chain(in.frame().traceLow(item)); each != null; each = each.next) {
            if (isForgotten(each, in)) {
                continue;
            }
            if (each.high == high) {
                return each;
            }
            if (each.high == 0 && !each.is(ClosedTrace.AMBIGUOUS)) {
                unknown = each;
            } else if (each.high != 0 && !each.isClosed() && each.open.mixed) {
                mixed = each;
            }
        }
        if (unknown == null && mixed != null) {
            split(mixed, in, item);
        }
        return unknown;
    }

    /** Gathers a mixed trace anew as two, from the frames it is in; of the incoming one up to {@code end}. */
    private void split(TraceEntry known, Incoming in, int end) {
        OpenTrace both = known.open;
        deadlines.remove(both);
        known.startOver();
        known.marks |= ClosedTrace.SPLIT;
        TraceEntry unknown = add(0, known.low, in.place(end));
        unknown.marks |= ClosedTrace.AMBIGUOUS;
        for (int f = 0; f < both.pieces.frameCount(); f++) {
            long sequence = both.pieces.frame(f);
            if (sequence == in.sequence()) {
                gather(known, unknown, in, end);
            } else {
                FrameItems stored = storedFrames.apply(sequence);
                gather(known, unknown, Incoming.of(sequence, stored), stored.size());
            }
        }
        both.drop(Long.MAX_VALUE, frames);
        expect(known);
        expect(unknown);
    }

    private void gather(TraceEntry known, TraceEntry unknown, Incoming in, int end) {
        FrameItems frame = in.frame();
        for (int item = 0; item < end; item++) {
            long high = frame.traceHigh(item);
            if (frame.traceLow(item) != known.low || high != known.high && high != 0) {
                continue;
            }
            if (high == 0 && unknown.open == null) {
                unknown.firstPlace = in.place(item);
            }
            gatherer.gather(high == 0 ? unknown : known, in, item);
        }
    }

    private void expect(TraceEntry entry) {
        deadlines.expect(entry.open, times.dueMs(entry.open));
    }
}
