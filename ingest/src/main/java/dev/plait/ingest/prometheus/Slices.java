package dev.plait.ingest.prometheus;

import java.util.Arrays;

/** Places in one array, in order: label names and values, symbols. Grows, never shrinks; reused after {@link #clear}. */
final class Slices {
    private int[] offsets = new int[64];
    private int[] lengths = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void add(int offset, int length) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        offsets[size] = offset;
        lengths[size++] = length;
    }

    int offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return lengths[index];
    }
}
