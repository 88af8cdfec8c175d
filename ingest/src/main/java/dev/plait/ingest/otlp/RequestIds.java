package dev.plait.ingest.otlp;

import dev.plait.ingest.RequestKey;
import dev.plait.schemas.model.Hex;
import java.nio.charset.StandardCharsets;

/**
 * Finds the request ID among an item's attributes. One ID is told per item, the most telling of those that are there: Kong's
 * own, then Envoy's tracing tag, then the captured {@code x-request-id} header, then Kong's runtime logs' {@code request.id}
 * when it looks like Kong's (32 hex digits; other programs use the name for anything).
 */
final class RequestIds {
    private static final int NONE = 0;

    private final Ascii ascii = new Ascii();
    private byte[] bytes = new byte[0];
    private int offset;
    private int length;
    private int rank;

    /** Starts an item. */
    void clear() {
        rank = NONE;
    }

    void attribute(KnownKey key, AttributeReader value) {
        int newRank = rank(key);
        if (newRank == NONE || newRank < rank || !value.intoFirstText() || isMissing(value)) {
            return;
        }
        if (key == KnownKey.REQUEST_ID && !isKongs(value)) {
            return;
        }
        rank = newRank;
        bytes = value.bytes();
        offset = value.offset();
        length = value.length();
    }

    /** Tells the record the ID, if there is one; the item itself must follow. */
    void announce(RecordScan record) {
        if (rank != NONE) {
            RequestKey key = RequestKey.of(text(bytes, offset, length));
            record.requestId(key.high(), key.low());
        }
    }

    private static int rank(KnownKey key) {
        return switch (key) {
            case KONG_REQUEST_ID -> 4;
            case ENVOY_REQUEST_ID -> 3;
            case REQUEST_ID_HEADER -> 2;
            case REQUEST_ID -> 1;
            default -> NONE;
        };
    }

    /** Envoy writes {@code -} for what it does not have. */
    private static boolean isMissing(AttributeReader value) {
        return value.length() == 1 && value.bytes()[value.offset()] == '-';
    }

    private boolean isKongs(AttributeReader value) {
        return value.length() == 32 && Hex.isHex(text(value.bytes(), value.offset(), 32), 0, 32);
    }

    private CharSequence text(byte[] in, int at, int size) {
        return Utf8.isAscii(in, at, at + size)
                ? ascii.of(in, at, size)
                : new String(in, at, size, StandardCharsets.UTF_8);
    }

    /** ASCII bytes seen as text, without a copy. */
    private static final class Ascii implements CharSequence {
        private byte[] bytes = new byte[0];
        private int offset;
        private int length;

        Ascii of(byte[] in, int at, int size) {
            bytes = in;
            offset = at;
            length = size;
            return this;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return (char) bytes[offset + index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Ascii().of(bytes, offset + start, end - start);
        }

        @Override
        public String toString() {
            return new String(bytes, offset, length, StandardCharsets.US_ASCII);
        }
    }
}
