package dev.plait.sink.otlp;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Makes a struct of a map, as a converter with schemas would have: every field optional, a list typed by its first element. */
final class Structs {
    private Structs() {}

    static Struct of(Map<?, ?> map) {
        return struct(schema(map), map);
    }

    private static Schema schema(Object value) {
        if (value instanceof Map<?, ?> map) {
            SchemaBuilder struct = SchemaBuilder.struct().optional();
            map.forEach((name, field) -> struct.field((String) name, schema(field)));
            return struct.build();
        }
        if (value instanceof List<?> list) {
            Schema element = list.isEmpty() ? Schema.OPTIONAL_STRING_SCHEMA : schema(list.get(0));
            return SchemaBuilder.array(element).optional().build();
        }
        return value instanceof Long
                ? Schema.OPTIONAL_INT64_SCHEMA
                : value instanceof Double
                        ? Schema.OPTIONAL_FLOAT64_SCHEMA
                        : value instanceof Boolean ? Schema.OPTIONAL_BOOLEAN_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA;
    }

    private static Struct struct(Schema schema, Map<?, ?> map) {
        Struct struct = new Struct(schema);
        schema.fields().forEach(field -> struct.put(field, value(field.schema(), map.get(field.name()))));
        return struct;
    }

    private static Object value(Schema schema, Object value) {
        if (value instanceof Map<?, ?> map) {
            return struct(schema, map);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> value(schema.valueSchema(), element))
                    .toList();
        }
        return value;
    }
}
