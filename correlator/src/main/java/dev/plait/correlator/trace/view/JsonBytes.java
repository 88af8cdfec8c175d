package dev.plait.correlator.trace.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** How many bytes a value takes as JSON in UTF-8 with its escapes, never too few; commas are counted where it is listed. */
final class JsonBytes {
    static final int NUMBER = 26;
    static final int BOOLEAN = 5;
    static final int NULL = 4;
    private static final int ESCAPED = 6;

    private JsonBytes() {}

    static long text(String text) {
        long bytes = 2L + text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                bytes += c < ' ' ? ESCAPED - 1 : c < 0x800 ? 1 : 2;
            }
        }
        return bytes;
    }

    /** An object of attributes or tags. */
    static long attributes(Map<String, ?> attributes) {
        long bytes = 2;
        for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
            Object value = attribute.getValue();
            bytes += text(attribute.getKey())
                    + 2
                    + (value instanceof String text ? text(text) : value instanceof Long n ? digits(n) : NUMBER);
        }
        return bytes;
    }

    /** A text, or null. */
    static long text(Optional<String> text) {
        return text.isPresent() ? text(text.get()) : NULL;
    }

    /** Decimal digits and a sign; at most one too many, as 1233 / 4096 is just above the logarithm of 2. */
    static int digits(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(number));
        return (bits * 1233 >>> 12) + (number < 0 ? 2 : 1);
    }

    static <T> long list(List<T> items, ToLongFunction<? super T> size) {
        long bytes = 2L + items.size();
        for (T item : items) {
            bytes += size.applyAsLong(item);
        }
        return bytes;
    }

    /** Braces, and for each name two quotes, a colon and a comma. */
    static int names(String names) {
        int bytes = 2;
        for (String name : names.split(" ", -1)) {
            bytes += name.length() + 4;
        }
        return bytes;
    }
}
