package dev.plait.correlator;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what a {@link PageWriter} wrote. Pages are written by this program only, so one that does not fit is a bug or a broken
 * store: {@link IllegalStateException}.
 */
public final class PageReader {
    private final byte[] bytes;
    private int at;

    public PageReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean hasNext() {
        return at < bytes.length;
    }

    /** Where the next field begins. */
    public int position() {
        return at;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a stored page has a number of more than ten bytes before byte " + at);
    }

    /** A number that must be within an int and not negative, such as a count of elements. */
    public int count() {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalStateException("a stored page has the count " + value + " before byte " + at);
        }
        return (int) value;
    }

    public double real() {
        long bits = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            bits |= (next() & 0xFFL) << shift;
        }
        return Double.longBitsToDouble(bits);
    }

    public boolean flag() {
        return number() != 0;
    }

    public String text() {
        int length = count();
        if (length > bytes.length - at) {
            throw new IllegalStateException("a stored page ends within the text at byte " + at);
        }
        String text = new String(bytes, at, length, UTF_8);
        at += length;
        return text;
    }

    private byte next() {
        if (at == bytes.length) {
            throw new IllegalStateException("a stored page ends early, at byte " + at);
        }
        return bytes[at++];
    }
}
