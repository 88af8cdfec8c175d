package dev.plait.correlator.red;

/**
 * Reads what {@link PackedWriter} wrote. Bytes that it cannot have written break an invariant, as they come from Plait's own
 * stores and internal topics: {@link IllegalStateException} with the place.
 */
public final class PackedReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    public PackedReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Of {@code length} bytes from {@code offset}, which are not copied. */
    public PackedReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    public long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a number of more than 10 bytes before byte " + at);
    }

    /** A number that counts things of this record: at most as many as bytes are left, as each takes one at least. */
    public int count() {
        long count = unsigned();
        if (count < 0 || count > end - at) {
            throw new IllegalStateException(
                    count + " elements announced in " + (end - at) + " bytes before byte " + at);
        }
        return (int) count;
    }

    public long signed() {
        long folded = unsigned();
        return folded >>> 1 ^ -(folded & 1);
    }

    public long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | next() & 0xFF;
        }
        return value;
    }

    public byte octet() {
        return next();
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return at == end;
    }

    private byte next() {
        if (at >= end) {
            throw new IllegalStateException("packed bytes end early at byte " + at);
        }
        return bytes[at++];
    }
}
