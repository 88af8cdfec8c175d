package dev.plait.correlator.trace;

import java.util.Arrays;

/**
 * The spans of one trace by ID: which kinds of it were seen, ended or with an error, which parents are missing, and when
 * (in order of arrival, not of appending) the trace became complete. 24 bytes for each ID, and 8 to 16 more for the hash
 * table past 12 IDs; O(1) a call. Times are milliseconds relative to the trace's own zero.
 *
 * <p>A parent that arrives after its first child closes a gap. The trace is complete from the moment at which the root has
 * arrived and the last gap is closed: with root at 5 s, a grandchild at 7 s and the child between them at 9 s that is 9 s,
 * whatever order they are added in ({@code SpanIndexTest}).
 */
final class SpanIndex {
    /** What is known of a (span, kind). */
    static final int UNSEEN = 0;

    static final int SEEN = 1;
    static final int ENDED = 2;

    /** IDs that can be told apart; of more nothing is remembered. 48 MiB at most. */
    static final int LIMIT = 1 << 21;

    private static final int WORDS = 3;
    private static final int LINEAR = 12;
    private static final int KINDS = 12;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int PIECE_SHIFT = 3 * KINDS;
    private static final long PIECE_MASK = -1L << PIECE_SHIFT;
    private static final int[] NO_TABLE = {};

    /** By ID: the ID; when seen and when first named as a parent; bits of kinds seen, ended and with errors, last piece + 1. */
    private long[] words = new long[4 * WORDS];

    private int[] table = NO_TABLE;
    private int size;
    private int missing;
    private int rootAt = NEVER;
    private int lastGapAt = Integer.MIN_VALUE;
    private boolean gapDoubtful;
    private boolean blind;

    /** The number of an ID, or -1. */
    int find(long id) {
        if (table.length == 0) {
            for (int i = 0; i < size; i++) {
                if (words[WORDS * i] == id) {
                    return i;
                }
            }
            return -1;
        }
        return table[tableSlot(id)] - 1;
    }

    /** The number of an ID, which is made known; -1 past the limit. */
    int claim(long id) {
        int found = find(id);
        if (found >= 0) {
            return found;
        }
        if (size == LIMIT) {
            blind = true;
            return -1;
        }
        if (WORDS * size == words.length) {
            words = Arrays.copyOf(words, words.length + Math.max(4 * WORDS, words.length / (2 * WORDS) * WORDS));
        }
        words[WORDS * size] = id;
        words[WORDS * size + 1] = times(NEVER, NEVER);
        words[WORDS * size + 2] = 0;
        size++;
        index(id);
        return size - 1;
    }

    /** What is known of a kind of an ID. */
    int state(int number, int kind) {
        long bits = words[WORDS * number + 2] >>> kind;
        return (bits & 1) == 0 ? UNSEEN : (bits >>> KINDS & 1) == 0 ? SEEN : ENDED;
    }

    /** A copy arrived. Returns whether it is the first of its kind with an error. */
    boolean see(int number, int kind, boolean ended, boolean error, int at) {
        long before = words[WORDS * number + 2];
        long bit = 1L << kind;
        words[WORDS * number + 2] = before | bit | (ended ? bit << KINDS : 0) | (error ? bit << 2 * KINDS : 0);
        int seenAt = seenAt(number);
        int namedAt = namedAt(number);
        if (at < seenAt) {
            words[WORDS * number + 1] = times(at, namedAt);
            if (seenAt == NEVER) {
                missing -= namedAt == NEVER ? 0 : 1;
            } else {
                gapDoubtful |= seenAt == lastGapAt;
            }
        }
        noteGap(number);
        return error && (before & bit << 2 * KINDS) == 0;
    }

    /** A root that has ended arrived. */
    void seeRoot(int at) {
        rootAt = Math.min(rootAt, at);
    }

    /** A child named its parent. */
    void name(long parentId, int at) {
        int number = claim(parentId);
        if (number < 0) {
            return;
        }
        int seenAt = seenAt(number);
        int namedAt = namedAt(number);
        if (at < namedAt) {
            words[WORDS * number + 1] = times(seenAt, at);
            missing += namedAt == NEVER && seenAt == NEVER ? 1 : 0;
        }
        noteGap(number);
    }

    /** Whether a root has ended and no parent is missing. */
    boolean complete() {
        return rootAt != NEVER && missing == 0 && !blind;
    }

    /** Since when it is complete, given that it is. */
    int completeAt() {
        if (gapDoubtful) {
            gapDoubtful = false;
            lastGapAt = Integer.MIN_VALUE;
            for (int i = 0; i < size; i++) {
                noteGap(i);
            }
        }
        return Math.max(rootAt, lastGapAt);
    }

    /** Whether a parent is missing that an earlier revision did not have either. */
    boolean missesParent(PieceHashes told) {
        if (missing == 0) {
            return blind;
        }
        for (int i = 0; i < size; i++) {
            if (seenAt(i) == NEVER && !toldOf(words[WORDS * i], told)) {
                return true;
            }
        }
        return blind;
    }

    /** The last piece of an ID, or -1. */
    int piece(int number) {
        return (int) (words[WORDS * number + 2] >>> PIECE_SHIFT) - 1;
    }

    void setPiece(int number, int piece) {
        words[WORDS * number + 2] = words[WORDS * number + 2] & ~PIECE_MASK | (piece + 1L) << PIECE_SHIFT;
    }

    /** How many (span, kind) were seen. */
    int distinct() {
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            distinct += Long.bitCount(words[WORDS * i + 2] & (1L << KINDS) - 1);
        }
        return distinct;
    }

    /** Writes the hash of each (span, kind) from a place on; returns the place after the last. */
    int hashes(long[] into, int from) {
        int at = from;
        for (int i = 0; i < size; i++) {
            for (int kind = 0; kind < KINDS; kind++) {
                int state = state(i, kind);
                if (state != UNSEEN) {
                    into[at++] = PieceHashes.ofSpan(words[WORDS * i], kind, state == ENDED);
                }
            }
        }
        return at;
    }

    private static boolean toldOf(long spanId, PieceHashes told) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (told.has(PieceHashes.ofSpan(spanId, kind, false))) {
                return true;
            }
        }
        return false;
    }

    private void noteGap(int number) {
        int seenAt = seenAt(number);
        if (seenAt != NEVER && namedAt(number) < seenAt) {
            lastGapAt = Math.max(lastGapAt, seenAt);
        }
    }

    private int seenAt(int number) {
        return (int) (words[WORDS * number + 1] >> 32);
    }

    private int namedAt(int number) {
        return (int) words[WORDS * number + 1];
    }

    private static long times(int seenAt, int namedAt) {
        return (long) seenAt << 32 | namedAt & 0xFFFFFFFFL;
    }

    private void index(long id) {
        if (size <= LINEAR) {
            return;
        }
        if (2 * size > table.length) {
            table = new int[Integer.highestOneBit(size) * 4];
            for (int i = 0; i < size; i++) {
                table[tableSlot(words[WORDS * i])] = i + 1;
            }
        } else {
            table[tableSlot(id)] = size;
        }
    }

    /** The place of an ID in the table, or the empty one where it would go. */
    private int tableSlot(long id) {
        int mask = table.length - 1;
        int slot = (int) (id * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (table[slot] != 0 && words[WORDS * (table[slot] - 1)] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
