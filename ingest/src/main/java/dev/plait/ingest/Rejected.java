package dev.plait.ingest;

import dev.plait.schemas.wire.Malformed;

/**
 * Why a record, or one item of it, is refused. {@code detail} is one sentence with the position and without the payload;
 * {@code atByte} is -1 when no byte is to blame; {@code item} is the zero-based number of the item in its record, counted
 * over all items in order, or {@link #WHOLE_RECORD}.
 */
public record Rejected(Reason reason, String detail, int atByte, int item) {
    public static final int WHOLE_RECORD = -1;

    /** The upper-case words of the {@code plait.reason} header. */
    public enum Reason {
        EMPTY,
        TRUNCATED,
        TRAILING_DATA,
        WRONG_FORMAT,
        WRONG_SIGNAL,
        WRONG_TYPE,
        NOT_THIS_FORMAT,
        NOT_ACCESS_LOG,
        UNEXPECTED_FRAMING,
        FIELD_COUNT,
        AMBIGUOUS,
        BAD_ID,
        BAD_UTF8,
        BAD_TIME,
        BAD_VALUE,
        BAD_METRIC,
        TOO_DEEP,
        TOO_LARGE,
        TOO_MANY,
        DECOMPRESS_LIMIT;

        /** Nothing is lost by passing it over: there was nothing, or a line that no proxy wrote for a request. Only counted. */
        public boolean isIgnored() {
            return this == EMPTY || this == NOT_ACCESS_LOG;
        }
    }

    public static Rejected record(Reason reason, String detail, int atByte) {
        return new Rejected(reason, detail, atByte, WHOLE_RECORD);
    }

    public static Rejected record(Malformed malformed) {
        return item(malformed, WHOLE_RECORD);
    }

    public static Rejected item(Malformed malformed, int item) {
        return new Rejected(
                Reason.valueOf(malformed.reason().name()), malformed.getMessage(), malformed.atByte(), item);
    }
}
