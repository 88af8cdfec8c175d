package dev.plait.ingest.otlp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one OTLP message, by number and by name. Filled once by {@link OtlpSchema}; unknown fields are null. */
final class MessageType {
    private static final int MAX_NUMBER = 31;

    private final String name;
    private final List<Field> fields = new ArrayList<>();
    private final Field[] byNumber = new Field[MAX_NUMBER + 1];
    private final Map<String, Field> byName = new HashMap<>();
    private final Set<String> older = new HashSet<>();

    MessageType(String name) {
        this.name = name;
    }

    void add(Field field) {
        fields.add(field);
        byNumber[field.number()] = field;
        byName.put(field.json(), field);
        byName.put(field.protoName(), field);
    }

    /** Lets a field be found by a name of JSON that it had before, too. */
    void addOlder(String name, Field field) {
        byName.put(name, field);
        older.add(name);
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

    /** By the name of JSON, one that it had before, or that of the {@code .proto} file. */
    Field byName(String name) {
        return byName.get(name);
    }

    boolean isOlder(String name) {
        return !older.isEmpty() && older.contains(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
