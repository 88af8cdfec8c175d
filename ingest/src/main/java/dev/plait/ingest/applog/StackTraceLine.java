package dev.plait.ingest.applog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells lines that continue the log before: indented ones, a cause, or the head of a trace ({@code java.io.IOException:
 * closed}, {@code ValueError}).
 */
final class StackTraceLine {
    private static final byte[] CAUSE = ascii("Caused by: ");
    private static final byte[] PYTHON = ascii("Traceback (most recent call last):");
    private static final byte[][] THROWN = {ascii("Exception"), ascii("Error"), ascii("Throwable")};

    private StackTraceLine() {}

    /** Whether the line in {@code [from, to)} is such a one. */
    static boolean is(byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        return bytes[from] == ' '
                || bytes[from] == '\t'
                || isAt(bytes, from, to, CAUSE)
                || to - from == PYTHON.length && isAt(bytes, from, to, PYTHON)
                || isHead(bytes, from, to);
    }

    /** A name that says what it is, and after a colon, if there is one, anything. */
    private static boolean isHead(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && isOfName(bytes[end])) {
            end++;
        }
        if (end < to && (bytes[end] != ':' || end + 1 == to || bytes[end + 1] != ' ')) {
            return false;
        }
        for (byte[] name : THROWN) {
            if (end - name.length > from && isAt(bytes, end - name.length, end, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfName(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '.' || b == '$';
    }

    private static boolean isAt(byte[] bytes, int from, int to, byte[] text) {
        return to - from >= text.length && Arrays.equals(bytes, from, from + text.length, text, 0, text.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
