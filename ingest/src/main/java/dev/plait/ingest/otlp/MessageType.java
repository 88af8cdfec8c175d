package dev.plait.ingest.otlp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one OTLP message, by number and by name. Filled once by {@link OtlpSchema}; unknown fields are null. */
final class MessageType {
    private static final int MAX_NUMBER = 31;

    private final String name;
    private final List<Field> fields = new ArrayList<>();
    private final Field[] byNumber = new Field[MAX_NUMBER + 1];
    private final Map<String, Field> byName = new HashMap<>();

    MessageType(String name) {
        this.name = name;
    }

    void add(Field field) {
        fields.add(field);
        byNumber[field.number()] = field;
        byName.put(field.json(), field);
        byName.put(field.protoName(), field);
    }

    String name() {
        return name;
    }

    List<Field> fields() {
        return Collections.unmodifiableList(fields);
    }

    Field byNumber(int number) {
        return number <= MAX_NUMBER ? byNumber[number] : null;
    }

    /** By the name of JSON or that of the {@code .proto} file. */
    Field byName(String name) {
        return byName.get(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
