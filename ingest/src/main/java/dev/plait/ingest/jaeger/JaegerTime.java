package dev.plait.ingest.jaeger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Protobuf's Timestamp and Duration as nanoseconds, from their fields and from their JSON texts. What nanoseconds cannot say,
 * and times before 1970, are none.
 */
final class JaegerTime {
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_TEXT = 40;
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, BigDecimal> UNIT_NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "µs", BigDecimal.valueOf(1_000),
            "μs", BigDecimal.valueOf(1_000),
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(SECOND),
            "m", BigDecimal.valueOf(60 * SECOND),
            "h", BigDecimal.valueOf(3_600 * SECOND));

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

    /** Of {@code 0.000046s}; of Go's {@code 46µs} and {@code 1m0.5s}, too, which its JSON library for protobuf reads. */
    static OptionalLong duration(String text) {
        if (text.length() > MAX_TEXT) {
            return OptionalLong.empty();
        }
        Matcher parts = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (end < text.length() && parts.find() && parts.start() == end) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(UNIT_NANOS.get(parts.group(2))));
            end = parts.end();
        }
        boolean whole = end == text.length() && end > 0 && nanos.compareTo(MAX_NANOS) < 0;
        return whole ? OptionalLong.of(nanos.longValue()) : OptionalLong.empty();
    }
}
