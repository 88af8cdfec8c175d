package dev.plait.correlator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes a page of durable state: numbers as varints (seven bits a byte, low ones first), texts with their length before. */
public final class PageWriter {
    private byte[] bytes;
    private int size;

    public PageWriter() {
        this(64);
    }

    /** With room for so many bytes at first. */
    public PageWriter(int sizeBytes) {
        bytes = new byte[sizeBytes];
    }

    /** Best for numbers that are not negative; a negative one takes ten bytes. */
    public PageWriter number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public PageWriter real(double value) {
        room(8);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[size++] = (byte) (bits >>> shift);
        }
        return this;
    }

    public PageWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    public PageWriter text(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        number(encoded.length);
        return raw(encoded, 0, encoded.length);
    }

    /** Copies bytes {@code [from, to)} as they are. */
    public PageWriter raw(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    /** A copy of what was written. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
