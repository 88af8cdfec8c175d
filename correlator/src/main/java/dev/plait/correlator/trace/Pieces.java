package dev.plait.correlator.trace;

import java.util.Arrays;

/**
 * Where the pieces of a trace are: frame sequence and item number of each, ascending by sequence, then item, so that each
 * frame is read once. Of a span that came several times only the most complete copy is listed (ended before not ended, then
 * more bytes); equally complete copies are all listed, and who reads them chooses by content. Immutable.
 */
public final class Pieces {
    public static final Pieces NONE = new Pieces(new long[0], new int[0]);

    private final long[] sequences;
    private final int[] items;

    private Pieces(long[] sequences, int[] items) {
        this.sequences = sequences;
        this.items = items;
    }

    /**
     * Takes both arrays over.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public static Pieces of(long[] sequences, int[] items) {
        if (sequences.length != items.length) {
            throw new IllegalArgumentException(sequences.length + " sequences, but " + items.length + " items");
        }
        return new Pieces(sequences, items);
    }

    public int size() {
        return items.length;
    }

    /** The frame of a piece. */
    public long sequence(int piece) {
        return sequences[piece];
    }

    /** The number of a piece in its frame. */
    public int item(int piece) {
        return items[piece];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pieces that
                && Arrays.equals(sequences, that.sequences)
                && Arrays.equals(items, that.items);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sequences) + Arrays.hashCode(items);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < items.length; i++) {
            text.append(i == 0 ? "" : ", ").append(sequences[i]).append(':').append(items[i]);
        }
        return text.append(']').toString();
    }
}
