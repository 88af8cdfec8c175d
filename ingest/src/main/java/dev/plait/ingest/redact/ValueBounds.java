package dev.plait.ingest.redact;

/**
 * Where a value begins and ends in a text, without its quotes: {@code "…"}, which may itself be inside quotes, {@code '…'} of
 * SQL, {@code [...]}, or a word, also after a scheme of HTTP. Linear in the value; not thread safe.
 */
final class ValueBounds {
    /** Letters before a quote: SQL's and Python's kinds of strings. */
    private static final String PREFIXES = "NEbru";

    private byte[] text = new byte[0];
    private int to;
    private int start;
    private int end;
    private boolean quoted;

    /** The text that is asked about, up to {@code limit}. */
    void of(byte[] bytes, int limit) {
        text = bytes;
        to = limit;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    boolean isQuoted() {
        return quoted;
    }

    /** Whether it stands for a value that is elsewhere, as in a prepared statement. */
    boolean isPlaceholder() {
        if (quoted || start == end) {
            return false;
        }
        if (text[start] == '?' || text[start] == '%') {
            return length() == 1 || length() == 2 && text[start + 1] == 's';
        }
        int at = start + 1;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return text[start] == '$' && at == end;
    }

    /** Looks at what begins at {@code at}. */
    void find(int at, boolean afterScheme) {
        int open = at;
        while (open < to && text[open] == '\\') {
            open++;
        }
        int escapes = open - at;
        if (open + 1 < to && escapes == 0 && PREFIXES.indexOf(text[open]) >= 0 && isQuote(text[open + 1])) {
            open++;
        }
        quoted = open < to && isQuote(text[open]);
        if (quoted) {
            start = open + 1;
            end = endOfQuoted(start, text[open], escapes);
        } else if (at < to && text[at] == '[') {
            start = at + 1;
            end = start;
            while (end < to && text[end] != ']') {
                end++;
            }
        } else {
            start = Math.min(at, to);
            end = endOfWord(start);
            end = afterScheme && end + 1 < to && text[end] == ' ' ? endOfWord(end + 1) : end;
        }
    }

    /** Quotes inside have more backslashes than the outer ones, or are doubled. */
    private int endOfQuoted(int from, byte quote, int escapes) {
        int at = from;
        while (at < to) {
            int run = at;
            while (run < to && text[run] == '\\') {
                run++;
            }
            boolean isQuote = run < to && text[run] == quote;
            boolean closes = escapes == 0 ? (run - at) % 2 == 0 : run - at <= escapes;
            boolean doubled = quote == '\'' && escapes == 0 && run + 1 < to && text[run + 1] == quote;
            if (isQuote && closes && !doubled) {
                return escapes == 0 ? run : at;
            }
            at = isQuote && closes ? run + 2 : run + 1;
        }
        return to;
    }

    private int endOfWord(int from) {
        int at = from;
        while (at < to && !isEnd(text[at]) && ",;&)]}".indexOf(text[at]) < 0) {
            at++;
        }
        return at;
    }

    static boolean isQuote(byte c) {
        return c == '"' || c == '\'';
    }

    static boolean isEnd(byte c) {
        return c >= 0 && c <= ' ' || isQuote(c) || c == '<' || c == '>';
    }
}
