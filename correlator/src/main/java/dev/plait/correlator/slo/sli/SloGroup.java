package dev.plait.correlator.slo.sli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values by which a grouped SLO is told apart from its siblings.
 *
 * @param values by name, in the order of the definition's {@code groupBy}; at most {@value #MAX_VALUE} characters each, of
 *     which the last is {@code …} when it was cut; empty when the request has no such value
 * @param text {@code name=value,…} in the same order, with a backslash before {@code , = \} in values, so that two groups of
 *     one SLO never have the same text; empty without grouping
 */
public record SloGroup(Map<String, String> values, String text) {
    /** Characters of one value. */
    public static final int MAX_VALUE = 253;

    /** Of an SLO that is not grouped. */
    public static final SloGroup NONE = new SloGroup(Map.of(), "");

    public SloGroup {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The text says it all; its hash is remembered by the text itself. */
    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof SloGroup group && text.equals(group.text) && values.equals(group.values);
    }

    static SloGroup of(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> {
            text.append(text.isEmpty() ? "" : ",").append(name).append('=');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                text.append(c == ',' || c == '=' || c == '\\' ? "\\" : "").append(c);
            }
        });
        return new SloGroup(values, text.toString());
    }
}
