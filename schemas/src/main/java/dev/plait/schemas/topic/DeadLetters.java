package dev.plait.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The letters of one refused input as {@code plait-dead-letters} shows them: key, value and headers as they came, and why. A
 * value above {@link #MAX_VALUE_BYTES} is cut there and its SHA-256 kept; a key above {@link #MAX_KEY_BYTES} is cut, and of
 * headers beyond {@link #MAX_HEADER_BYTES} the last are left out, so that the letter always fits its topic. When one input has
 * many bad items, all of them are told, but together they carry at most {@link #MAX_COPIED_BYTES} of value; the rest carry the
 * SHA-256 and an empty value. So do all of them when values are not {@link Shown}.
 */
public final class DeadLetters {
    static final int MAX_VALUE_BYTES = 3 * 1024 * 1024;
    static final int MAX_KEY_BYTES = 64 * 1024;
    static final int MAX_HEADER_BYTES = 512 * 1024;
    static final int MAX_COPIED_BYTES = 8 * 1024 * 1024;

    private final byte[] key;
    private final byte[] value;
    private final Iterable<Header> headers;
    private final Shown shown;
    private final Map<String, String> origin = new TreeMap<>();
    private String sha256 = "";
    private long copiedBytes;

    /**
     * What of an input may be seen.
     *
     * @param values whether its value is, which could not be searched for secrets
     * @param headers what of the values of its headers
     */
    public record Shown(boolean values, HeaderCover headers) {
        /** All of it. */
        public static final Shown ALL = new Shown(true, (name, value) -> value);
    }

    /** Covers what is secret in the value of a header, which is not null. */
    @FunctionalInterface
    public interface HeaderCover {
        byte[] cover(String name, byte[] value);
    }

    /** One letter. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Letter(byte[] key, byte[] value, Headers headers) {}

    /**
     * Of one input.
     *
     * @param key null when it has none
     * @param format what it was meant to be
     * @param signal what it was meant to carry
     */
    public DeadLetters(byte[] key, byte[] value, Iterable<Header> headers, String format, String signal, Shown shown) {
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.shown = shown;
        origin.put(DeadLetterHeaders.FORMAT, format);
        origin.put(DeadLetterHeaders.SIGNAL, signal);
    }

    /** It was this record. */
    public DeadLetters at(String topic, int partition, long offset, long timestampMs) {
        origin.put(DeadLetterHeaders.SOURCE_PARTITION, Integer.toString(partition));
        origin.put(DeadLetterHeaders.SOURCE_OFFSET, Long.toString(offset));
        origin.put(DeadLetterHeaders.SOURCE_TIMESTAMP, Long.toString(timestampMs));
        return before(topic);
    }

    /** It came from the network, on its way to this topic, which holds what was good in it. */
    public DeadLetters before(String topic) {
        origin.put(DeadLetterHeaders.SOURCE_TOPIC, topic);
        return this;
    }

    /**
     * The next letter.
     *
     * @param item the zero-based number of the bad item in the input; negative: all of it is bad
     */
    public Letter letter(String reason, String detail, int item) {
        Headers all = headers();
        put(all, DeadLetterHeaders.REASON, reason);
        put(all, DeadLetterHeaders.DETAIL, detail);
        origin.forEach((name, text) -> put(all, name, text));
        if (item >= 0) {
            put(all, DeadLetterHeaders.ITEM, Integer.toString(item));
        }
        boolean fits = shown.values && copiedBytes + value.length <= MAX_COPIED_BYTES;
        int kept = fits ? Math.min(value.length, MAX_VALUE_BYTES) : 0;
        copiedBytes += kept;
        if (kept == value.length) {
            return new Letter(key(), value, all);
        }
        if (sha256.isEmpty()) {
            sha256 = sha256(value);
        }
        put(all, DeadLetterHeaders.VALUE_SHA256, sha256);
        return new Letter(key(), Arrays.copyOf(value, kept), all);
    }

    private byte[] key() {
        return key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
    }

    /** The input's own headers, as many of the first ones as fit. */
    private Headers headers() {
        Headers kept = new RecordHeaders();
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() * 3L + (header.value() == null ? 0 : header.value().length);
            if (bytes > MAX_HEADER_BYTES) {
                break;
            }
            kept.add(header.key(), header.value() == null ? null : shown.headers.cover(header.key(), header.value()));
        }
        return kept;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
