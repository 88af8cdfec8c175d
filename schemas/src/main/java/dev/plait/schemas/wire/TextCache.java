package dev.plait.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Strings of short UTF-8 that comes again and again (attribute keys, span names): found by their bytes, so that the same text
 * is decoded and kept once. A slot holds the text that was asked for last; 1024 slots, 64 bytes of text each at most.
 * Not thread safe.
 */
final class TextCache {
    private static final int SLOTS = 1024;
    private static final int MAX_BYTES = 64;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];

    /** The text of a slice; bytes that are not UTF-8 become U+FFFD. */
    String text(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "";
        }
        if (length > MAX_BYTES) {
            return new String(bytes, offset, length, UTF_8);
        }
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
        byte[] key = keys[slot];
        if (key != null && Arrays.equals(key, 0, key.length, bytes, offset, offset + length)) {
            return texts[slot];
        }
        keys[slot] = Arrays.copyOfRange(bytes, offset, offset + length);
        texts[slot] = new String(bytes, offset, length, UTF_8);
        return texts[slot];
    }
}
