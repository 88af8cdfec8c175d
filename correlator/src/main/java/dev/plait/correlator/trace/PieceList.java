package dev.plait.correlator.trace;

import java.util.Arrays;

/**
 * The copies of one trace's pieces that may be shown, in the order they came, and the frames they are in. 16 bytes a piece
 * and 8 for each frame that holds some. Copies of one span are chained, latest first.
 */
final class PieceList {
    static final int NONE = -1;

    /** Copies of one span ID that are listed; more are not taken. */
    private static final int MAX_CHAIN = 64;

    private static final int WORDS = 4;
    private static final int DEAD = 1 << 31;
    private static final int OLD_COPY = 1 << 30;
    private static final int ITEM_MASK = OLD_COPY - 1;
    private static final int ENDED = 1 << 30;
    private static final int KIND_SHIFT = 26;
    private static final int KIND_MASK = 15;
    private static final int SIZE_MASK = (1 << KIND_SHIFT) - 1;

    private long[] frames = new long[2];
    private int frameCount;

    /** By piece: number of the frame; item and marks; the piece before it of the same span; ended, kind, size. */
    private int[] words = new int[4 * WORDS];

    private int size;
    private int dead;

    /** Notes that items of a frame belong to the trace. Returns whether that was new. Frames come in ascending order. */
    boolean hold(long sequence) {
        if (frameCount > 0 && frames[frameCount - 1] == sequence) {
            return false;
        }
        if (frameCount == frames.length) {
            frames = Arrays.copyOf(frames, frameCount + Math.max(2, frameCount / 2));
        }
        frames[frameCount++] = sequence;
        return true;
    }

    /** Adds an item of the frame held last; {@code before}: the chain of its span, or {@link #NONE}. */
    int add(int item, int kind, boolean ended, int sizeBytes, boolean oldCopy, int before) {
        if (WORDS * size == words.length) {
            words = Arrays.copyOf(words, words.length + Math.max(4, size / 2) * WORDS);
        }
        words[WORDS * size] = frameCount - 1;
        words[WORDS * size + 1] = item | (oldCopy ? OLD_COPY : 0);
        words[WORDS * size + 2] = before;
        words[WORDS * size + 3] = rank(ended, sizeBytes) | kind << KIND_SHIFT;
        return size++;
    }

    /** The latest living piece of a kind in a chain, or {@link #NONE}. */
    int best(int chain, int kind) {
        for (int piece = chain; piece != NONE; piece = words[WORDS * piece + 2]) {
            if (kindOf(piece) == kind && !isDead(piece)) {
                return piece;
            }
        }
        return NONE;
    }

    /** Whether no more copies are taken into a chain. */
    boolean isFull(int chain) {
        int length = 0;
        for (int piece = chain; piece != NONE && length < MAX_CHAIN; piece = words[WORDS * piece + 2]) {
            length++;
        }
        return length == MAX_CHAIN;
    }

    /** Takes all pieces of a kind in a chain out of what is shown. */
    void supersede(int chain, int kind) {
        for (int piece = best(chain, kind); piece != NONE; piece = best(words[WORDS * piece + 2], kind)) {
            words[WORDS * piece + 1] |= DEAD;
            dead++;
        }
    }

    /** How complete a copy is: ended first, then bytes. */
    static int rank(boolean ended, int sizeBytes) {
        return (ended ? ENDED : 0) | Math.min(sizeBytes, SIZE_MASK);
    }

    int rankOf(int piece) {
        return words[WORDS * piece + 3] & ~(KIND_MASK << KIND_SHIFT);
    }

    int sizeOf(int piece) {
        return words[WORDS * piece + 3] & SIZE_MASK;
    }

    /** Whether a piece is of a frame up to {@code throughSequence}, or a copy of such a one. */
    boolean isOld(int piece, long throughSequence) {
        return (words[WORDS * piece + 1] & OLD_COPY) != 0 || frames[words[WORDS * piece]] <= throughSequence;
    }

    int size() {
        return size;
    }

    int frameCount() {
        return frameCount;
    }

    long frame(int number) {
        return frames[number];
    }

    /** The number of the first frame after one. */
    int firstFrameAfter(long throughSequence) {
        int first = 0;
        while (first < frameCount && frames[first] <= throughSequence) {
            first++;
        }
        return first;
    }

    /** What to show: all living pieces, or those that are not old. */
    Pieces shown(boolean delta, long throughSequence) {
        long[] sequences = new long[size - dead];
        int[] items = new int[size - dead];
        int shown = 0;
        for (int piece = 0; piece < size; piece++) {
            if (!isDead(piece) && !(delta && isOld(piece, throughSequence))) {
                sequences[shown] = frames[words[WORDS * piece]];
                items[shown++] = words[WORDS * piece + 1] & ITEM_MASK;
            }
        }
        boolean all = shown == items.length;
        return Pieces.of(all ? sequences : Arrays.copyOf(sequences, shown), all ? items : Arrays.copyOf(items, shown));
    }

    private int kindOf(int piece) {
        return words[WORDS * piece + 3] >>> KIND_SHIFT & KIND_MASK;
    }

    private boolean isDead(int piece) {
        return words[WORDS * piece + 1] < 0;
    }
}
