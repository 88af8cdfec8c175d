package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
    private final String absent;
    private final Predicate<String> leftOut;
    private final JsonScalar scalar = new JsonScalar();
    private int fields;

    /**
     * @param absent the text that stands for no value
     * @param leftOut the paths that are not kept
     */
    public CustomFields(AccessLogRecord log, String absent, Predicate<String> leftOut) {
        this.log = log;
        this.absent = absent;
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

    private void read(String path, int depth, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL || leftOut.test(path)) {
            parser.skipChildren();
        } else if (path.length() > MAX_NAME
                || token == JsonToken.START_OBJECT && depth == MAX_DEPTH
                || token.isScalarValue() && fields == MAX_FIELDS && !log.hasOther(path)) {
            log.normalised(OVER_LIMIT);
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                read(path + '.' + name, depth + 1, parser);
            }
        } else if (AccessAttribute.isKey(path)) {
            log.normalised(DUPLICATE);
        } else {
            value(path, token, parser);
        }
    }

    private void value(String path, JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case VALUE_TRUE -> keep(path, true);
            case VALUE_FALSE -> keep(path, false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path, parser);
            default -> {
                if (scalar.text(parser) && !parser.getText().equals(absent)) {
                    count(path);
                    log.other(path, scalar.bytes(), 0, scalar.length(), MAX_TEXT);
                }
            }
        }
    }

    private void keep(String path, Object value) {
        count(path);
        log.other(path, value);
    }

    private void count(String path) {
        if (log.hasOther(path)) {
            log.normalised(DUPLICATE);
        } else {
            fields++;
        }
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
