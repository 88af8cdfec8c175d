package dev.plait.ingest.applog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.span.SpanText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/**
 * Reads one JSON object into the fields of an {@link AppLog}: members of inner objects get paths with dots, lists are kept as
 * JSON, null is nothing. Recurses within the depth that the parser lets pass.
 */
final class ObjectReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final FieldNames names;
    private final LogInterpreter interpreter;
    private final AppLog log;
    private int marks;

    ObjectReader(AppLog log, FieldNames names, LogInterpreter interpreter) {
        this.log = log;
        this.names = names;
        this.interpreter = interpreter;
    }

    /** Reads the object the parser stands at, to its end; what is wrong with it, if anything. */
    Optional<Problem> read(JsonParser parser) throws IOException {
        log.clear();
        marks = 0;
        members(parser, "");
        Optional<String> other = OtherFormat.of(marks);
        if (other.isPresent()) {
            return Optional.of(
                    new Problem(Reason.WRONG_FORMAT, "Wrong format: this is what format " + other.get() + " reads"));
        }
        return interpreter.interpret(log)
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.WRONG_FORMAT, "Wrong format: neither a message, a time, a level nor a trace ID"));
    }

    private void members(JsonParser parser, String prefix) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (prefix.isEmpty()) {
                marks |= OtherFormat.mark(name);
            }
            String path = prefix + name;
            if (path.length() > SpanText.MAX_NAME) {
                parser.skipChildren();
                log.drop();
            } else if (token == JsonToken.START_OBJECT) {
                members(parser, path + '.');
            } else if (log.fields.size() >= AppLog.MAX_FIELDS
                    && !log.fields.containsKey(path)
                    && names.of(path).isEmpty()) {
                parser.skipChildren();
                log.drop();
            } else if (token != JsonToken.VALUE_NULL) {
                log.field(path, value(parser, token));
            }
        }
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_ARRAY -> json(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            default -> parser.getText();
        };
    }

    private static String json(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
