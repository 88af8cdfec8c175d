package dev.plait.correlator.red;

import java.util.ArrayList;
import java.util.List;

/**
 * Text of a key made of several values: what separates them is escaped by a backslash within them, as are backslashes, so that
 * different values never give the same key. A value is at most 256 characters; a longer one is cut and ends in an ellipsis.
 */
public final class KeyText {
    private static final int MAX_CHARS = 256;
    private static final char ESCAPE = '\\';
    private static final String CUT = "…";

    private final String separators;

    /** @param separators each of these characters is escaped */
    public KeyText(String separators) {
        this.separators = separators;
    }

    public void append(StringBuilder key, String value) {
        String bounded = bounded(value);
        for (int i = 0; i < bounded.length(); i++) {
            char character = bounded.charAt(i);
            if (character == ESCAPE || separators.indexOf(character) >= 0) {
                key.append(ESCAPE);
            }
            key.append(character);
        }
    }

    /** The values of a key, in order, as they were appended between any of the separators. */
    public List<String> split(String key) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char character = key.charAt(i);
            if (character == ESCAPE && i + 1 < key.length()) {
                value.append(key.charAt(++i));
            } else if (separators.indexOf(character) >= 0) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(character);
            }
        }
        values.add(value.toString());
        return values;
    }

    private static String bounded(String value) {
        if (value.length() <= MAX_CHARS) {
            return value;
        }
        int end = MAX_CHARS - CUT.length();
        return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
