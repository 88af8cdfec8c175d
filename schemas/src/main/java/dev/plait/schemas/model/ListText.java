package dev.plait.schemas.model;

/**
 * Lists among {@link Attributes}, which are kept as JSON text without blanks: {@code ["acme"]} says {@code acme}, {@code
 * ["a",1]} says {@code a, 1}. What is no list of texts, numbers and booleans stays as it is.
 */
public final class ListText {
    private ListText() {}

    /** Of any attribute's text; linear in it. */
    public static String joined(String text) {
        int end = text.length() - 1;
        if (end < 1 || text.charAt(0) != '[' || text.charAt(end) != ']') {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 1;
        while (at <= end) {
            at = text.charAt(at) == '"' ? quoted(text, at + 1, end, out) : scalar(text, at, end, out);
            if (at < 0 || at < end && text.charAt(at) != ',') {
                return end == 1 ? "" : text;
            }
            out.append(at < end ? ", " : "");
            at++;
        }
        return out.toString();
    }

    /** Appends a number or boolean; where it ends, or -1 when it is none. */
    private static int scalar(String text, int from, int end, StringBuilder out) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? end : comma;
        String value = text.substring(from, to);
        if (!value.equals("true") && !value.equals("false") && !isNumber(value)) {
            return -1;
        }
        out.append(value);
        return to;
    }

    private static boolean isNumber(String value) {
        return value.chars().anyMatch(c -> c >= '0' && c <= '9')
                && value.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
    }

    /** Appends the text that begins at {@code from}; what is behind its quote, or -1. */
    private static int quoted(String text, int from, int end, StringBuilder out) {
        int at = from;
        while (at < end && text.charAt(at) != '"') {
            if (text.charAt(at) != '\\') {
                out.append(text.charAt(at++));
                continue;
            }
            int escape = "bfnrt".indexOf(text.charAt(at + 1));
            boolean unicode = text.charAt(at + 1) == 'u';
            if (unicode && !text.substring(at + 2, Math.min(end, at + 6)).matches("[0-9a-fA-F]{4}")) {
                return -1;
            }
            if (unicode) {
                out.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
            } else {
                out.append(escape < 0 ? text.charAt(at + 1) : "\b\f\n\r\t".charAt(escape));
            }
            at += unicode ? 6 : 2;
        }
        return at < end ? at + 1 : -1;
    }
}
