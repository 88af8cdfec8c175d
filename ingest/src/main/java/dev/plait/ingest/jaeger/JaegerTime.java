package dev.plait.ingest.jaeger;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Protobuf's Timestamp and Duration as nanoseconds, from their fields and from their JSON texts. What nanoseconds cannot say,
 * and times before 1970, are none.
 */
final class JaegerTime {
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_TEXT = 40;

    private JaegerTime() {}

    /** Empty when it is out of range. */
    static OptionalLong nanos(long seconds, long nanos) {
        if (seconds < 0 || nanos < 0 || nanos >= SECOND || seconds >= Long.MAX_VALUE / SECOND) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(seconds * SECOND + nanos);
    }

    /** Of {@code 2026-01-01T00:00:00.000010Z}; an offset may stand for the Z. */
    static OptionalLong moment(String text) {
        if (text.length() > MAX_TEXT) {
            return OptionalLong.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return nanos(instant.getEpochSecond(), instant.getNano());
        } catch (DateTimeParseException notATime) {
            return OptionalLong.empty();
        }
    }

    /** Of {@code 0.000046s}. */
    static OptionalLong duration(String text) {
        int end = text.length() - 1;
        if (end < 1 || end > MAX_TEXT || text.charAt(end) != 's' || !isDecimal(text, end)) {
            return OptionalLong.empty();
        }
        try {
            Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            return nanos(duration.getSeconds(), duration.getNano());
        } catch (DateTimeParseException | ArithmeticException notADuration) {
            return OptionalLong.empty();
        }
    }

    private static boolean isDecimal(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return true;
    }
}
