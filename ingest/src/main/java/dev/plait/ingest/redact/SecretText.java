package dev.plait.ingest.redact;

import java.util.Arrays;

/**
 * Finds secrets in a text, in UTF-8:
 *
 * <ul>
 *   <li>in any: JSON Web Tokens ({@code eyJ….….…}), what follows {@code Bearer}, and credentials after
 *       {@code Basic};
 *   <li>in URLs: the values of parameters of a secret's name, and {@code user:password@};
 *   <li>in all others also {@code password=…}, {@code password = '…'}, {@code "password": "…"}, {@code --password …},
 *       {@code "--password", "…"}, {@code "name": "cookie", "value": "…"}, {@code <password>…</password>} and
 *       {@code Authorization: …}. A colon after {@code token} and the like is often prose, so that its value must be long.
 * </ul>
 *
 * Hot path: one pass that looks closer at a few characters, linear in the text. Not thread safe.
 */
final class SecretText {
    /** No token without a name is shorter, unless it is all there is. */
    static final int SHORTEST_TOKEN = 24;

    /** What is behind {@code token:} and shorter is taken for prose. */
    private static final int SHORTEST_WORD = 6;

    /** Base64 of {@code a:bcd}; a shorter one may be a word. */
    private static final int SHORTEST_CREDENTIALS = 7;

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String VALUE = "value";
    private static final int MAX_BLANKS = 8;
    private static final int EQUALS = 1;
    private static final int COLON = 2;
    private static final int JWT = 3;
    private static final int BEARER = 4;
    private static final int DASH = 5;
    private static final int ELEMENT = 6;
    private static final byte[] LOOKED_AT = new byte[128];

    static {
        LOOKED_AT['J'] = JWT;
        LOOKED_AT['B'] = BEARER;
        LOOKED_AT['b'] = BEARER;
        LOOKED_AT['='] = EQUALS;
        LOOKED_AT[':'] = COLON;
        LOOKED_AT['-'] = DASH;
        LOOKED_AT['<'] = ELEMENT;
    }

    private final SecretNames names;
    private final ValueBounds value = new ValueBounds();
    private byte[] text = new byte[0];
    private int from;
    private int to;
    private Treatment treatment = Treatment.TEXT;

    SecretText(SecretNames names) {
        this.names = names;
    }

    /** Tells {@code masks} the secrets of {@code [start, end)}, which is treated as no SECRET as a whole. */
    void scan(byte[] bytes, int start, int end, Treatment as, Masks masks) {
        text = bytes;
        from = start;
        to = end;
        treatment = as;
        value.of(bytes, end);
        int at = start;
        while (at < end) {
            int c = bytes[at];
            int what = c < 0 ? 0 : LOOKED_AT[c];
            at = what == 0 ? at + 1 : behind(what, at, masks);
        }
    }

    /** Looks closer at a character; where to go on. */
    private int behind(int what, int at, Masks masks) {
        return switch (what) {
            case EQUALS -> pair(at, masks);
            case COLON -> colon(at, masks);
            case JWT -> webToken(at, masks);
            case DASH -> option(at, masks);
            case ELEMENT -> element(at, masks);
            default -> is(at + 1, 'a') ? basic(at, masks) : bearer(at, masks);
        };
    }

    private int pair(int at, Masks masks) {
        int nameEnd = treatment == Treatment.TEXT ? endOfName(at) : at;
        int name = startOfName(nameEnd);
        int before = name > from ? text[name - 1] : 0;
        boolean parameter = nameEnd == at
                && (before == '?'
                        || before == '&'
                        || treatment == Treatment.URL && (before == 0 || before == ';' || before == '#'));
        if (parameter) {
            boolean secret = names.isSecretParameter(text, name, at);
            return secret ? masked(at + 1, endOfParameter(at + 1), masks) : at + 1;
        }
        boolean apart = nameEnd < at;
        if (apart && is(at + 1, '=') || !names.isSecret(text, name, nameEnd)) {
            return at + 1;
        }
        int start = is(at + 1, '>') ? at + 2 : at + 1;
        int next = firstNonBlank(start);
        return value(apart || next < to && ValueBounds.isQuote(text[next]) ? next : start, masks);
    }

