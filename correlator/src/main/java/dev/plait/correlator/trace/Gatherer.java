package dev.plait.correlator.trace;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;

/**
 * Adds one item to its trace: tells copies, counts, chooses the copy to show, watches the limits, and arms the next revision
 * of a closed trace.
 *
 * <p>Of a (span, kind) the first copy is counted; the first <em>ended</em> copy is fresh, for the windows; the copy shown is
 * the greatest by (ended, bytes). Each item is counted as exactly one of distinct or duplicate. What is told apart by an
 * earlier revision's marker is judged by the marker alone, so that a restart, after which some frames may be gone, comes to
 * the same answers.
 */
final class Gatherer {
    /** The first copy of its kind. */
    static final int DISTINCT = 1;

    /** The first ended copy, or the first copy of what cannot be unended. */
    static final int FRESH = 1 << 1;

    /** A copy. */
    static final int DUPLICATE = 1 << 2;

    /** Over the limit: its bytes are not needed. */
    static final int UNKEPT = 1 << 3;

    private static final int PRECIOUS = ItemFlags.ROOT | ItemFlags.ERROR | ItemFlags.ACCESS_LOG;

    private final TraceRules rules;
    private final RefCounts frames;

    Gatherer(TraceRules rules, RefCounts frames) {
        this.rules = rules;
        this.frames = frames;
    }

    /** Returns the bits of this class; 0 for an item that an earlier revision has (after a restart). */
    int gather(TraceEntry entry, Incoming in, int item) {
        FrameItems frame = in.frame();
        long sequence = in.sequence();
        int flags = frame.flags(item);
        long arrivalMs = frame.arrivalMs();
        boolean restored = sequence <= entry.throughSequence;
        if (restored && (entry.is(ClosedTrace.RELEASED) || !entry.isKnownAt(sequence, item))) {
            return 0;
        }
        int told = entry.isClosed() && !restored ? toldState(entry.told, frame, item, flags) : SpanIndex.UNSEEN;
        boolean names = !restored && isNamedBy(entry, frame.traceHigh(item));
        if (isCopy(told, flags) && !names && !takesCopies(entry)) {
            return DUPLICATE;
        }
        if (entry.open == null) {
            entry.open = new OpenTrace(entry, arrivalMs);
        }
        OpenTrace open = entry.open;
        open.hold(sequence, frames);
        entry.lastArrivalMs = Math.max(entry.lastArrivalMs, arrivalMs);
        open.firstMs = Math.min(open.firstMs, arrivalMs);
        open.lastMs = Math.max(open.lastMs, arrivalMs);
        if (names) {
            arm(open, arrivalMs);
        }
        int outcome = ItemFlags.signal(flags) == ItemFlags.SPAN
                ? takeSpan(open, frame, item, flags, told, restored)
                : takeContent(open, frame, item, flags, told, restored);
        if (restored) {
            return 0;
        }
        in.unkept().set(item, (outcome & UNKEPT) != 0);
        count(entry, flags, outcome);
        open.lateDuplicates += open.isArmed() && (outcome & DUPLICATE) != 0 ? 1 : 0;
        return outcome;
    }

    /** Whether a copy that tells nothing new is kept with its trace, for the next revision if there is one. */
    private static boolean takesCopies(TraceEntry entry) {
        return !entry.is(ClosedTrace.RELEASED) || entry.open != null && entry.open.isArmed();
    }

