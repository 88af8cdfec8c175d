package dev.plait.ingest.envoy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in bytes; each is linear in the range and gives -1 when nothing is found. Single characters are looked for in eight
 * bytes at a time, which is what keeps a line of 300 bytes near a microsecond. Source: Warren, Hacker's Delight, 6-1.
 */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long SIGNS = 0x8080808080808080L;

    private Bytes() {}

    static int indexOf(byte[] bytes, char wanted, int from, int to) {
        long pattern = ONES * wanted;
        int at = from;
        for (; at <= to - 8; at += 8) {
            long different = (long) LONGS.get(bytes, at) ^ pattern;
            long zeros = different - ONES & ~different & SIGNS;
            if (zeros != 0) {
                // the lowest mark is always right: a borrow only runs upwards
                return at + (Long.numberOfTrailingZeros(zeros) >> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** The first byte below a blank: a tab, a line's end, anything that is no text. */
    static int indexOfControl(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - 8; at += 8) {
            long eight = (long) LONGS.get(bytes, at);
            long below = eight - ONES * ' ' & ~eight & SIGNS;
            if (below != 0) {
                return at + (Long.numberOfTrailingZeros(below) >> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] >= 0 && bytes[at] < ' ') {
                return at;
            }
        }
        return -1;
    }

    static int lastIndexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = to - wanted.length; i >= from; i--) {
            if (startsWith(bytes, wanted, i, to)) {
                return i;
            }
        }
        return -1;
    }

    static int indexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (startsWith(bytes, wanted, i, to)) {
                return i;
            }
        }
        return -1;
    }

    static boolean startsWith(byte[] bytes, byte[] wanted, int at, int to) {
        if (to - at < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
