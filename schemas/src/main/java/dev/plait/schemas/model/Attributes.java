package dev.plait.schemas.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Telemetry attributes: a map in the order they came, whose values are String, Long, Double or Boolean (arrays and maps are
 * kept as their JSON text). Functions over the plain map. A number may arrive as any of them: Kong writes all numbers as
 * doubles, Envoy and Zipkin as text.
 */
public final class Attributes {
    private Attributes() {}

    /** An unmodifiable copy that keeps the order; what was copied before is not copied again. @throws IllegalArgumentException on a value of another type */
    public static Map<String, Object> copy(Map<String, ?> attributes) {
        if (attributes.isEmpty()) {
            return Map.of();
        }
        if (attributes instanceof CheckedAttributes checked) {
            return checked;
        }
        Map<String, Object> copy = new LinkedHashMap<>(attributes.size() * 2);
        attributes.forEach((key, value) -> {
            if (!(value instanceof String
                    || value instanceof Long
                    || value instanceof Double
                    || value instanceof Boolean)) {
                throw new IllegalArgumentException("attribute " + key + " is neither text, long, double nor boolean");
            }
            copy.put(key, value);
        });
        return new CheckedAttributes(copy);
    }

    /** The text of the first of {@code keys} that is present and not empty. */
    public static Optional<String> text(Map<String, Object> attributes, String... keys) {
        for (String key : keys) {
            Object value = attributes.get(key);
            if (value != null && !value.toString().isEmpty()) {
                return Optional.of(value.toString());
            }
        }
        return Optional.empty();
    }

    /**
     * The value that a person means by {@code name}, be it the present name of something or an older one: that under the name
     * itself, else under another name of the same.
     */
    public static Optional<Object> named(Map<String, Object> attributes, String name) {
        Object value = attributes.get(name);
        return value != null ? Optional.of(value) : SemanticName.of(name).flatMap(meant -> meant.value(attributes));
    }

    /** The first of {@code keys} that holds a whole number, as a number or as its text. */
    public static OptionalLong wholeNumber(Map<String, Object> attributes, String... keys) {
        OptionalDouble number = number(attributes, keys);
        if (number.isEmpty() || number.getAsDouble() != Math.rint(number.getAsDouble())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) number.getAsDouble());
    }

    /** The first of {@code keys} that holds a finite number, as a number or as its text. */
    public static OptionalDouble number(Map<String, Object> attributes, String... keys) {
        for (String key : keys) {
            Object value = attributes.get(key);
            double number =
                    value instanceof Number n ? n.doubleValue() : value instanceof String s ? parse(s) : Double.NaN;
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        }
        return OptionalDouble.empty();
    }

    /** NaN when it is no number. */
    static double parse(String text) {
        if (text.isEmpty() || text.length() > 32) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
