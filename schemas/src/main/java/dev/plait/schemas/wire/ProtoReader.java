package dev.plait.schemas.wire;

import dev.plait.schemas.wire.Malformed.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over protobuf bytes that builds nothing: it reads a tag, then the caller takes the value or skips it. Nested
 * messages are read by a second cursor over the slice, or by the same one between {@link #position} and an end: never by
 * recursion. Every method throws {@link Malformed} on bytes that break the encoding, and nothing else.
 *
 * <p>Not thread safe. Source: protobuf encoding guide; limits as protobuf-java applies them (field number 0 and wire types
 * 6 and 7 refused, varints of at most ten bytes, overlong ones accepted, groups skipped to a depth of 100).
 */
public final class ProtoReader {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LEN = 2;
    public static final int START_GROUP = 3;
    public static final int END_GROUP = 4;
    public static final int FIXED32 = 5;

    private static final byte[] NOTHING = {};
    private static final int MAX_GROUP_DEPTH = 100;
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = NOTHING;
    private int position;
    private int end;

    /** Starts over at {@code [offset, offset + length)} of {@code bytes}. */
    public ProtoReader reset(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int end() {
        return end;
    }

    public boolean hasNext() {
        return position < end;
    }

    /** The field number of a tag. */
    public static int field(int tag) {
        return tag >>> 3;
    }

    /** The wire type of a tag. */
    public static int wireType(int tag) {
        return tag & 7;
    }

    /** The next tag; refuses field number 0 and wire types 6 and 7. */
    public int tag() {
        int start = position;
        int tag;
        if (position < end && bytes[position] > 0) {
            tag = bytes[position++];
        } else {
            long raw = varint();
            if (raw >>> 32 != 0) {
                throw new Malformed(Reason.WRONG_FORMAT, "Malformed: tag above 32 bits at byte " + start, start);
            }
            tag = (int) raw;
        }
        if (tag >>> 3 == 0) {
            throw new Malformed(Reason.WRONG_FORMAT, "Malformed: field number 0 at byte " + start, start);
        }
        if ((tag & 7) > FIXED32) {
            throw new Malformed(
                    Reason.WRONG_FORMAT, "Malformed: bad wire type " + (tag & 7) + " at byte " + start, start);
        }
        return tag;
    }

    /** Fails with WRONG_TYPE unless {@code tag} has the wire type that its field is known by. */
    public void expect(int tag, int wireType) {
        if ((tag & 7) != wireType) {
            throw new Malformed(
                    Reason.WRONG_TYPE,
                    "Malformed: field " + (tag >>> 3) + " has wire type " + (tag & 7) + " instead of " + wireType
                            + " before byte " + position,
                    position);
        }
    }

    public long varint() {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= end) {
                throw truncated("varint", start);
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Malformed(Reason.WRONG_FORMAT, "Malformed: varint of more than 10 bytes at byte " + start, start);
    }

    /** A length prefix; what it promises is there. The value starts at {@link #position}. */
    public int length() {
        int start = position;
        long length = varint();
        if (length < 0 || length > end - position) {
            throw truncated("length " + Long.toUnsignedString(length) + " beyond the end", start);
        }
        return (int) length;
    }

    public long fixed64() {
        if (end - position < 8) {
            throw truncated("fixed64", position);
        }
        long value = (long) LONG_LE.get(bytes, position);
        position += 8;
        return value;
    }

    public int fixed32() {
        if (end - position < 4) {
            throw truncated("fixed32", position);
        }
        int value = (int) INT_LE.get(bytes, position);
        position += 4;
        return value;
    }

    /** Moves on by {@code length} bytes that {@link #length} has promised. */
    public void advance(int length) {
        position += length;
    }

    /** Eight bytes at {@code offset}, big endian: half a trace ID, a span ID. The caller knows that they are there. */
    public static long bigEndian(byte[] bytes, int offset) {
        return (long) LONG_BE.get(bytes, offset);
    }

    /** Skips the value of {@code tag}, whatever it is. */
    public void skip(int tag) {
        int depth = 0;
        int next = tag;
        do {
            switch (next & 7) {
                case VARINT -> varint();
                case FIXED64 -> fixed64();
                case LEN -> advance(length());
                case FIXED32 -> fixed32();
                case START_GROUP -> {
                    if (++depth > MAX_GROUP_DEPTH) {
                        throw new Malformed(Reason.TOO_DEEP, "Malformed: groups nested too deep", position);
                    }
                }
                case END_GROUP -> {
                    if (--depth < 0) {
                        throw new Malformed(
                                Reason.WRONG_FORMAT,
                                "Malformed: unmatched end group before byte " + position,
                                position);
                    }
                }
                default -> throw new IllegalStateException("tag() lets no other wire type pass");
            }
            if (depth > 0) {
                next = tag();
            }
        } while (depth > 0);
    }

    private static Malformed truncated(String what, int atByte) {
        return new Malformed(Reason.TRUNCATED, "Malformed: " + what + " at byte " + atByte, atByte);
    }
}