    private int takeSpan(OpenTrace open, FrameItems frame, int item, int flags, int told, boolean restored) {
        SpanIndex spans = open.spans;
        int kind = kind(flags);
        boolean ended = ItemFlags.has(flags, ItemFlags.ENDED);
        boolean error = ItemFlags.has(flags, ItemFlags.ERROR);
        int at = open.relative(frame.arrivalMs());
        int number = spans.claim(frame.spanId(item));
        int known = number < 0 ? told : Math.max(told, spans.state(number, kind));
        boolean firstError = number < 0 ? error : spans.see(number, kind, ended, error, at);
        if (firstError && told == SpanIndex.UNSEEN && !restored) {
            open.entry.errors++;
        }
        if (ended && ItemFlags.has(flags, ItemFlags.ROOT)) {
            spans.seeRoot(at);
        }
        long parentId = frame.parentSpanId(item);
        if (parentId != 0) {
            spans.name(parentId, at);
        }
        int outcome = known == SpanIndex.UNSEEN ? DISTINCT : DUPLICATE;
        outcome |= ended && known != SpanIndex.ENDED ? FRESH : 0;
        if ((outcome & (DISTINCT | FRESH)) != 0 && !restored) {
            arm(open, frame.arrivalMs());
        }
        return outcome | keepSpan(open, frame, item, flags, number, outcome, restored);
    }

    /** Whether an item tells the high half of the ID of a trace that was emitted without: a revision of its own, even if it is a copy. */
    private static boolean isNamedBy(TraceEntry entry, long high) {
        return entry.isClosed() && entry.high == 0 && high != 0;
    }

    /** A late piece: what a closed trace did not have. Before it is kept, since the limits depend on the revision it is for. */
    private static void arm(OpenTrace open, long arrivalMs) {
        if (open.entry.isClosed()) {
            open.lateFromMs = Math.min(open.lateFromMs, arrivalMs);
            open.lateLastMs = Math.max(open.lateLastMs, arrivalMs);
        }
    }

    /** Lists the item if it is to be shown. Returns UNKEPT or 0. */
    private int keepSpan(
            OpenTrace open, FrameItems frame, int item, int flags, int number, int outcome, boolean restored) {
        PieceList pieces = open.pieces;
        int kind = kind(flags);
        int sizeBytes = frame.sizeBytes(item);
        boolean ended = ItemFlags.has(flags, ItemFlags.ENDED);
        int chain = number < 0 ? PieceList.NONE : open.spans.piece(number);
        int best = pieces.best(chain, kind);
        boolean oldCopy = false;
        boolean old = best != PieceList.NONE && pieces.isOld(best, open.entry.throughSequence);
        if (best == PieceList.NONE || old && (outcome & FRESH) != 0 && !open.awaitsWhole(rules)) {
            if ((outcome & (DISTINCT | FRESH)) == 0) {
                return 0; // a copy of what is not held
            }
            if (!hasRoom(open, flags, sizeBytes, restored)) {
                return UNKEPT;
            }
            grow(open, 1, sizeBytes, restored);
            if (old) {
                grow(open, -1, -pieces.sizeOf(best), true);
                pieces.supersede(chain, kind);
            }
        } else {
            int better = Integer.compare(PieceList.rank(ended, sizeBytes), pieces.rankOf(best));
            if (better < 0 || pieces.isFull(chain) && (outcome & FRESH) == 0) {
                return 0;
            }
            int moreBytes = better > 0 ? sizeBytes - pieces.sizeOf(best) : 0;
            if (!mayReplace(open, flags, sizeBytes, moreBytes, restored)) {
                return UNKEPT;
            }
            oldCopy = old && (outcome & FRESH) == 0;
            grow(open, 0, moreBytes, old);
            if (better > 0) {
                pieces.supersede(chain, kind);
            }
        }
        int piece = pieces.add(item, kind, ended, sizeBytes, oldCopy, chain);
        if (number >= 0) {
            open.spans.setPiece(number, piece);
        }
        return 0;
    }

    private int takeContent(OpenTrace open, FrameItems frame, int item, int flags, int told, boolean restored) {
        if (open.contents == null) {
            open.contents = new ContentSet();
        }
        long hash = PieceHashes.ofContent(frame.contentHash(item), ItemFlags.signal(flags));
        if (told != SpanIndex.UNSEEN || open.contents.has(hash)) {
            return DUPLICATE;
        }
        open.contents.add(hash);
        if (!restored) {
            arm(open, frame.arrivalMs());
        }
        int sizeBytes = frame.sizeBytes(item);
        if (!hasRoom(open, flags, sizeBytes, restored)) {
            return DISTINCT | FRESH | UNKEPT;
        }
        grow(open, 0, sizeBytes, restored);
        open.pieces.add(item, 0, true, sizeBytes, false, PieceList.NONE);
        return DISTINCT | FRESH;
    }

