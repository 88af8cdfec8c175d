package dev.plait.sink.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * The fields of a record, the same whether a converter without schemas made maps and lists of it or one with schemas made a
 * {@link Struct}. A field of another type than asked for, or a missing one, is a {@link MalformedRecord} that names it with its
 * path. Immutable as long as the record is.
 */
public final class RecordView {
    /** How Confluent's Avro converter represents a union: a struct with one field set. */
    private static final String UNION = "io.confluent.connect.avro.Union";

    private final Object fields;
    private final String path;

    private RecordView(Object fields, String path) {
        this.fields = fields;
        this.path = path;
    }

    /** Of a record's value. @throws MalformedRecord when it is neither a map nor a struct */
    public static RecordView of(Object value) {
        return of(value, "");
    }

    private static RecordView of(Object value, String path) {
        if (value instanceof Map || value instanceof Struct) {
            return new RecordView(value, path);
        }
        throw new MalformedRecord((path.isEmpty() ? "the value" : path) + " is no object, but " + kind(value));
    }

    public String text(String field) {
        return require(field, String.class, "a text");
    }

    public Optional<String> optionalText(String field) {
        return get(field) == null ? Optional.empty() : Optional.of(text(field));
    }

    /** A whole number. */
    public long number(String field) {
        return whole(path(field), get(field));
    }

    public Optional<Long> optionalNumber(String field) {
        return get(field) == null ? Optional.empty() : Optional.of(number(field));
    }

    /** A number; JSON has NaN and the infinities as texts. */
    public double real(String field) {
        Object value = get(field);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if ("NaN".equals(value) || "Infinity".equals(value) || "-Infinity".equals(value)) {
            return Double.parseDouble((String) value);
        }
        throw wrong(path(field), "a number", value);
    }

    public Optional<Double> optionalReal(String field) {
        return get(field) == null ? Optional.empty() : Optional.of(real(field));
    }

    public boolean flag(String field) {
        return require(field, Boolean.class, "true or false");
    }

    /** A map of names to plain values: String, Long, Double, Boolean. Empty when the field is missing. */
    public Map<String, ?> map(String field) {
        Object value = get(field);
        if (value == null) {
            return Map.of();
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, one) -> plain.put(String.valueOf(name), plain(one)));
        } else if (value instanceof Struct struct) {
            struct.schema().fields().forEach(one -> plain.put(one.name(), plain(struct.get(one))));
        } else {
            throw wrong(path(field), "an object", value);
        }
        plain.values().removeIf(java.util.Objects::isNull);
        return plain;
    }

    public RecordView record(String field) {
        return of(get(field), path(field));
    }

    public Optional<RecordView> optionalRecord(String field) {
        return get(field) == null ? Optional.empty() : Optional.of(record(field));
    }

    /** Empty when the field is missing. */
    public List<RecordView> records(String field) {
        List<?> values = list(field);
        List<RecordView> records = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            records.add(of(values.get(i), path(field) + "[" + i + "]"));
        }
        return records;
    }

    /** Empty when the field is missing. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Object value : list(field)) {
            if (!(value instanceof String text)) {
                throw wrong(path(field), "a list of texts", value);
            }
            texts.add(text);
        }
        return texts;
    }

    /** Whole numbers; empty when the field is missing. */
    public long[] numbers(String field) {
        return list(field).stream()
                .mapToLong(value -> whole(path(field), value))
                .toArray();
    }

    private List<?> list(String field) {
        Object value = get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(path(field), "a list", value);
    }

    private <T> T require(String field, Class<T> type, String expected) {
        Object value = get(field);
        if (!type.isInstance(value)) {
            throw wrong(path(field), expected, value);
        }
        return type.cast(value);
    }

    private Object get(String field) {
        if (fields instanceof Struct struct) {
            Field known = struct.schema().field(field);
            return known == null ? null : plain(struct.get(known));
        }
        return ((Map<?, ?>) fields).get(field);
    }

    /** What a union holds; anything else is itself. */
    private static Object plain(Object value) {
        if (value instanceof Struct struct && UNION.equals(struct.schema().name())) {
            return struct.schema().fields().stream()
                    .map(struct::get)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return value;
    }

    private static long whole(String path, Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw wrong(path, "a whole number", value);
    }

    private String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static MalformedRecord wrong(String path, String expected, Object value) {
        return new MalformedRecord(path + ": " + expected + " is expected, it is " + kind(value));
    }

    /** Without the value, which may hold anything. */
    private static String kind(Object value) {
        return value == null ? "missing" : "a " + value.getClass().getSimpleName();
    }
}
