package dev.plait.ingest.traceid;

import dev.plait.schemas.model.TraceId;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** Unsigned IDs in decimal digits. */
final class DecimalId {
    private static final int MAX_DIGITS = 20;
    private static final int MAX_WIDE_DIGITS = 39;

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

    /** Of up to 39 digits from 2^64 to 2^128 - 1; empty for all else. */
    static Optional<TraceId> wide(String text) {
        if (text.length() < MAX_DIGITS || text.length() > MAX_WIDE_DIGITS || !isDigits(text)) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(text);
        BigInteger high = value.shiftRight(Long.SIZE);
        return high.signum() == 0 || high.bitLength() > Long.SIZE
                ? Optional.empty()
                : HexId.of(high.longValue(), value.longValue());
    }
}