    /** Whether a new piece may be kept. Past the limit only precious ones are, up to twice the limit. */
    private boolean hasRoom(OpenTrace open, int flags, int sizeBytes, boolean restored) {
        boolean gone = isGone(flags, sizeBytes);
        if (restored) {
            return !gone;
        }
        int spans = heldSpans(open);
        long bytes = heldBytes(open) + sizeBytes;
        boolean fullOfSpans = ItemFlags.signal(flags) == ItemFlags.SPAN && spans >= rules.maxSpans();
        if (!open.entry.is(ClosedTrace.OVER)) {
            if (!gone && !fullOfSpans && bytes <= rules.maxBytes()) {
                return true;
            }
            goOver(open, fullOfSpans ? CloseReason.MAX_SPANS : CloseReason.MAX_BYTES);
        }
        return !gone && (flags & PRECIOUS) != 0 && spans < 2L * rules.maxSpans() && bytes <= 2 * rules.maxBytes();
    }

    private boolean mayReplace(OpenTrace open, int flags, int sizeBytes, int moreBytes, boolean restored) {
        boolean gone = isGone(flags, sizeBytes);
        if (restored || open.entry.is(ClosedTrace.OVER)) {
            return restored && !gone;
        }
        if (!gone && heldBytes(open) + moreBytes <= rules.maxBytes()) {
            return true;
        }
        if (open.isWaiting()) {
            goOver(open, CloseReason.MAX_BYTES);
        }
        return false;
    }

    private static void grow(OpenTrace open, int spans, int bytes, boolean old) {
        if (old) {
            open.oldSpans += spans;
            open.oldBytes += bytes;
        } else {
            open.newSpans += spans;
            open.newBytes += bytes;
        }
    }

    private int heldSpans(OpenTrace open) {
        return open.newSpans + (open.awaitsWhole(rules) ? open.oldSpans : 0);
    }

    private long heldBytes(OpenTrace open) {
        return open.newBytes + (open.awaitsWhole(rules) ? open.oldBytes : 0);
    }

    private static void goOver(OpenTrace open, CloseReason limit) {
        open.entry.marks |= ClosedTrace.OVER;
        if (!open.entry.is(ClosedTrace.LIMITED)) {
            open.limit = limit;
        }
    }

    /** Whether the bytes of an unkept item were left out when its frame was stored. */
    private static boolean isGone(int flags, int sizeBytes) {
        return sizeBytes == 0 && ItemFlags.has(flags, ItemFlags.TRUNCATED);
    }

    private static void count(TraceEntry entry, int flags, int outcome) {
        if ((outcome & DISTINCT) == 0) {
            entry.duplicates++;
            return;
        }
        switch (ItemFlags.signal(flags)) {
            case ItemFlags.SPAN -> entry.spans++;
            case ItemFlags.LOG -> entry.logs++;
            default -> entry.exemplars++;
        }
        entry.dropped += (outcome & UNKEPT) != 0 ? 1 : 0;
    }

    private static boolean isCopy(int told, int flags) {
        return told == SpanIndex.ENDED || told == SpanIndex.SEEN && !ItemFlags.has(flags, ItemFlags.ENDED);
    }

    private static int toldState(PieceHashes told, FrameItems frame, int item, int flags) {
        int signal = ItemFlags.signal(flags);
        long hash = signal == ItemFlags.SPAN
                ? PieceHashes.ofSpan(frame.spanId(item), kind(flags), false)
                : PieceHashes.ofContent(frame.contentHash(item), signal);
        return told.state(hash);
    }

    private static int kind(int flags) {
        return Math.min(5, ItemFlags.kind(flags)) + (ItemFlags.has(flags, ItemFlags.SHARED) ? 6 : 0);
    }
}
