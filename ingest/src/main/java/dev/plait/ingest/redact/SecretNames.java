package dev.plait.ingest.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the name of a header, an attribute, a member or a parameter says that its value is a secret. Names are compared by
 * their letters and digits alone: without case, punctuation and percent-encoding. Of a long name the last letters count, so
 * time is linear in it and memory constant. Not thread safe.
 */
final class SecretNames {
    /** Letters that are looked at. */
    static final int MAX_LETTERS = 64;

    /** A name that contains one of these is a secret's, by the first letter. */
    private static final byte[][][] PARTS = byFirstLetter(
            "accesskey",
            "apikey",
            "authenticatedentitykey", // how Kong's OTLP logs name the key of its key-auth plugin
            "cookies", // parsed, an object of them
            "credential",
            "jwt",
            "passphrase",
            "passwd",
            "password",
            "privatekey",
            "secret",
            "token");

    /** The same of a query's parameter, where nothing else is called so. */
    private static final byte[][][] PARAMETER_PARTS = byFirstLetter("assertion", "session", "signature");

    /** A name is a secret's that ends, after a dot or at all, in one of these. */
    private static final byte[][][] ENDS =
            byFirstLetter("cookie", "setcookie", "jsessionid", "phpsessid", "otp", "passcode", "pwd");

    private static final byte[][][] PARAMETERS =
            byFirstLetter("key", "pwd", "pass", "auth", "authorization", "sig", "sid", "code", "otp", "pin");

    /** Counts and kinds of tokens, as of language models, are no tokens. */
    private static final String[] TOKEN_COUNTS = {"tokens", "tokentype", "tokencount"};

    private static final String[] WORDS = {
        "token", "secret", "accesskey", "secretkey", "privatekey", "credential", "credentials", "jwt"
    };

    private final Set<String> more;
    private final Set<String> keep;
    private final byte[] letters = new byte[MAX_LETTERS];
    private int count;
    private int segment;

    SecretNames(Redaction redaction) {
        this.more = redaction.names();
        this.keep = redaction.keep();
    }

    /** The letters and digits of a name, as all names are compared. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Of a header, an attribute, a JSON member. */
    boolean isSecret(byte[] bytes, int from, int to) {
        read(bytes, from, to);
        if (count == 0 || isOneOf(keep)) {
            return false;
        }
        return isOneOf(more)
                || isWord(ENDS, 0)
                || segment > 0 && isWord(ENDS, segment)
                || endsWith("authorization")
                || containsPart(PARTS) && !isCount();
    }

    /** Of a parameter of a query. */
    boolean isSecretParameter(byte[] bytes, int from, int to) {
        read(bytes, from, to);
        if (count == 0 || isOneOf(keep)) {
            return false;
        }
        return isOneOf(more) || isWord(PARAMETERS, 0) || containsPart(PARTS) || containsPart(PARAMETER_PARTS);
    }

    /** Of an option of a command line, which is a name and no more. */
    boolean isSecretOption(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!SecretText.isToken(bytes[at]) && bytes[at] != '.') {
                return false;
            }
        }
        return isSecret(bytes, from, to);
    }

    /** Of a header that a person may have written into a text, as in {@code Authorization: ...}. */
    boolean isSecretHeader(byte[] bytes, int from, int to) {
        read(bytes, from, to);
        boolean known = endsWith("authorization")
                || endsWith("cookie")
                || endsWith("apikey")
                || endsWith("password")
                || endsWith("passwd")
                || endsWith("passphrase")
                || count > 0 && isOneOf(more);
        return known && !isOneOf(keep);
    }

    /** Of what may also be a word of prose, as in {@code token: ...}. */
    boolean isSecretWord(byte[] bytes, int from, int to) {
        read(bytes, from, to);
        for (String word : WORDS) {
            if (endsWith(word)) {
                return !isOneOf(keep);
            }
        }
        return false;
    }

    /** Whether the name that was read last is this one, in letters. */
    boolean isWord(String word) {
        return count == word.length() && matches(word, 0);
    }

    /** Whether the name that was read last ends so, in letters. */
    boolean endsWith(String word) {
        return count >= word.length() && matches(word, count - word.length());
    }

    /** Reads a name without judging it. */
    void read(byte[] bytes, int from, int to) {
        count = 0;
        segment = 0;
        for (int at = from; at < to; at++) {
            int c = bytes[at];
            if (c == '%' && at + 2 < to) {
                c = Character.digit(bytes[at + 1], 16) << 4 | Character.digit(bytes[at + 2], 16);
                at += 2;
            }
            int lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
            if (lower >= 'a' && lower <= 'z' || lower >= '0' && lower <= '9') {
                add((byte) lower);
            } else if (c == '.') {
                segment = count;
            }
        }
    }

    private void add(byte letter) {
        if (count == MAX_LETTERS) {
            int half = MAX_LETTERS / 2;
            System.arraycopy(letters, half, letters, 0, half);
            segment = Math.max(0, segment - half);
            count = half;
        }
        letters[count++] = letter;
    }

    /** The whole name, or what is behind its last dot. */
    private boolean isOneOf(Set<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        return words.contains(text(0)) || segment > 0 && words.contains(text(segment));
    }

    /** What is behind {@code from}, as a whole. */
    private boolean isWord(byte[][][] words, int from) {
        int letter = from < count ? letters[from] - 'a' : -1;
        if (letter >= 0) {
            for (byte[] word : words[letter]) {
                if (word.length == count - from && matches(word, from)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String text(int from) {
        return new String(letters, from, count - from, StandardCharsets.US_ASCII);
    }

    private boolean isCount() {
        for (String word : TOKEN_COUNTS) {
            if (endsWith(word)) {
                return true;
            }
        }
        return false;
    }

    private boolean containsPart(byte[][][] parts) {
        for (int at = 0; at < count; at++) {
            int letter = letters[at] - 'a';
            if (letter >= 0) {
                for (byte[] word : parts[letter]) {
                    if (word.length <= count - at && matches(word, at)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean matches(byte[] word, int at) {
        for (int i = 0; i < word.length; i++) {
            if (letters[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(String word, int at) {
        for (int i = 0; i < word.length(); i++) {
            if (letters[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[][][] byFirstLetter(String... words) {
        byte[][][] table = new byte[26][][];
        for (int letter = 0; letter < table.length; letter++) {
            char first = (char) ('a' + letter);
            table[letter] = java.util.Arrays.stream(words)
                    .filter(word -> word.charAt(0) == first)
                    .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
        }
        return table;
    }
}
