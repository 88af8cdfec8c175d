package dev.plait.ingest.accesslog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes bytes valid UTF-8. Proxies log raw bytes of paths and headers, and a client that sends bad ones must not be able to
 * keep its request out of the counts: so what is not UTF-8 is replaced by U+FFFD, never refused.
 */
public final class Utf8 {
    private static final long SIGNS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Utf8() {}

    /** Whether all of {@code [from, to)} is ASCII, which nearly every log is: one test for eight bytes. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - 8; at += 8) {
            if (((long) LONGS.get(bytes, at) & SIGNS) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The same array when it is valid UTF-8, else a copy with every bad sequence replaced. O(n). */
    public static byte[] repair(byte[] bytes) {
        if (isAscii(bytes, 0, bytes.length)) {
            return bytes;
        }
        byte[] repaired = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(bytes, repaired) ? bytes : repaired;
    }

    /** The longest length up to {@code most} that does not cut a character of valid UTF-8 in two. */
    static int cut(byte[] bytes, int from, int length, int most) {
        if (length <= most) {
            return length;
        }
        int end = most;
        while (end > 0 && (bytes[from + end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    /** Writes UTF-16 as UTF-8; an unpaired surrogate becomes U+FFFD. {@code out} has three bytes for each char. */
    static int encode(char[] chars, int from, int length, byte[] out) {
        int at = 0;
        int end = from + length;
        for (int i = from; i < end; i++) {
            char c = chars[i];
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                out[at++] = (byte) (0xE0 | c >> 12);
                out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (i + 1 < end && Character.isSurrogatePair(c, chars[i + 1])) {
                int point = Character.toCodePoint(c, chars[++i]);
                out[at++] = (byte) (0xF0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                out[at++] = (byte) 0xEF;
                out[at++] = (byte) 0xBF;
                out[at++] = (byte) 0xBD;
            }
        }
        return at;
    }
}
