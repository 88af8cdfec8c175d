package dev.plait.topology;

import dev.plait.ingest.Rejected;
import dev.plait.schemas.topic.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Refused records as {@code plait-dead-letters} shows them: key, value and headers as they came, and why. A value above
 * {@link #MAX_VALUE_BYTES} is cut there and its SHA-256 kept; a key above {@link #MAX_KEY_BYTES} is cut, and of headers
 * beyond {@link #MAX_HEADER_BYTES} the last are left out, so that the letter always fits its topic. When one record has many bad items, all of them are told, but
 * together they carry at most {@link #MAX_COPIED_BYTES} of value; the rest carry the SHA-256 and an empty value.
 */
final class DeadLetters {
    static final int MAX_VALUE_BYTES = 3 * 1024 * 1024;
    static final int MAX_KEY_BYTES = 64 * 1024;
    static final int MAX_HEADER_BYTES = 512 * 1024;
    static final int MAX_COPIED_BYTES = 8 * 1024 * 1024;

    private final Record<byte[], byte[]> input;
    private final InputDecoders.Input read;
    private final RecordMetadata where;
    private String sha256 = "";
    private long copiedBytes;

    DeadLetters(Record<byte[], byte[]> input, InputDecoders.Input read, RecordMetadata where) {
        this.input = input;
        this.read = read;
        this.where = where;
    }

    Record<byte[], Routed> letter(Rejected rejected, long arrivalMs) {
        byte[] value = input.value();
        Headers headers = headers();
        put(headers, DeadLetterHeaders.REASON, rejected.reason().name());
        put(headers, DeadLetterHeaders.DETAIL, rejected.detail());
        put(headers, DeadLetterHeaders.FORMAT, read.format());
        put(headers, DeadLetterHeaders.SIGNAL, read.signal());
        put(headers, DeadLetterHeaders.SOURCE_TOPIC, where.topic());
        put(headers, DeadLetterHeaders.SOURCE_PARTITION, Integer.toString(where.partition()));
        put(headers, DeadLetterHeaders.SOURCE_OFFSET, Long.toString(where.offset()));
        put(headers, DeadLetterHeaders.SOURCE_TIMESTAMP, Long.toString(input.timestamp()));
        if (rejected.item() != Rejected.WHOLE_RECORD) {
            put(headers, DeadLetterHeaders.ITEM, Integer.toString(rejected.item()));
        }
        int kept = copiedBytes + value.length > MAX_COPIED_BYTES ? 0 : Math.min(value.length, MAX_VALUE_BYTES);
        if (kept < value.length) {
            if (sha256.isEmpty()) {
                sha256 = sha256(value);
            }
            put(headers, DeadLetterHeaders.VALUE_SHA256, sha256);
            value = Arrays.copyOf(value, kept);
        }
        copiedBytes += kept;
        return new Record<>(key(), new Routed.ToDeadLetters(value), arrivalMs, headers);
    }

    private byte[] key() {
        byte[] key = input.key();
        return key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
    }

    /** The record's own headers, as many of the first ones as fit. */
    private Headers headers() {
        Headers kept = new RecordHeaders();
        long bytes = 0;
        for (Header header : input.headers()) {
            bytes += header.key().length() * 3L + (header.value() == null ? 0 : header.value().length);
            if (bytes > MAX_HEADER_BYTES) {
                break;
            }
            kept.add(header);
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
