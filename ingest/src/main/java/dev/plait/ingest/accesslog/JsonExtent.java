package dev.plait.ingest.accesslog;

import java.util.BitSet;

/**
 * Where JSON values end that a parser refuses to read, by their brackets and strings alone. One pass over the bytes, whatever
 * their depth; of what is broken within a value, only brackets that do not match and strings with a line's end are noticed.
 */
final class JsonExtent {
    /** No value that ends. */
    static final int NONE = -1;

    private JsonExtent() {}

    /**
     * The end of the item that follows {@code passed} others in an array, or {@link #NONE}.
     *
     * @param from behind the array's bracket, or behind one of its items
     */
    static int ofItem(byte[] bytes, int from, int passed) {
        int end = from;
        for (int item = 0; item <= passed && end != NONE; item++) {
            int at = Payload.firstNonBlank(bytes, end, bytes.length);
            if (at < bytes.length && bytes[at] == ',') {
                at = Payload.firstNonBlank(bytes, at + 1, bytes.length);
            }
            end = ofValue(bytes, at);
        }
        return end;
    }

    /** The end of the value that begins at {@code from}, or {@link #NONE}. */
    static int ofValue(byte[] bytes, int from) {
        if (from == bytes.length) {
            return NONE;
        }
        return switch (bytes[from]) {
            case '"' -> ofString(bytes, from);
            case '{', '[' -> ofBrackets(bytes, from);
            default -> ofWord(bytes, from);
        };
    }

    private static int ofBrackets(byte[] bytes, int from) {
        BitSet objects = new BitSet();
        int depth = 0;
        int at = from;
        while (at != NONE && at < bytes.length) {
            byte next = bytes[at];
            if (next == '"') {
                at = ofString(bytes, at);
                continue;
            }
            at++;
            if (next == '{' || next == '[') {
                objects.set(depth, next == '{');
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
                if (objects.get(depth) != (next == '}')) {
                    return NONE;
                }
                if (depth == 0) {
                    return at;
                }
            }
        }
        return NONE;
    }

    private static int ofString(byte[] bytes, int from) {
        for (int at = from + 1; at < bytes.length; at++) {
            if (bytes[at] == '\\') {
                at++;
            } else if (bytes[at] == '"') {
                return at + 1;
            } else if (bytes[at] >= 0 && bytes[at] < ' ') {
                return NONE;
            }
        }
        return NONE;
    }

    private static int ofWord(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            switch (bytes[at]) {
                case ' ', '\t', '\r', '\n', ',', ']', '}' -> {
                    return at == from ? NONE : at;
                }
                default -> {}
            }
        }
        return NONE;
    }
}
