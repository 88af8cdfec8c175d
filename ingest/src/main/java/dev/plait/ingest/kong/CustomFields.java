package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.JsonScalar;
import java.io.IOException;

/**
 * Keeps what others than Kong's serializer put into a log, {@code ai} of its AI plugins and custom fields: numbers, booleans and
 * texts, as attributes named by their path with dots. Lists and what the models were told and answered are left out.
 *
 * <p>At most {@value #MAX_FIELDS} of a log, {@value #MAX_DEPTH} names deep, of names of {@value #MAX_NAME} characters; others are
 * counted as {@code field_over_limit}. Texts are cut at {@value #MAX_TEXT} bytes. A path that is an attribute of every log stays
 * what the log says it is.
 */
final class CustomFields {
    static final int MAX_FIELDS = 64;
    static final int MAX_DEPTH = 4;
    static final int MAX_NAME = 128;
    static final int MAX_TEXT = 1024;

    private static final String AI = "ai.";
    private static final String AI_PAYLOAD = "payload";

    private final AccessLogRecord log;
    private final Normalised normalised;
    private final JsonScalar scalar = new JsonScalar();
    private int fields;

    CustomFields(AccessLogRecord log, Normalised normalised) {
        this.log = log;
        this.normalised = normalised;
    }

    void clear() {
        fields = 0;
    }

    /** Takes the value the parser stands at, a member of the log itself. */
    void read(String name, JsonParser parser) throws IOException {
        read(name, 1, parser);
    }

    /** Takes the value the parser stands at, a member of a part of the log. */
    void read(String part, String name, JsonParser parser) throws IOException {
        read(part + '.' + name, 2, parser);
    }

    private void read(String path, int depth, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL) {
            parser.skipChildren();
        } else if (path.length() > MAX_NAME
                || token == JsonToken.START_OBJECT && depth == MAX_DEPTH
                || token.isScalarValue() && fields == MAX_FIELDS && !log.hasOther(path)) {
            normalised.count(Normalised.Kind.FIELD_OVER_LIMIT);
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            Members.read(parser, (name, value) -> {
                if (name.equals(AI_PAYLOAD) && path.startsWith(AI)) {
                    value.skipChildren();
                } else {
                    read(path + '.' + name, depth + 1, value);
                }
            });
        } else if (AccessAttribute.isKey(path)) {
            normalised.count(Normalised.Kind.DUPLICATE_KEY);
        } else {
            value(path, token, parser);
        }
    }

    private void value(String path, JsonToken token, JsonParser parser) throws IOException {
        if (log.hasOther(path)) {
            normalised.count(Normalised.Kind.DUPLICATE_KEY);
        } else {
            fields++;
        }
        switch (token) {
            case VALUE_TRUE -> log.other(path, true);
            case VALUE_FALSE -> log.other(path, false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path, parser);
            default -> {
                if (scalar.text(parser)) {
                    log.other(path, scalar.bytes(), 0, scalar.length(), MAX_TEXT);
                }
            }
        }
    }

    private void number(String path, JsonParser parser) throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
            log.other(path, parser.getLongValue());
        } else if (Double.isFinite(parser.getDoubleValue())) {
            log.other(path, parser.getDoubleValue());
        } else {
            normalised.count(Normalised.Kind.BAD_NUMBER);
        }
    }
}
