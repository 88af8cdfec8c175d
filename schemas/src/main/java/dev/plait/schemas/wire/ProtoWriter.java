package dev.plait.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf messages into one growing array, nested ones in place: {@link #begin} reserves a five-byte length that
 * {@link #end} fills in (padded varints are legal protobuf and every reader takes them). So a message is written in one
 * pass, without knowing its size and without building objects.
 *
 * <p>Reusable after {@link #clear}; not thread safe. Fields with default values are the caller's to leave out.
 */
public final class ProtoWriter {
    private static final int LENGTH_BYTES = 5;
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int size;

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Forgets everything after {@code size}, to take back a message that turned out bad. */
    public void truncate(int size) {
        this.size = size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Starts a nested message whose {@code length} in bytes is known: the caller writes exactly that many next. */
    public void message(int field, int length) {
        varint(((long) field << 3) | ProtoReader.LEN);
        varint(length);
    }

    /** How many bytes {@code value} takes as a varint, 1 to 10. */
    public static int varintSize(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Opens a nested message; the result goes to {@link #end}. */
    public int begin(int field) {
        varint(((long) field << 3) | ProtoReader.LEN);
        reserve(LENGTH_BYTES);
        size += LENGTH_BYTES;
        return size;
    }

    /** Closes the nested message that {@link #begin} opened. */
    public void end(int start) {
        int length = size - start;
        int at = start - LENGTH_BYTES;
        for (int i = 0; i < LENGTH_BYTES - 1; i++) {
            bytes[at++] = (byte) ((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        bytes[at] = (byte) length;
    }

    public void varint(int field, long value) {
        varint(((long) field << 3) | ProtoReader.VARINT);
        varint(value);
    }

    public void fixed64(int field, long value) {
        varint(((long) field << 3) | ProtoReader.FIXED64);
        reserve(8);
        LONG_LE.set(bytes, size, value);
        size += 8;
    }

    public void fixed32(int field, int value) {
        varint(((long) field << 3) | ProtoReader.FIXED32);
        reserve(4);
        for (int i = 0; i < 4; i++) {
            bytes[size++] = (byte) (value >>> 8 * i);
        }
    }

    public void doubleValue(int field, double value) {
        fixed64(field, Double.doubleToRawLongBits(value));
    }

    public void bytes(int field, byte[] value, int offset, int length) {
        varint(((long) field << 3) | ProtoReader.LEN);
        varint(length);
        reserve(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
    }

    /** Bytes that are protobuf already, tag and all. */
    public void raw(byte[] encoded) {
        raw(encoded, 0, encoded.length);
    }

    /** {@code length} bytes from {@code offset} that are protobuf already, tag and all. */
    public void raw(byte[] encoded, int offset, int length) {
        reserve(length);
        System.arraycopy(encoded, offset, bytes, size, length);
        size += length;
    }

    public void text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes(field, utf8, 0, utf8.length);
    }

    /** A bytes field of eight bytes, big endian: a span ID. */
    public void id(int field, long value) {
        varint(((long) field << 3) | ProtoReader.LEN);
        varint(8);
        bigEndian(value);
    }

    /** A bytes field of sixteen bytes, big endian: a trace ID. */
    public void id(int field, long high, long low) {
        varint(((long) field << 3) | ProtoReader.LEN);
        varint(16);
        bigEndian(high);
        bigEndian(low);
    }

    private void bigEndian(long value) {
        reserve(8);
        LONG_BE.set(bytes, size, value);
        size += 8;
    }

    private void varint(long value) {
        if ((value & ~0x7fL) == 0 && size < bytes.length) {
            // tags and most lengths
            bytes[size++] = (byte) value;
            return;
        }
        reserve(10);
        while ((value & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((value & 0x7f) | 0x80);
            value >>>= 7;
        }
        bytes[size++] = (byte) value;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