    private int colon(int at, Masks masks) {
        if (is(at + 1, '/') && is(at + 2, '/')) {
            return userInfo(at + 3, masks);
        }
        if (treatment != Treatment.TEXT || is(at + 1, ':')) {
            return is(at + 1, ':') ? at + 2 : at + 1;
        }
        int nameEnd = endOfName(at);
        int name = startOfName(nameEnd);
        int before = name > from ? text[name - 1] : 0;
        int start = firstNonBlank(is(at + 1, '=') ? at + 2 : at + 1);
        if (nameEnd < at && ValueBounds.isQuote(text[nameEnd]) || is(nameEnd, '\\')) {
            return names.isSecret(text, name, nameEnd) ? value(start, masks) : named(name, nameEnd, start, masks);
        }
        if (before == '/') {
            return at + 1;
        }
        if (names.isSecretHeader(text, name, nameEnd)) {
            value.find(start, false);
            return value.isQuoted() ? value(start, masks) : masked(start, endOfLine(start), masks);
        }
        if (before == ':' || !names.isSecretWord(text, name, nameEnd)) {
            return at + 1;
        }
        value.find(start, false);
        return value.length() < SHORTEST_WORD ? at + 1 : value(start, masks);
    }

    /** {@code "name": "cookie", "value": "…"}, as headers are written that are a list; {@code start} is the value's. */
    private int named(int key, int keyEnd, int start, Masks masks) {
        if (keyEnd - key != VALUE.length() || !isValue(key)) {
            return start;
        }
        int comma = beforeBlanks(endOfName(key));
        if (comma == from || text[comma - 1] != ',') {
            return start;
        }
        int nameEnd = endOfName(comma - 1);
        if (nameEnd == comma - 1 || !names.isSecret(text, startOfName(nameEnd), nameEnd)) {
            return start;
        }
        value.find(start, false);
        return value.isQuoted() ? masked(value.start(), value.end(), masks) : start;
    }

