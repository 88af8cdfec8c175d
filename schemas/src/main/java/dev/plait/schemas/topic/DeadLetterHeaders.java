package dev.plait.schemas.topic;

/** Headers that a dead letter carries beside its own. Values are UTF-8 text, numbers in decimal. */
public final class DeadLetterHeaders {
    /** An upper-case word: TRUNCATED, WRONG_FORMAT, BAD_ID, TOO_LARGE, DECOMPRESS_LIMIT, … */
    public static final String REASON = "plait.reason";

    /** A sentence with the position, without the payload. */
    public static final String DETAIL = "plait.detail";

    /** What the bytes were meant to be: {@code otlp}, {@code kong}, … */
    public static final String FORMAT = "plait.format";

    /** What they were meant to carry: {@code traces}, {@code logs}, {@code metrics}. */
    public static final String SIGNAL = "plait.signal";

    /** Where they were. */
    public static final String SOURCE_TOPIC = "plait.source.topic";

    public static final String SOURCE_PARTITION = "plait.source.partition";

    public static final String SOURCE_OFFSET = "plait.source.offset";

    /** Kafka's timestamp of the record, milliseconds. */
    public static final String SOURCE_TIMESTAMP = "plait.source.timestamp";

    /** The zero-based number of the item in its record, when the rest of the record was good. */
    public static final String ITEM = "plait.item";

    /** Lower-case hex SHA-256 of the whole value, when it was too large to carry and is cut. */
    public static final String VALUE_SHA256 = "plait.value.sha256";

    private DeadLetterHeaders() {}
}
