package dev.plait.correlator.red;

import java.util.Arrays;

/**
 * Writes numbers in the fewest bytes: unsigned numbers as varints of 7 bits a byte, the lowest first (1 byte below 128, at most
 * 10), signed ones folded so that those near 0 are short (zigzag). What is written the same is the same bytes. Grows as
 * needed; reused after {@link #reset}; for one thread.
 */
public final class PackedWriter {
    private byte[] bytes = new byte[256];
    private int size;

    public void reset() {
        size = 0;
    }

    /** A number from 0, or one taken as unsigned. */
    public void unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    /** Eight bytes, for numbers that are as likely large as small. */
    public void fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void octet(byte value) {
        room(1);
        bytes[size++] = value;
    }

    public int sizeBytes() {
        return size;
    }

    /** A copy of what was written since the last {@link #reset}. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
