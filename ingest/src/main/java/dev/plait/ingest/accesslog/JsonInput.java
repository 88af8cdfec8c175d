package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.json.LargeJsonFactory;
import dev.plait.ingest.json.LineParser;
import java.io.IOException;
import java.util.Locale;

/**
 * Opens JSON logs with limits on everything a sender could inflate, and says what was wrong in our words: Jackson's own
 * messages quote the payload, which belongs into no header or log.
 */
public final class JsonInput {
    static final int MAX_DEPTH = 64;
    static final int MAX_STRING = 1 << 20;
    static final int MAX_NAME = 4096;
    static final int MAX_NUMBER = 64;
    static final int MAX_TOKENS = 2_000_000;

    private static final JsonFactory FACTORY = settings().build();
    private static final LargeJsonFactory LARGE_FACTORY = new LargeJsonFactory(settings());

    private JsonInput() {}

    /** A parser of UTF-8 bytes without a byte order mark. */
    public static JsonParser open(byte[] bytes, int from, int to) throws IOException {
        return (to - from < LargeJsonFactory.MIN_BYTES ? FACTORY : LARGE_FACTORY).createParser(bytes, from, to - from);
    }

    /** A parser of the rest of an array, and of what follows it, behind one of its items. */
    static JsonParser openInArray(byte[] bytes, int from, int to) {
        LineParser parser = lineParser();
        parser.startInArray(bytes, from, to);
        return parser;
    }

    /** Whether a value was refused for its own depth or size: the values around it can be read. */
    public static boolean isOfOneValue(Rejected rejected) {
        return rejected.reason() == Reason.TOO_DEEP || rejected.reason() == Reason.TOO_LARGE;
    }

    /** A parser of objects that stand on lines of their own. */
    static LineParser lineParser() {
        return LARGE_FACTORY.lineParser();
    }

    private static JsonFactoryBuilder settings() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .maxTokenCount(MAX_TOKENS)
                        .build())
                // senders choose the names: they may not fill the JVM's table of interned strings,
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // nor throw an exception that is none of Jackson's (the table's hash is seeded at random)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.CHARSET_DETECTION);
    }

    /**
     * Why the bytes of {@code [from, to)} could not be parsed.
     *
     * @param between whether it broke between two top-level values, the first of which was good
     */
    public static Rejected rejected(JsonProcessingException cause, byte[] bytes, int from, int to, boolean between) {
        if (cause instanceof StreamConstraintsException) {
            return limit(cause.getOriginalMessage());
        }
        long offset = cause.getLocation() == null ? -1 : cause.getLocation().getByteOffset();
        int at = offset < 0 ? -1 : (int) Math.min(from + offset, to);
        // of a number or word cut short the last byte is blamed, not the end
        boolean cutShort = !between && at >= to - 1 && bytes[to - 1] != '}' && bytes[to - 1] != ']';
        if (cause instanceof JsonEOFException || cutShort) {
            return Rejected.record(Reason.TRUNCATED, "Truncated: JSON ends inside a value at byte " + to, to);
        }
        if (between) {
            return Rejected.record(Reason.TRAILING_DATA, "Trailing data: not JSON at byte " + at, at);
        }
        return Rejected.record(Reason.WRONG_FORMAT, "Malformed: not JSON at byte " + at, at);
    }

    private static Rejected limit(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("depth")) {
            return Rejected.record(Reason.TOO_DEEP, "Too deep: JSON nested above " + MAX_DEPTH, -1);
        }
        if (lower.contains("names exceed")) {
            return Rejected.record(
                    Reason.TOO_MANY,
                    "Too many: names of JSON members above " + LargeJsonFactory.MAX_NAMES + " characters",
                    -1);
        }
        if (lower.contains("token")) {
            return Rejected.record(Reason.TOO_MANY, "Too many: above " + MAX_TOKENS + " JSON tokens", -1);
        }
        return Rejected.record(
                Reason.TOO_LARGE,
                "Too large: a JSON string above " + MAX_STRING + " characters, a name above " + MAX_NAME
                        + " or a number above " + MAX_NUMBER,
                -1);
    }
}
