package dev.plait.schemas.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Kinds of fields that the JSON of many records is made of. */
final class JsonFields {
    private JsonFields() {}

    /** How one element of a list is written. */
    interface Element<T> {
        void write(JsonGenerator json, T element) throws IOException;
    }

    static void optional(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        } else {
            json.writeNullField(name);
        }
    }

    static void optional(JsonGenerator json, String name, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsDouble());
        } else {
            json.writeNullField(name);
        }
    }

    static void optional(JsonGenerator json, String name, OptionalLong number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    static <T> void optional(JsonGenerator json, String name, Optional<T> record, Element<T> how) throws IOException {
        if (record.isPresent()) {
            json.writeFieldName(name);
            how.write(json, record.get());
        } else {
            json.writeNullField(name);
        }
    }

    static <T> void list(JsonGenerator json, String name, List<T> list, Element<T> how) throws IOException {
        json.writeArrayFieldStart(name);
        for (int i = 0; i < list.size(); i++) {
            how.write(json, list.get(i));
        }
        json.writeEndArray();
    }

    /** By key, so that the same record gives the same bytes. */
    static void sorted(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        list(json, name, texts, JsonGenerator::writeString);
    }

    /** Attribute values are String, Long, Double or Boolean, which their records check. */
    static void attributes(JsonGenerator json, String name, Map<String, Object> attributes) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.writeFieldName(attribute.getKey());
            Object value = attribute.getValue();
            if (value instanceof String text) {
                json.writeString(text);
            } else if (value instanceof Long number) {
                json.writeNumber(number);
            } else if (value instanceof Double number) {
                json.writeNumber(number);
            } else {
                json.writeBoolean((Boolean) value);
            }
        }
        json.writeEndObject();
    }
}
