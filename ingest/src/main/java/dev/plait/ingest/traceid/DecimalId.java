package dev.plait.ingest.traceid;

import java.util.OptionalLong;

/** Unsigned 64-bit IDs in decimal digits. */
final class DecimalId {
    private static final int MAX_DIGITS = 20;

    private DecimalId() {}

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Of 1 to 20 digits up to 2^64 - 1; empty for all else. */
    static OptionalLong parse(String text) {
        if (text.length() > MAX_DIGITS || !isDigits(text)) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }
}
