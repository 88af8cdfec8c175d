package dev.plait.ingest.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Replaces the values of query parameters that by their name hold a secret ({@code access_token}, {@code apikey},
 * {@code X-Amz-Signature}, ...), as request lines and URLs are written to topics that many people read. The name is compared
 * without case, punctuation and percent-encoding. One pass, O(n); what it makes is never longer than input + 8 bytes a
 * parameter.
 */
public final class QueryMask {
    /** What stands for a secret. */
    public static final String REDACTED = "REDACTED";

    private static final byte[] MASK = REDACTED.getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NAME = 64;

    /** A name that contains one of these holds a secret. */
    private static final byte[][] PARTS = ascii(
            "token",
            "password",
            "passwd",
            "passphrase",
            "secret",
            "apikey",
            "accesskey",
            "privatekey",
            "signature",
            "credential",
            "session",
            "jwt",
            "assertion");

    /** A name that is one of these holds a secret. */
    private static final byte[][] WHOLE =
            ascii("key", "pwd", "pass", "auth", "authorization", "sig", "sid", "code", "otp", "pin");

    private final byte[] name = new byte[MAX_NAME];
    private byte[] out = new byte[512];
    private int size;

    byte[] bytes() {
        return out;
    }

    /** The query {@code a=1&b=2} with its secrets masked. */
    public String mask(String query) {
        byte[] utf8 = query.getBytes(StandardCharsets.UTF_8);
        int length = mask(utf8, 0, utf8.length);
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** A URL with the secrets of its query, and {@code user:password@}, masked. */
    public String url(String url) {
        byte[] utf8 = url.getBytes(StandardCharsets.UTF_8);
        int length = url(utf8, 0, utf8.length);
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** Whether a parameter or header of this name holds a secret. */
    public boolean isSecret(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return isSecret(utf8, 0, utf8.length);
    }

    /** Masks {@code a=1&b=2} found at {@code from}; the result is in {@link #bytes}, its length is returned. */
    int mask(byte[] query, int from, int length) {
        size = 0;
        parameters(query, from, from + length);
        return size;
    }

    /** Masks the query of a URL likewise, and {@code user:password@} before its host. */
    int url(byte[] url, int from, int length) {
        size = 0;
        int end = from + length;
        int question = HostText.indexOf(url, (byte) '?', from, end);
        int pathEnd = question < 0 ? end : question;
        int host = afterUserInfo(url, from, pathEnd);
        if (host > from) {
            int scheme = HostText.indexOf(url, (byte) ':', from, host) + 3;
            append(url, from, scheme - from);
            append(MASK, 0, MASK.length);
            append(url, host - 1, pathEnd - host + 1);
        } else {
            append(url, from, pathEnd - from);
        }
        if (question >= 0) {
            append(url, question, 1);
            parameters(url, question + 1, end);
        }
        return size;
    }

    /** Where the host begins after {@code scheme://user:password@}, or {@code from} when nothing is before it. */
    private static int afterUserInfo(byte[] url, int from, int end) {
        int colon = HostText.indexOf(url, (byte) ':', from, end);
        if (colon < 0 || colon + 2 >= end || url[colon + 1] != '/' || url[colon + 2] != '/') {
            return from;
        }
        int slash = HostText.indexOf(url, (byte) '/', colon + 3, end);
        int at = HostText.indexOf(url, (byte) '@', colon + 3, slash < 0 ? end : slash);
        return at < 0 ? from : at + 1;
    }

    private void parameters(byte[] query, int from, int end) {
        int start = from;
        while (start <= end) {
            int next = endOfParameter(query, start, end);
            parameter(query, start, next);
            if (next < end) {
                append(query, next, 1);
            }
            start = next + 1;
        }
    }

    private void parameter(byte[] query, int start, int end) {
        int equals = start;
        while (equals < end && query[equals] != '=') {
            equals++;
        }
        if (equals + 1 < end && isSecret(query, start, equals)) {
            append(query, start, equals + 1 - start);
            append(MASK, 0, MASK.length);
        } else {
            append(query, start, end - start);
        }
    }

    private static int endOfParameter(byte[] query, int from, int end) {
        int at = from;
        while (at < end && query[at] != '&' && query[at] != ';') {
            at++;
        }
        return at;
    }

    /** Whether the parameter name in {@code [from, to)} is of a secret; of a very long name the last letters count. */
    private boolean isSecret(byte[] query, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            int c = query[i];
            if (c == '%' && i + 2 < to) {
                c = Character.digit(query[i + 1], 16) << 4 | Character.digit(query[i + 2], 16);
                i += 2;
            }
            int lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
            if (lower >= 'a' && lower <= 'z' || lower >= '0' && lower <= '9') {
                if (letters == MAX_NAME) {
                    System.arraycopy(name, MAX_NAME / 2, name, 0, MAX_NAME / 2);
                    letters = MAX_NAME / 2;
                }
                name[letters++] = (byte) lower;
            }
        }
        return isWhole(letters) || containsPart(letters);
    }

    private boolean isWhole(int letters) {
        for (byte[] word : WHOLE) {
            if (word.length == letters && startsWith(word, 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean containsPart(int letters) {
        for (byte[] word : PARTS) {
            for (int at = 0; at + word.length <= letters; at++) {
                if (name[at] == word[0] && startsWith(word, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean startsWith(byte[] word, int at) {
        for (int i = 0; i < word.length; i++) {
            if (name[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private void append(byte[] from, int offset, int length) {
        if (out.length - size < length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + length));
        }
        System.arraycopy(from, offset, out, size, length);
        size += length;
    }

    private static byte[][] ascii(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }
}
