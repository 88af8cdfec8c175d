package dev.plait.sink.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attributes as OTLP has them, each key once: who puts a key again replaces its value. Whole numbers become {@code int_value},
 * others {@code double_value}, truth values {@code bool_value}, anything else its text. For one thread.
 */
final class KeyValues {
    private final Map<String, AnyValue> values = new LinkedHashMap<>();

    KeyValues putAll(Map<String, ?> attributes) {
        attributes.forEach(this::put);
        return this;
    }

    /** An absent value is left out. */
    KeyValues put(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    KeyValues put(String key, Object value) {
        if (value != null) {
            values.put(key, anyValue(value));
        }
        return this;
    }

    List<KeyValue> list() {
        List<KeyValue> list = new ArrayList<>(values.size());
        values.forEach((key, value) ->
                list.add(KeyValue.newBuilder().setKey(key).setValue(value).build()));
        return list;
    }

    private static AnyValue anyValue(Object value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            any.setIntValue(((Number) value).longValue());
        } else if (value instanceof Number number) {
            any.setDoubleValue(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            any.setBoolValue(flag);
        } else {
            any.setStringValue(value.toString());
        }
        return any.build();
    }
}
