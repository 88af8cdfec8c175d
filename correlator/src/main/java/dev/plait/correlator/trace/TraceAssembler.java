package dev.plait.correlator.trace;

import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.TraceId;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * The life of the traces of one frame partition: pieces gather, deadlines pass, revisions come out. For each frame, in this
 * order: {@link #closeNext} until empty (closing what is due before the new pieces are added), {@link #append},
 * {@link #expire}. When a trace closes, why and as what: {@link ClosingTimes}; who belongs to whom: {@link Identities}; what
 * counts as a copy: {@link Gatherer}; how long it is remembered: {@link Retention}.
 *
 * <p>It holds an index, never a frame: the caller stores frames under their sequence (append only, without the bytes of
 * unkept items) and markers under their sweep, and deletes both when they are reported as freed. After a restart the same
 * state is built from what is stored: {@link #restore(ClosedTrace, long)} all markers in ascending order of sweeps, then
 * {@link #restore(long, FrameItems)} all frames in ascending order, then go on with {@link #nextSequence}.
 *
 * <p>Conservation: {@code items = distinct + duplicates + ignored}; see {@link AssemblerCounts}. Not thread-safe. Appending
 * costs O(1) an item and about 100 bytes while its frame is held (traces of ten spans; fewer in longer ones); a bug of the caller (a sequence twice) is an
 * {@link IllegalStateException}.
 */
public final class TraceAssembler {
    private final TraceIndex index = new TraceIndex();
    private final Deadlines deadlines = new Deadlines();
    private final RefCounts frames = new RefCounts();
    private final RefCounts sweeps = new RefCounts();
    private final ClosingTimes times;
    private final Gatherer gatherer;
    private final Identities identities;
    private final Retention retention;
    private final Revisions revisions;
    private final Tally tally = new Tally();
    private long lastSequence = -1;
    private long lastArrivalMs = Watermarks.NONE;

    /** @param storedFrames reads a stored frame that was appended and not freed; asked only when a trace is split in two */
    public TraceAssembler(TraceRules rules, LongFunction<? extends FrameItems> storedFrames) {
        times = new ClosingTimes(rules);
        gatherer = new Gatherer(rules, frames);
        retention = new Retention(rules, index, frames, sweeps);
        identities = new Identities(index, gatherer, deadlines, times, frames, retention, rules, storedFrames);
        revisions = new Revisions(rules, times, frames, retention);
    }

    /**
     * Takes a stored marker back. Of one trace the latest revision counts; parts of one marker are put together.
     *
     * @param sweep the number under which it is stored, not negative
     */
    public void restore(ClosedTrace marker, long sweep) {
        sweeps.touch(sweep);
        lastSequence = Math.max(lastSequence, marker.throughSequence());
        lastArrivalMs = Math.max(lastArrivalMs, Math.max(marker.closedAtMs(), marker.lastArrivalMs()));
        TraceEntry entry = identities.marked(marker);
        if (entry == null) {
            TraceId id = marker.traceId();
            entry = identities.add(id.high(), id.low(), marker.firstPlace());
        }
        if (entry.throughSequence < marker.throughSequence()) {
            entry.restore(marker);
            retention.closed(entry, sweep);
        } else if (entry.throughSequence == marker.throughSequence()) {
            entry.told = entry.told.and(marker.hashes());
        }
    }

    /** Takes a stored frame back, after all markers, in ascending order. */
    public void restore(long sequence, FrameItems frame) {
        frames.touch(sequence);
        lastSequence = Math.max(lastSequence, sequence);
        lastArrivalMs = Math.max(lastArrivalMs, frame.arrivalMs());
        Incoming in = Incoming.of(sequence, frame);
        for (int item = 0; item < frame.size(); item++) {
            if (ItemFlags.signal(frame.flags(item)) != ItemFlags.ANNOUNCEMENT) {
                add(in, item);
            }
        }
    }

    /**
     * Adds the pieces of a frame.
     *
     * @throws IllegalStateException when {@code sequence} is not above those before
     */
    public Appended append(long sequence, FrameItems frame) {
        if (sequence <= lastSequence) {
            throw new IllegalStateException("frame " + sequence + " after " + lastSequence);
        }
        lastSequence = sequence;
        lastArrivalMs = Math.max(lastArrivalMs, frame.arrivalMs());
        int size = frame.size();
        BitSet fresh = new BitSet(size);
        Incoming in = Incoming.of(sequence, frame);
        for (int item = 0; item < size; item++) {
            int flags = frame.flags(item);
            if (ItemFlags.signal(flags) == ItemFlags.ANNOUNCEMENT) {
                tally.ignored++;
                continue;
            }
            int outcome = add(in, item);
            tally.item(outcome);
            if ((outcome & Gatherer.FRESH) != 0 && !ItemFlags.has(flags, ItemFlags.COUNTED)) {
                fresh.set(item);
            }
        }
        return new Appended(fresh, in.unkept(), frames.held(sequence));
    }

    /**
     * The next trace that is due at the clock, in order of (deadline, trace ID); one over a limit is due at once. The caller
     * slices: what is not taken now is still due later, with the same closed-at.
     *
     * @param sweep the number under which the caller will store the marker, not negative, not below those before
     */
    public Optional<Closing> closeNext(long clockMs, long sweep) {
        for (OpenTrace open = deadlines.first(); open != null && open.dueMs <= clockMs; open = deadlines.first()) {
            long dueMs = times.dueMs(open);
            if (dueMs > open.dueMs) {
                deadlines.postponeFirst(dueMs);
                continue;
            }
            deadlines.remove(open);
            Closing closing = revisions.close(open, lastSequence, sweep);
            tally.closing(closing);
            return Optional.of(closing);
        }
        return Optional.empty();
    }

    /**
     * Lets go what the clock has passed, and reports each frame and each sweep that nothing needs any more exactly once. Call
     * it after the pieces of all closings were read. At most some thousand traces a call.
     *
     * @return whether there is more to let go at this clock
     */
    public boolean expire(long clockMs, LongConsumer freedFrames, LongConsumer freedSweeps) {
        boolean more = retention.expire(clockMs);
        frames.drain(freedFrames);
        sweeps.drain(freedSweeps);
        return more;
    }

    /** The sequence of the next frame; numbers below it were used, or are named by markers. */
    public long nextSequence() {
        return lastSequence + 1;
    }

    /** The latest arrival seen, for {@link Watermarks#resume}; {@link Watermarks#NONE} when nothing was. */
    public long lastArrivalMs() {
        return lastArrivalMs;
    }

    /** Traces that wait to be closed, those with late pieces among them. */
    public int openTraces() {
        return deadlines.size();
    }

    /** Traces known: open, kept and remembered by their marker. */
    public int knownTraces() {
        return index.size();
    }

    /** Frames that some trace needs. */
    public int heldFrames() {
        return frames.size();
    }

    /** What was done since the start. */
    public AssemblerCounts counts() {
        return tally.counts();
    }

    private int add(Incoming in, int item) {
        TraceEntry entry = identities.entry(in, item);
        int outcome = gatherer.gather(entry, in, item);
        if (entry.open == null) {
            return outcome;
        }
        if (in.frame().traceHigh(item) != entry.high) {
            identities.mix(entry, in, item);
        }
        if (entry.open.isWaiting()) {
            deadlines.expect(entry.open, times.dueMs(entry.open));
        }
        return outcome;
    }
}
