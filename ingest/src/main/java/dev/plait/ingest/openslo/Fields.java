package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.YamlValue.Mapping;
import dev.plait.ingest.openslo.YamlValue.Scalar;
import dev.plait.ingest.openslo.YamlValue.ScalarType;
import dev.plait.ingest.openslo.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One mapping of a file. What is asked for is known; {@link #end} refuses the other keys. A missing or wrong value is noted as
 * a problem and read as empty, so that one reading finds all problems.
 */
final class Fields {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,18}(\\.\\d{0,18})?([eE][-+]?\\d{1,3})?");

    private final String file;
    private final String path;
    private final int line;
    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param line of the key whose value the mapping is, or on which the element begins */
    Fields(String file, String path, int line, Mapping mapping, Problems problems) {
        this.file = file;
        this.path = path;
        this.line = line;
        this.mapping = mapping;
        this.problems = problems;
    }

    String file() {
        return file;
    }

    /** Of the key, else of the mapping. */
    int line(String key) {
        return mapping.keyLines().getOrDefault(key, line);
    }

    String path(String key) {
        return path.isEmpty() ? key : key.isEmpty() ? path : path + "." + key;
    }

    boolean has(String key) {
        asked.add(key);
        return mapping.fields().containsKey(key);
    }

    void problem(String key, String message) {
        problems.add(file, line(key), path(key), message);
    }

    /** The usual problem: what is there is not what would be right. */
    void wrong(String key, String right) {
        YamlValue value = mapping.fields().get(key);
        problem(key, (value == null ? "missing" : value.shown()) + "; expected " + right);
    }

    /** A text that must be there. */
    Optional<String> text(String key, String right) {
        if (has(key)
                && mapping.fields().get(key) instanceof Scalar scalar
                && scalar.type() != ScalarType.NULL
                && !scalar.text().isBlank()) {
            return Optional.of(scalar.text());
        }
        wrong(key, right);
        return Optional.empty();
    }

    Optional<String> optionalText(String key, String right) {
        return has(key) ? text(key, right) : Optional.empty();
    }

    boolean truth(String key, boolean byDefault) {
        if (!has(key)) {
            return byDefault;
        }
        if (mapping.fields().get(key) instanceof Scalar scalar
                && scalar.type() == ScalarType.TRUTH
                && (scalar.text().equalsIgnoreCase("true") || scalar.text().equalsIgnoreCase("false"))) {
            return scalar.text().equalsIgnoreCase("true");
        }
        wrong(key, "true or false");
        return byDefault;
    }

    /** The decimal text of a number that must be there; not of NaN, an infinity or another base. */
    Optional<String> number(String key, String right) {
        if (has(key)
                && mapping.fields().get(key) instanceof Scalar scalar
                && scalar.type() == ScalarType.NUMBER
                && NUMBER.matcher(scalar.text()).matches()) {
            return Optional.of(scalar.text());
        }
        wrong(key, right);
        return Optional.empty();
    }

    /** A time that must be there. */
    OptionalLong durationNanos(String key, String right) {
        Optional<String> text = text(key, right);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong nanos = Durations.nanos(text.get());
        if (nanos.isEmpty()) {
            wrong(key, right);
        }
        return nanos;
    }

    /** A mapping that must be there. */
    Optional<Fields> object(String key, String right) {
        if (has(key) && mapping.fields().get(key) instanceof Mapping inner) {
            return Optional.of(new Fields(file, path(key), line(key), inner, problems));
        }
        wrong(key, right);
        return Optional.empty();
    }

    Optional<Fields> optionalObject(String key, String right) {
        return has(key) ? object(key, right) : Optional.empty();
    }

    /** A list of mappings that must be there, and not be empty. */
    List<Fields> objects(String key, String right) {
        return elements(key, right, (element, place) -> {
            problems.add(file, element.line(), place, element.shown() + "; expected a mapping");
            return Optional.empty();
        });
    }

    /** The same; a text stands for a mapping with the text under {@code nameKey}. */
    List<Fields> objectsOrNames(String key, String nameKey, String right) {
        return elements(key, right, (element, place) -> {
            Map<String, Integer> line = Map.of(nameKey, element.line());
            return Optional.of(new Mapping(element.line(), Map.of(nameKey, element), line));
        });
    }

    /** Makes a mapping of an element that is none. */
    private interface Otherwise {
        Optional<Mapping> mapping(YamlValue element, String place);
    }

    private List<Fields> elements(String key, String right, Otherwise otherwise) {
        List<Fields> objects = new ArrayList<>();
        if (!has(key)
                || !(mapping.fields().get(key) instanceof Sequence sequence)
                || sequence.elements().isEmpty()) {
            wrong(key, right);
            return objects;
        }
        for (int i = 0; i < sequence.elements().size(); i++) {
            YamlValue element = sequence.elements().get(i);
            String place = path(key) + "[" + i + "]";
            Optional<Mapping> inner =
                    element instanceof Mapping one ? Optional.of(one) : otherwise.mapping(element, place);
            inner.ifPresent(one -> objects.add(new Fields(file, place, one.line(), one, problems)));
        }
        return objects;
    }

    /** Whatever is there is right. */
    void ignore(String... keys) {
        asked.addAll(List.of(keys));
    }

    /** What this version does not do yet: refused when given. */
    void later(String key, String what) {
        if (has(key)) {
            problem(key, what + " come in a later version");
        }
    }

    /** All keys. */
    Set<String> keys() {
        return mapping.fields().keySet();
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        for (String key : keys()) {
            if (!asked.contains(key)) {
                problem(key, "unknown key; known are " + String.join(", ", asked));
            }
        }
    }
}