    /** Whether {@code value} is at {@code at}, in small or capital letters. */
    private boolean isValue(int at) {
        for (int i = 0; i < VALUE.length(); i++) {
            if ((text[at + i] | 0x20) != VALUE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where what is not blank ends before {@code end}. */
    private int beforeBlanks(int end) {
        int at = end;
        while (at > from && text[at - 1] >= 0 && text[at - 1] <= ' ' && end - at < MAX_BLANKS) {
            at--;
        }
        return at;
    }

    /** {@code --token …} of a command line; one with an equals sign is a pair. */
    private int option(int at, Masks masks) {
        if (!is(at + 1, '-') || treatment != Treatment.TEXT || at > from && isName(text[at - 1])) {
            return at + 1;
        }
        int end = at + 2;
        while (end < to && isToken(text[end])) {
            end++;
        }
        int quote = end;
        while (is(quote, '\\')) {
            quote++;
        }
        if (at > from && quote < to && ValueBounds.isQuote(text[quote]) && text[quote] == text[at - 1]) {
            return argument(at, end, quote, masks);
        }
        int start = firstNonBlank(end);
        boolean hasValue = start > end && start < to && text[start] != '-' && text[start] != '=';
        return hasValue && names.isSecret(text, at, end) ? value(start, masks) : end;
    }

    /** {@code "--token", "…"} of a list. */
    private int argument(int at, int end, int quote, Masks masks) {
        int comma = firstNonBlank(quote + 1);
        int start = is(comma, ',') ? firstNonBlank(comma + 1) : to;
        if (start == to || !names.isSecret(text, at, end)) {
            return end;
        }
        value.find(start, false);
        return value.isQuoted() && !is(value.start(), '-') ? masked(value.start(), value.end(), masks) : end;
    }

    /** {@code <password>…</password>} of XML, with attributes or not. */
    private int element(int at, Masks masks) {
        int end = at + 1;
        while (end < to && (isToken(text[end]) || text[end] == '.' || text[end] == ':')) {
            end++;
        }
        if (end == at + 1 || !names.isSecret(text, at, end)) {
            return at + 1;
        }
        int start = end;
        while (start < to && text[start] != '>' && text[start] != '<') {
            start++;
        }
        if (!is(start, '>') || text[start - 1] == '/') {
            return end;
        }
        start++;
        int close = start;
        while (close < to && text[close] != '<') {
            close++;
        }
        return closes(close, at + 1, end) ? masked(start, close, masks) : end;
    }

    /** Whether the end of the element of that name is at {@code at}. */
    private boolean closes(int at, int name, int nameEnd) {
        int closing = at + 2;
        int length = nameEnd - name;
        return is(at + 1, '/')
                && is(closing + length, '>')
                && Arrays.equals(text, name, nameEnd, text, closing, closing + length);
    }

    /** {@code user:password@} before a host. */
    private int userInfo(int start, Masks masks) {
        int sign = -1;
        int at = start;
        while (at < to && text[at] != '/' && text[at] != '?' && !ValueBounds.isEnd(text[at])) {
            if (text[at] == '@') {
                sign = at;
            }
            at++;
        }
        return sign < 0 ? start : masked(start, sign, masks);
    }

    /** A header in base64, which begins as that of JSON does, a dot, and more. */
    private int webToken(int at, Masks masks) {
        int start = at - 2;
        if (start < from || text[start] != 'e' || text[start + 1] != 'y' || start > from && isToken(text[start - 1])) {
            return at + 1;
        }
        int dots = 0;
        int end = at;
        while (end < to && (isToken(text[end]) || text[end] == '.')) {
            dots += text[end] == '.' ? 1 : 0;
            end++;
        }
        return dots > 0 && end - start >= SHORTEST_TOKEN ? masked(start, end, masks) : end;
    }

    private int bearer(int at, Masks masks) {
        String rest = "earer ";
        int start = at + 1 + rest.length();
        if (start >= to) {
            return at + 1;
        }
        for (int i = 0; i < rest.length(); i++) {
            if (text[at + 1 + i] != rest.charAt(i)) {
                return at + 1;
            }
        }
        int end = start;
        while (end < to && (isToken(text[end]) || ".~+/=".indexOf(text[end]) >= 0)) {
            end++;
        }
        boolean isAll = (at == from || ValueBounds.isQuote(text[at - 1]))
                && (end == to || ValueBounds.isQuote(text[end]) || text[end] == '\\');
        names.read(text, start, end);
        boolean isOne = isAll && !names.isWord("token") || end - start >= SHORTEST_TOKEN - rest.length() - 1;
        return isOne ? masked(start, end, masks) : end;
    }

    /** {@code Basic} and the base64 of {@code user:password}, which a word of prose is not. */
    private int basic(int at, Masks masks) {
        String rest = "asic ";
        int start = at + 1 + rest.length();
        for (int i = 0; i < rest.length(); i++) {
            if (!is(at + 1 + i, rest.charAt(i))) {
                return at + 1;
            }
        }
        int end = start;
        while (end < to && (isToken(text[end]) || text[end] == '+' || text[end] == '/' || text[end] == '=')) {
            end++;
        }
        return isCredentials(start, end) ? masked(start, end, masks) : end;
    }

    /** Whether it is base64 of a text with a colon. */
    private boolean isCredentials(int start, int end) {
        if (end - start < SHORTEST_CREDENTIALS) {
            return false;
        }
        int bits = 0;
        int held = 0;
        boolean colon = false;
        for (int at = start; at < end && text[at] != '='; at++) {
            int digit = BASE64.indexOf(text[at]);
            if (digit < 0) {
                return false;
            }
            bits = bits << 6 | digit;
            held += 6;
            if (held >= 8) {
                held -= 8;
                int decoded = bits >> held & 0xff;
                if (decoded < ' ') {
                    return false;
                }
                colon |= decoded == ':';
            }
        }
        return colon;
    }

    private int masked(int start, int end, Masks masks) {
        if (start < end) {
            masks.mask(start, end);
        }
        return Math.max(start, end);
    }

    /** Where the name ends before {@code sign}: before blanks, and a quote, which may itself be inside quotes. */
    private int endOfName(int sign) {
        int at = sign;
        while (at > from && text[at - 1] == ' ' && sign - at < MAX_BLANKS) {
            at--;
        }
        if (at > from && (ValueBounds.isQuote(text[at - 1]) || text[at - 1] == '`')) {
            at--;
            while (at > from && text[at - 1] == '\\') {
                at--;
            }
        }
        return at;
    }

    /** Where the name begins that ends before {@code end}. What is behind an equals sign or a colon is no part of it. */
    private int startOfName(int end) {
        int at = end;
        while (at > from && isName(text[at - 1])) {
            at--;
        }
        return at;
    }

    private int endOfParameter(int start) {
        int at = start;
        while (at < to
                && text[at] != '&'
                && text[at] != ';'
                && !(treatment == Treatment.TEXT && ValueBounds.isEnd(text[at]))) {
            at++;
        }
        return at;
    }

    private int value(int at, Masks masks) {
        value.find(at, names.endsWith("authorization"));
        return value.isPlaceholder() ? value.end() : masked(value.start(), value.end(), masks);
    }

    private int endOfLine(int start) {
        int at = start;
        while (at < to && text[at] != '\n' && text[at] != '\r' && !ValueBounds.isQuote(text[at])) {
            at++;
        }
        return at;
    }

    private int firstNonBlank(int start) {
        int at = start;
        while (at < to && text[at] == ' ') {
            at++;
        }
        return at;
    }

    private boolean is(int at, char c) {
        return at < to && text[at] == c;
    }

    private static boolean isName(byte c) {
        return isToken(c) || c == '.' || c == '%' || c == '[' || c == ']' || c < 0;
    }

    static boolean isToken(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
