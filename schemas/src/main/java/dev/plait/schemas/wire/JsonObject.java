package dev.plait.schemas.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A small JSON object that may come from anyone: at most 16 deep, 64 Ki characters a text, 10 000 values, no field twice.
 * Reading it throws {@link IOException}; a field that is missing or of another type {@link IllegalArgumentException} with a
 * sentence that names it. Fields that nobody asks for are passed over.
 */
final class JsonObject {
    private static final int MAX_VALUES = 10_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(64 * 1024)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final Map<?, ?> fields;

    private JsonObject(Map<?, ?> fields) {
        this.fields = fields;
    }

    static JsonObject of(byte[] bytes) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new IOException("an object is expected");
            }
            Object tree = value(parser, first, new int[1]);
            if (parser.nextToken() != null) {
                throw new IOException("nothing is expected after the object");
            }
            return new JsonObject((Map<?, ?>) tree);
        }
    }

    String text(String name) {
        return the(name, String.class, "text");
    }

    Optional<String> optionalText(String name) {
        return fields.get(name) == null ? Optional.empty() : Optional.of(text(name));
    }

    long whole(String name) {
        return the(name, Long.class, "a whole number");
    }

    OptionalLong optionalWhole(String name) {
        return fields.get(name) == null ? OptionalLong.empty() : OptionalLong.of(whole(name));
    }

    double number(String name) {
        return the(name, Number.class, "a number").doubleValue();
    }

    boolean truth(String name) {
        return the(name, Boolean.class, "true or false");
    }

    <E extends Enum<E>> E oneOf(String name, E[] values) {
        String text = text(name);
        for (E value : values) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(name + ": " + text + " is unknown");
    }

    JsonObject object(String name) {
        return new JsonObject(the(name, Map.class, "an object"));
    }

    Optional<JsonObject> optionalObject(String name) {
        return fields.get(name) == null ? Optional.empty() : Optional.of(object(name));
    }

    List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : the(name, List.class, "a list of objects")) {
            objects.add(new JsonObject(cast(name, element, Map.class, "a list of objects")));
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : the(name, List.class, "a list of texts")) {
            texts.add(cast(name, element, String.class, "a list of texts"));
        }
        return texts;
    }

    private <T> T the(String name, Class<T> type, String right) {
        return cast(name, fields.get(name), type, right);
    }

    private static <T> T cast(String name, Object value, Class<T> type, String right) {
        if (!type.isInstance(value)) {
            String found = value == null
                    ? "nothing"
                    : value instanceof Number || value instanceof Boolean ? value.toString() : "another type";
            throw new IllegalArgumentException(name + ": " + found + "; expected " + right);
        }
        return type.cast(value);
    }

    /** Recursion ends with the parser's own limit of depth. */
    private static Object value(JsonParser parser, JsonToken token, int[] values) throws IOException {
        if (++values[0] > MAX_VALUES) {
            throw new IOException("more than " + MAX_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    fields.put(name, value(parser, parser.nextToken(), values));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                JsonToken next = parser.nextToken();
                while (next != JsonToken.END_ARRAY) {
                    elements.add(value(parser, next, values));
                    next = parser.nextToken();
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("a value is expected");
        };
    }
}
