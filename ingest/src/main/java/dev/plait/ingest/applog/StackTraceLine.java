package dev.plait.ingest.applog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells lines that continue the log before: indented ones, a cause, what Python and .NET write between two traces, a frame of
 * PHP ({@code #0 …}), or the head of a trace ({@code java.io.IOException: closed}, {@code ValueError}, {@code TypeError
 * [ERR_INVALID_URL]: …}).
 */
final class StackTraceLine {
    private static final byte[][] BEGINNINGS = {ascii("Caused by: "), ascii("--- End of ")};
    private static final byte[][] WHOLE = {
        ascii("Traceback (most recent call last):"),
        ascii("During handling of the above exception, another exception occurred:"),
        ascii("The above exception was the direct cause of the following exception:")
    };
    private static final byte[][] THROWN = {ascii("Exception"), ascii("Error"), ascii("Throwable")};

    private StackTraceLine() {}

    /** Whether the line in {@code [from, to)} is such a one. */
    static boolean is(byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        return bytes[from] == ' '
                || bytes[from] == '\t'
                || isFixed(bytes, from, to)
                || isFrame(bytes, from, to)
                || isHead(bytes, from, to);
    }

    private static boolean isFixed(byte[] bytes, int from, int to) {
        for (byte[] beginning : BEGINNINGS) {
            if (isAt(bytes, from, to, beginning)) {
                return true;
            }
        }
        for (byte[] line : WHOLE) {
            if (to - from == line.length && isAt(bytes, from, to, line)) {
                return true;
            }
        }
        return false;
    }

    /** A number after a {@code #}, and something. */
    private static boolean isFrame(byte[] bytes, int from, int to) {
        if (bytes[from] != '#') {
            return false;
        }
        int end = from + 1;
        while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end > from + 1 && end < to && bytes[end] == ' ';
    }

    /** A name that says what it is, perhaps a code in brackets, and after a colon, if there is one, anything. */
    private static boolean isHead(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && isOfName(bytes[end])) {
            end++;
        }
        int colon = afterCode(bytes, end, to);
        if (colon < to && (bytes[colon] != ':' || colon + 1 == to || bytes[colon + 1] != ' ')) {
            return false;
        }
        for (byte[] name : THROWN) {
            if (end - name.length > from && isAt(bytes, end - name.length, end, name)) {
                return true;
            }
        }
        return false;
    }

    /** Behind {@code  [ERR_INVALID_URL]}, as Node writes, if it is at {@code at}. */
    private static int afterCode(byte[] bytes, int at, int to) {
        if (at + 2 >= to || bytes[at] != ' ' || bytes[at + 1] != '[') {
            return at;
        }
        int end = at + 2;
        while (end < to && isOfName(bytes[end])) {
            end++;
        }
        return end < to && end > at + 2 && bytes[end] == ']' ? end + 1 : at;
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
