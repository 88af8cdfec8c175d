package dev.plait.correlator.trace.view;

import java.util.Optional;

/** Cuts texts to a number of characters, the last an ellipsis where something is missing; tears no surrogate pair. */
final class Cut {
    private static final String MARK = "…";

    private Cut() {}

    /** @param limit at least 2 */
    static String text(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + MARK;
    }

    static Optional<String> text(Optional<String> text, int limit) {
        return text.map(value -> text(value, limit));
    }
}
