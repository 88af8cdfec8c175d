package dev.plait.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Offsets and sizes of the frame format that {@link Frame} documents; little endian, as the machines are that run it. */
final class FrameLayout {
    static final byte VERSION = 1;
    static final int MAX_FRAME_BYTES = 512 * 1024;

    /** A bit of the header's bits: the body is an lz4 block. */
    static final int COMPRESSED = 1;

    static final int BITS = 1;
    static final int SOURCE = 2;
    static final int ZERO = 3;
    static final int SENDER = 4;
    static final int WATERMARK = 8;
    static final int ARRIVAL = 16;
    static final int ITEMS = 24;
    static final int ORIGINS = 28;
    static final int TAGS_BYTES = 32;
    static final int STORED_BYTES = 36;
    static final int BODY_BYTES = 40;
    static final int HEADER_BYTES = 44;

    static final int HIGH = 0;
    static final int LOW = 8;
    static final int SPAN_ID = 16;
    static final int PARENT_OR_HASH = 24;
    static final int OFFSET = 32;
    static final int LENGTH = 36;
    static final int RECEIVED = 40;
    static final int FLAGS = 44;
    static final int ORIGIN = 46;
    static final int ENTRY_BYTES = 48;

    static final int RESOURCE_OFFSET = 0;
    static final int RESOURCE_LENGTH = 4;
    static final int SCOPE_OFFSET = 8;
    static final int SCOPE_LENGTH = 12;
    static final int ORIGIN_BYTES = 16;

    /** The origin of an item that has neither resource nor scope. */
    static final int NO_ORIGIN = 0xffff;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private FrameLayout() {}

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Unsigned. */
    static int getShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static void putShort(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }
}
