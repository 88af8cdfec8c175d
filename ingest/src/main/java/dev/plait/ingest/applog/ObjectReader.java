package dev.plait.ingest.applog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.ContainerLine;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.ShortJson;
import dev.plait.ingest.span.SpanText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one JSON object into the fields of an {@link AppLog}: members of inner objects get paths with dots, lists are kept as
 * JSON, null is nothing. Recurses within the depth that the parser lets pass.
 *
 * <p>Shippers wrap what they find in a file: Docker as {@code log}, others as {@code message}. A message that is the JSON of a log
 * is opened, and what it says counts before what is said around it ({@code wrapped_log}).
 */
final class ObjectReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** A shipper that reads what another wrote. */
    private static final int MAX_WRAPPERS = 3;

    /** Each costs an exception; in a record with so many the messages that follow stay texts. */
    static final int MAX_BROKEN = 500;

    private final FieldNames names;
    private final LogInterpreter interpreter;
    private final AppLog log;
    private final ContextList contexts;
    private final ShortJson messages = new ShortJson();
    private int marks;
    private int broken;

    /** The line that objects are in, if a container runtime wrote it. */
    private Optional<ContainerLine> line = Optional.empty();

    /** The last message that looks like JSON, whole, and its path; empty when there is none. */
    private String wrapped = "";

    private String wrappedPath = "";

    ObjectReader(AppLog log, FieldNames names, LogInterpreter interpreter) {
        this.log = log;
        this.names = names;
        this.interpreter = interpreter;
        this.contexts = new ContextList(names, log);
    }

    /** Begins a record. */
    void begin() {
        broken = 0;
    }

    /** Objects are what a program wrote in this line, until {@link #outside}. */
    void within(ContainerLine containerLine) {
        line = Optional.of(containerLine);
    }

    void outside() {
        line = Optional.empty();
    }

    /** Reads the object the parser stands at, to its end; what is wrong with it, if anything. */
    Optional<Problem> read(JsonParser parser) throws IOException {
        log.clear();
        marks = 0;
        wrapped = "";
        members(parser, "");
        Optional<String> other = OtherFormat.of(marks);
        if (other.isPresent()) {
            return Optional.of(
                    new Problem(Reason.WRONG_FORMAT, "Wrong format: this is what format " + other.get() + " reads"));
        }
        line.ifPresent(found -> log.around(found.fields()));
        for (int i = 0; i < MAX_WRAPPERS && !wrapped.isEmpty(); i++) {
            unwrap();
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
            String path = prefix.isEmpty() ? name : prefix + name;
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
                Object value = token == JsonToken.START_ARRAY ? list(parser, path) : value(parser, token);
                log.field(path, value);
                if (token == JsonToken.START_ARRAY && ContextList.mayName(value.toString()) && names.isContext(path)) {
                    contexts.read(path, value.toString());
                } else if (broken < MAX_BROKEN
                        && value instanceof String text
                        && text.startsWith("{")
                        && isMessage(path)) {
                    wrapped = text;
                    wrappedPath = path;
                }
            }
        }
    }

    /** Puts the log that the message is before what is around it; leaves the message a text when it is none. */
    private void unwrap() throws IOException {
        byte[] utf8 = wrapped.getBytes(StandardCharsets.UTF_8);
        String path = wrappedPath;
        wrapped = "";
        if (isTraced(meanings(FieldNames.IN_WHOLE_LOG))) {
            return;
        }
        Map<String, Object> outer = new LinkedHashMap<>(log.fields);
        int outerDropped = log.dropped;
        log.fields.clear();
        Set<LogField> own = readWhole(utf8) ? meanings(Integer.MAX_VALUE) : Set.of();
        if (isLog(own)) {
            if (own.contains(LogField.MESSAGE)) {
                outer.remove(path);
            }
            log.around(outer);
            log.count("wrapped_log");
        } else {
            log.fields.clear();
            log.fields.putAll(outer);
            log.dropped = outerDropped;
            wrapped = "";
        }
    }

    private boolean readWhole(byte[] utf8) throws IOException {
        JsonParser parser = messages.open(utf8, 0, utf8.length);
        try {
            parser.nextToken();
            members(parser, "");
            return parser.nextToken() == null;
        } catch (JsonProcessingException noJson) {
            broken++;
            return false;
        }
    }

    /** Of a JSON text that a program logs as its message, an order or a response, not much is a log's. */
    private boolean isLog(Set<LogField> fields) {
        return isTraced(fields)
                || fields.contains(LogField.MESSAGE)
                        && (fields.contains(LogField.LEVEL)
                                || fields.contains(LogField.SEVERITY_NUMBER)
                                || !wrapped.isEmpty());
    }

    private static boolean isTraced(Set<LogField> fields) {
        return fields.contains(LogField.TRACE_ID) || fields.contains(LogField.DATADOG_TRACE_ID);
    }

    /** What the fields mean whose names stand before {@code below}. */
    private Set<LogField> meanings(int below) {
        Set<LogField> meanings = EnumSet.noneOf(LogField.class);
        for (String path : log.fields.keySet()) {
            Optional<FieldNames.Name> name = names.of(path);
            if (name.isPresent() && name.get().order() < below) {
                meanings.add(name.get().field());
            }
        }
        return meanings;
    }

    private boolean isMessage(String path) {
        return names.of(path).filter(name -> name.field() == LogField.MESSAGE).isPresent();
    }

    private static String list(JsonParser parser, String path) throws IOException {
        String list = json(parser);
        return path.equals(ByteList.FIELD) ? ByteList.text(list) : list;
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
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
