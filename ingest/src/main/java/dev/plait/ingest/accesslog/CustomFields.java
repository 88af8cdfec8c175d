package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Keeps the members of JSON logs that the vocabulary has no place for: numbers, booleans and texts, as attributes named by their
 * path with dots. Lists are left out.
 *
 * <p>At most {@value #MAX_FIELDS} of a log, {@value #MAX_DEPTH} names deep, of names of {@value #MAX_NAME} characters; others are
 * counted as {@code field_over_limit}. Texts are cut at {@value #MAX_TEXT} bytes. A path that is an attribute of every log stays
 * what the log says it is, and is counted as {@code duplicate_key}; a number that is none as {@code bad_number}.
 */
public final class CustomFields {
    static final int MAX_FIELDS = 64;
    static final int MAX_DEPTH = 4;
    static final int MAX_NAME = 128;
    static final int MAX_TEXT = 1024;

    private static final String OVER_LIMIT = "field_over_limit";
    private static final String DUPLICATE = "duplicate_key";

    private final AccessLogRecord log;
    private final byte[] absent;
    private final Predicate<String> leftOut;
    private final JsonScalar scalar = new JsonScalar();
    private int fields;

    /**
     * @param absent the text that stands for no value
     * @param leftOut the paths that are not kept
     */
    public CustomFields(AccessLogRecord log, String absent, Predicate<String> leftOut) {
        this.log = log;
        this.absent = absent.getBytes(StandardCharsets.UTF_8);
        this.leftOut = leftOut;
    }

    /** Begins a log. */
    public void clear() {
        fields = 0;
    }

    /** Takes the value the parser stands at, a member of the log itself. */
    public void read(String name, JsonParser parser) throws IOException {
        read(name, 1, parser);
    }

    /** Takes the value the parser stands at, a member of a part of the log. */
    public void read(String part, String name, JsonParser parser) throws IOException {
        read(part + '.' + name, 2, parser);
    }

    /** Takes a text that is not of JSON. */
    public void text(String path, byte[] bytes, int from, int length) {
        if (length > 0 && !isAbsent(bytes, from, length) && hasPlace(path)) {
            log.other(path, bytes, from, length, MAX_TEXT);
        }
    }

    private void read(String path, int depth, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL || leftOut.test(path)) {
            parser.skipChildren();
        } else if (token != JsonToken.START_OBJECT) {
            value(path, token, parser);
        } else if (!hasRoomIn(path, depth)) {
            parser.skipChildren();
        } else {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                read(path + '.' + name, depth + 1, parser);
            }
        }
    }

    /** Whether members of the object at that path, {@code depth} names deep, may be kept; counts it if not. */
    public boolean hasRoomIn(String path, int depth) {
        boolean room = depth < MAX_DEPTH && path.length() <= MAX_NAME;
        if (!room) {
            log.normalised(OVER_LIMIT);
        }
        return room;
    }

    private void value(String path, JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case VALUE_TRUE -> keep(path, true);
            case VALUE_FALSE -> keep(path, false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path, parser);
            default -> {
                if (scalar.text(parser)) {
                    text(path, scalar.bytes(), 0, scalar.length());
                }
            }
        }
    }

    private void keep(String path, Object value) {
        if (hasPlace(path)) {
            log.other(path, value);
        }
    }

    /** Whether a field of that name is kept, of which one more is counted then. */
    private boolean hasPlace(String path) {
        boolean again = log.hasOther(path);
        boolean known = AccessAttribute.isKey(path);
        if (!again && !known && (fields == MAX_FIELDS || path.length() > MAX_NAME)) {
            log.normalised(OVER_LIMIT);
            return false;
        }
        if (again || known) {
            log.normalised(DUPLICATE);
        } else {
            fields++;
        }
        return !known;
    }

    private boolean isAbsent(byte[] bytes, int from, int length) {
        return length == absent.length && Arrays.equals(bytes, from, from + length, absent, 0, length);
    }

    private void number(String path, JsonParser parser) throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
            keep(path, parser.getLongValue());
        } else if (Double.isFinite(parser.getDoubleValue())) {
            keep(path, parser.getDoubleValue());
        } else {
            log.normalised("bad_number");
        }
    }
}
