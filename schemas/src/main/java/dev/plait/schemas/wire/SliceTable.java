package dev.plait.schemas.wire;

import java.util.Arrays;
import java.util.Objects;

/** Byte ranges kept by reference and named by number: the resources and scopes of one input record. */
final class SliceTable {
    private byte[][] bytes = new byte[16][];
    private int[] ranges = new int[32];
    private int size;

    int add(byte[] source, int offset, int length) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
            ranges = Arrays.copyOf(ranges, size * 4);
        }
        bytes[size] = source;
        ranges[size * 2] = offset;
        ranges[size * 2 + 1] = length;
        return size++;
    }

    /** Lets go of the arrays too. */
    void clear() {
        Arrays.fill(bytes, 0, size, null);
        size = 0;
    }

    /** @throws IndexOutOfBoundsException when there is no such slice in this record */
    byte[] bytes(int slice) {
        return bytes[Objects.checkIndex(slice, size)];
    }

    int offset(int slice) {
        return ranges[slice * 2];
    }

    int length(int slice) {
        return ranges[Objects.checkIndex(slice, size) * 2 + 1];
    }
}
