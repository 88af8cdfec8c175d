package dev.plait.schemas.wire;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * lz4 blocks of frame bodies, by the native library where it loads (Kafka's clients load the same one) and else in Java: the
 * blocks are the same format. The scratch array is reused, so an instance belongs to one thread. Reading goes through the
 * decompressor that checks every bound of input and output: the fast one of lz4-java trusts its input.
 */
final class BodyCodec {
    /** A shorter body is not worth a block. */
    static final int MIN_BYTES = 512;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private byte[] scratch = new byte[0];

    /** Compresses into {@link #scratch}. The size of the block, or -1 when the body is better stored as it is. */
    int compress(byte[] body, int size) {
        if (size < MIN_BYTES) {
            return -1;
        }
        int bound = COMPRESSOR.maxCompressedLength(size);
        if (scratch.length < bound) {
            scratch = new byte[Math.max(bound, scratch.length * 2)];
        }
        int compressed = COMPRESSOR.compress(body, 0, size, scratch, 0, scratch.length);
        return compressed < size ? compressed : -1;
    }

    byte[] scratch() {
        return scratch;
    }

    /** @throws CorruptFrame when the block is corrupt or does not hold {@code size} bytes */
    static byte[] decompress(byte[] block, int offset, int length, int size) {
        byte[] body = new byte[size];
        int read;
        try {
            read = DECOMPRESSOR.decompress(block, offset, length, body, 0, size);
        } catch (LZ4Exception corrupt) {
            throw new CorruptFrame("bad lz4 block in the body", corrupt);
        }
        if (read != size) {
            throw new CorruptFrame("the body has " + read + " bytes instead of " + size);
        }
        return body;
    }
}
