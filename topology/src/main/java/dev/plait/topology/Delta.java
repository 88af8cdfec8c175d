package dev.plait.topology;

import dev.plait.correlator.trace.Watermarks;
import java.nio.ByteBuffer;

/**
 * A record of the hop to the window tasks: who sends, how far it is, when what it counted arrived, and what was counted
 * ({@link DeltaPart}); without the last it is a tick. Layout: version 1 (1 byte), sender (4), watermark (8), arrival (8), the
 * rest. Only Plait writes them, so one that breaks the layout is a bug.
 *
 * @param sender code of a {@link dev.plait.schemas.wire.Sender}
 * @param watermarkMs everything that it sends later arrived at this time or after; {@link Watermarks#IDLE}
 * @param arrivalMs arrival time of what was counted
 * @param content empty for a tick
 */
record Delta(int sender, long watermarkMs, long arrivalMs, ByteBuffer content) {
    private static final byte VERSION = 1;
    static final int HEADER_BYTES = 1 + Integer.BYTES + 2 * Long.BYTES;

    static Delta of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES || in.get() != VERSION) {
            throw new IllegalStateException("not a delta of version " + VERSION);
        }
        return new Delta(in.getInt(), in.getLong(), in.getLong(), in.slice());
    }

    static byte[] tick(int sender, long watermarkMs) {
        return bytes(sender, watermarkMs, watermarkMs, new byte[0]);
    }

    static byte[] bytes(int sender, long watermarkMs, long arrivalMs, byte[] content) {
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .put(VERSION)
                .putInt(sender)
                .putLong(watermarkMs)
                .putLong(arrivalMs)
                .put(content)
                .array();
    }

    boolean isTick() {
        return !content.hasRemaining();
    }
}
