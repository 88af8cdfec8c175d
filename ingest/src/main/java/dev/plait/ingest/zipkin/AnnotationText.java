package dev.plait.ingest.zipkin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.JsonInput;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The name and the attributes of an event that an exporter from OTLP wrote as the text of an annotation: the collector's {@code
 * exception|{"exception.message":"gone"}|0}, the SDKs' {@code "exception":{"exception.message":"gone"}}. Lists and objects among
 * the attributes stay JSON. Any other text is a name. Source: collector contrib,
 * pkg/translator/zipkin/zipkinv2/from_translator.go; OpenTelemetry specification, trace/sdk_exporters/zipkin.md, events.
 */
record AnnotationText(String name, Map<String, Object> attributes) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static AnnotationText of(String text) {
        Optional<AnnotationText> event = Optional.empty();
        if (text.startsWith("\"") && text.endsWith("}")) {
            event = parse("{" + text + "}");
        } else {
            int first = text.indexOf("|{");
            int last = text.lastIndexOf("}|");
            if (first > 0 && last > first) {
                event = attributes(text.substring(first + 1, last + 1))
                        .map(parsed -> new AnnotationText(text.substring(0, first), parsed));
            }
        }
        return event.orElseGet(() -> new AnnotationText(text, Map.of()));
    }

    /** Of a JSON object; empty for anything else. */
    static Optional<Map<String, Object>> attributes(String json) {
        return parse("{\"\":" + json + "}").map(AnnotationText::attributes);
    }

    /** An object of one member, which is an object; empty for anything else. */
    private static Optional<AnnotationText> parse(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = JsonInput.open(utf8, 0, utf8.length)) {
            parser.nextToken();
            String name = parser.nextFieldName();
            if (name == null || parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> attributes = new LinkedHashMap<>();
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                attributes.put(key, token.isStructStart() ? json(parser) : value(token, parser));
            }
            boolean whole = parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return whole ? Optional.of(new AnnotationText(name, attributes)) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static String json(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private static Object value(JsonToken token, JsonParser parser) throws IOException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getText()
                        : parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_STRING -> parser.getText();
            default -> "";
        };
    }
}
