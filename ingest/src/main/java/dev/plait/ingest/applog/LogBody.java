package dev.plait.ingest.applog;

import dev.plait.ingest.span.SpanText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a log in UTF-8: lines, together cut at {@value SpanText#MAX_VALUE} characters (UTF-16 units, of which no
 * character is cut in two). A line costs no object. Reused after {@link #clear}.
 */
final class LogBody {
    private byte[] bytes = new byte[1024];
    private int size;
    private int chars;

    void clear() {
        size = 0;
        chars = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Adds a text as a line of its own. Returns whether it found room. */
    boolean append(String line) {
        byte[] text = SpanText.whole(line).getBytes(StandardCharsets.UTF_8);
        return append(text, 0, text.length);
    }

    /** Adds a line of valid UTF-8. Returns whether it found room. */
    boolean append(byte[] text, int from, int to) {
        if (chars >= SpanText.MAX_VALUE) {
            return false;
        }
        if (bytes.length < size + 1 + to - from) {
            int most = 4 * SpanText.MAX_VALUE;
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.min(most, size + 1 + to - from)));
        }
        if (size > 0) {
            bytes[size++] = '\n';
            chars++;
        }
        int end = fitting(text, from, to);
        System.arraycopy(text, from, bytes, size, end - from);
        size += end - from;
        return end == to;
    }

    private int fitting(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int width = text[at] >= 0 ? 1 : Integer.numberOfLeadingZeros(~text[at] << 24);
            int units = width == 4 ? 2 : 1;
            if (chars + units > SpanText.MAX_VALUE) {
                break;
            }
            chars += units;
            at += width;
        }
        return at;
    }
}
