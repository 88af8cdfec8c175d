package dev.plait.ingest.redact;

/**
 * Finds secrets in a text, in UTF-8:
 *
 * <ul>
 *   <li>in any: JSON Web Tokens ({@code eyJ….….…}) and what follows {@code Bearer};
 *   <li>in URLs: the values of parameters of a secret's name, and {@code user:password@};
 *   <li>in what people and programs write, also {@code password=…}, {@code "password": "…"} and {@code Authorization: …}.
 * </ul>
 *
 * Hot path: one pass that looks closer at a few characters, linear in the text. Not thread safe.
 */
final class SecretText {
    /** No token is shorter; a value of its own that is shorter is not looked at. */
    static final int SHORTEST_TOKEN = 24;

    private static final int EQUALS = 1;
    private static final int COLON = 2;
    private static final int JWT = 3;
    private static final int BEARER = 4;
    private static final byte[] LOOKED_AT = new byte[128];
    private static final byte[] LOOKED_AT_PLAIN = new byte[128];

    static {
        LOOKED_AT_PLAIN['J'] = JWT;
        LOOKED_AT_PLAIN['B'] = BEARER;
        LOOKED_AT_PLAIN['b'] = BEARER;
        System.arraycopy(LOOKED_AT_PLAIN, 0, LOOKED_AT, 0, LOOKED_AT.length);
        LOOKED_AT['='] = EQUALS;
        LOOKED_AT[':'] = COLON;
    }

    private final SecretNames names;
    private byte[] text = new byte[0];
    private int from;
    private int to;
    private Treatment treatment = Treatment.PLAIN;

    SecretText(SecretNames names) {
        this.names = names;
    }

    /** Tells {@code masks} the secrets of {@code [start, end)}, which is treated as no SECRET as a whole. */
    void scan(byte[] bytes, int start, int end, Treatment as, Masks masks) {
        boolean plain = as == Treatment.PLAIN;
        if (plain && end - start < SHORTEST_TOKEN) {
            return;
        }
        text = bytes;
        from = start;
        to = end;
        treatment = as;
        byte[] lookedAt = plain ? LOOKED_AT_PLAIN : LOOKED_AT;
        int at = start;
        while (at < end) {
            int c = bytes[at];
            int what = c < 0 ? 0 : lookedAt[c];
            at = what == 0 ? at + 1 : behind(what, at, masks);
        }
    }

    /** Looks closer at a character; where to go on. */
    private int behind(int what, int at, Masks masks) {
        return switch (what) {
            case EQUALS -> pair(at, masks);
            case COLON -> colon(at, masks);
            case JWT -> webToken(at, masks);
            default -> bearer(at, masks);
        };
    }

    private int pair(int at, Masks masks) {
        int name = startOfName(at);
        int before = name > from ? text[name - 1] : 0;
        boolean parameter = before == '?'
                || before == '&'
                || treatment == Treatment.URL && (before == 0 || before == ';' || before == '#');
        boolean secret = parameter ? names.isSecretParameter(text, name, at) : names.isSecret(text, name, at);
        if (!secret) {
            return at + 1;
        }
        return parameter ? masked(at + 1, endOfParameter(at + 1), masks) : value(at + 1, masks);
    }

    private int colon(int at, Masks masks) {
        if (at + 2 < to && text[at + 1] == '/' && text[at + 2] == '/') {
            return userInfo(at + 3, masks);
        }
        if (treatment != Treatment.TEXT) {
            return at + 1;
        }
        int quote = at - 1;
        while (quote > from && text[quote] == ' ' && at - quote < 8) {
            quote--;
        }
        if (quote > from && isQuote(text[quote])) {
            int nameEnd = text[quote - 1] == '\\' ? quote - 1 : quote;
            boolean secret = names.isSecret(text, startOfName(nameEnd), nameEnd);
            return secret ? value(firstNonBlank(at + 1), masks) : at + 1;
        }
        if (!names.isSecretHeader(text, startOfName(at), at)) {
            return at + 1;
        }
        int value = firstNonBlank(at + 1);
        return masked(value, endOfLine(value), masks);
    }

    /** {@code user:password@} before a host. */
    private int userInfo(int start, Masks masks) {
        int sign = -1;
        int at = start;
        while (at < to && text[at] != '/' && text[at] != '?' && !isEnd(text[at])) {
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
        if (to - at < SHORTEST_TOKEN) {
            return at + 1;
        }
        for (int i = 0; i < rest.length(); i++) {
            if (text[at + 1 + i] != rest.charAt(i)) {
                return at + 1;
            }
        }
        int start = at + 1 + rest.length();
        int end = start;
        while (end < to && (isToken(text[end]) || ".~+/=".indexOf(text[end]) >= 0)) {
            end++;
        }
        return end - start >= SHORTEST_TOKEN - rest.length() - 1 ? masked(start, end, masks) : end;
    }

    private int masked(int start, int end, Masks masks) {
        if (start < end) {
            masks.mask(start, end);
        }
        return Math.max(start, end);
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
        while (at < to && text[at] != '&' && text[at] != ';' && !(treatment == Treatment.TEXT && isEnd(text[at]))) {
            at++;
        }
        return at;
    }

    /** {@code "…"}, which may itself be inside quotes, {@code [...]}, or a word, also after a scheme of HTTP. */
    private int value(int start, Masks masks) {
        if (start >= to) {
            return to;
        }
        if (text[start] == '[') {
            int end = start + 1;
            while (end < to && text[end] != ']') {
                end++;
            }
            return masked(start + 1, end, masks);
        }
        if (isQuote(text[start])) {
            return masked(start + 1, endOfQuoted(start + 1, text[start], false), masks);
        }
        if (text[start] == '\\' && start + 1 < to && isQuote(text[start + 1])) {
            return masked(start + 2, endOfQuoted(start + 2, text[start + 1], true), masks);
        }
        int end = endOfWord(start);
        boolean scheme = names.endsWith("authorization") && end + 1 < to && text[end] == ' ';
        return masked(start, scheme ? endOfWord(end + 1) : end, masks);
    }

    private int endOfQuoted(int start, byte quote, boolean escaped) {
        int at = start;
        while (at < to) {
            if (text[at] == quote && !escaped || escaped && text[at] == '\\' && at + 1 < to && text[at + 1] == quote) {
                return at;
            }
            at += text[at] == '\\' && !escaped ? 2 : 1;
        }
        return to;
    }

    private int endOfWord(int start) {
        int at = start;
        while (at < to && !isEnd(text[at]) && ",;&)]}".indexOf(text[at]) < 0) {
            at++;
        }
        return at;
    }

    private int endOfLine(int start) {
        int at = start;
        while (at < to && text[at] != '\n' && text[at] != '\r' && !isQuote(text[at])) {
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

    private static boolean isQuote(byte c) {
        return c == '"' || c == '\'';
    }

    private static boolean isEnd(byte c) {
        return c >= 0 && c <= ' ' || isQuote(c) || c == '<' || c == '>';
    }

    private static boolean isName(byte c) {
        return isToken(c) || c == '.' || c == '%' || c == '[' || c == ']' || c < 0;
    }

    private static boolean isToken(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
