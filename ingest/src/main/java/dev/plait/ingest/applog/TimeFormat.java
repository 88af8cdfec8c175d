package dev.plait.ingest.applog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A configured form of times, as {@link DateTimeFormatter} has them ({@code dd/MMM/yyyy:HH:mm:ss Z}), names in English. A time
 * without a zone is UTC. It must hold a year, a day and an hour, which is tried when it is made.
 */
public final class TimeFormat {
    private static final ZoneOffset UTC = ZoneOffset.UTC;
    private static final long FIRST_SECOND = 0;
    private static final long END_SECOND = 9_200_000_000L;

    private final DateTimeFormatter formatter;

    private TimeFormat(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /** Of its text. @throws IllegalArgumentException with a clause that says what is wrong */
    public static TimeFormat of(String pattern) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
        TimeFormat format = new TimeFormat(formatter);
        Instant moment = Instant.parse("2026-11-23T22:41:37Z");
        OptionalLong back = format.nanos(formatter.format(moment.atZone(UTC)));
        long lostSeconds =
                back.isEmpty() ? Long.MAX_VALUE : moment.getEpochSecond() - back.getAsLong() / 1_000_000_000L;
        if (lostSeconds < 0 || lostSeconds >= 60) {
            throw new IllegalArgumentException("it must hold year, month, day, hour and minute");
        }
        return format;
    }

    /** Nanoseconds since the epoch; empty when the text is no such time. */
    OptionalLong nanos(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            Instant instant = parsed.isSupported(ChronoField.INSTANT_SECONDS)
                    ? Instant.from(parsed)
                    : LocalDateTime.from(parsed).toInstant(UTC);
            long second = instant.getEpochSecond();
            return second < FIRST_SECOND || second >= END_SECOND
                    ? OptionalLong.empty()
                    : OptionalLong.of(second * 1_000_000_000L + instant.getNano());
        } catch (DateTimeException noTime) {
            return OptionalLong.empty();
        }
    }
}
