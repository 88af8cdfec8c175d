package dev.plait.ingest.accesslog;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/**
 * Times as logs write them: ISO 8601, also with slashes in its date, with up to nine decimals (after a point or a comma), with {@code Z}, an offset, both also behind a blank or
 * before a zone's name in brackets, or neither (UTC then), or epoch time with or without decimals, in whatever unit. A day, hour or second that no calendar has is no time.
 */
public final class TimeText {
    /** The result for a text that is no time. */
    public static final long BAD = EpochTime.BAD;

    private static final int DATE_TIME_LENGTH = 19;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2261;
    private static final int MAX_DIGITS = 18;

    private TimeText() {}

    /** Nanoseconds since the epoch, or {@link #BAD}. */
    public static long nanos(byte[] text, int from, int to) {
        boolean dated = to - from > 4 && (text[from + 4] == '-' || text[from + 4] == '/');
        return dated ? isoNanos(text, from, to) : epochNanos(text, from, to);
    }

    private static long isoNanos(byte[] text, int from, int to) {
        int end = from + DATE_TIME_LENGTH;
        if (to < end || !hasShape(text, from)) {
            return BAD;
        }
        long second = second(text, from);
        int fractionEnd = end < to && (text[end] == '.' || text[end] == ',') ? afterDigits(text, end + 1, to) : end;
        long fraction = fractionEnd > end ? fractionNanos(text, end + 1, fractionEnd) : 0;
        long offset = offsetSeconds(text, fractionEnd, zoneNameStart(text, fractionEnd, to));
        if (second < 0 || fraction < 0 || offset == BAD) {
            return BAD;
        }
        return (second - offset) * 1_000_000_000L + fraction;
    }

    private static boolean hasShape(byte[] text, int from) {
        return text[from + 7] == text[from + 4]
                && (text[from + 10] == 'T' || text[from + 10] == ' ')
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    /** Seconds since the epoch of {@code yyyy-MM-ddTHH:mm:ss}, or -1. */
    private static long second(byte[] text, int from) {
        int year = number(text, from, from + 4);
        int month = number(text, from + 5, from + 7);
        int day = number(text, from + 8, from + 10);
        int hour = number(text, from + 11, from + 13);
        int minute = number(text, from + 14, from + 16);
        int second = number(text, from + 17, from + 19);
        if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) {
            return -1;
        }
        boolean valid = day <= Month.of(month).length(Year.isLeap(year))
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second < 60;
        return valid ? LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second : -1;
    }

    /** Where {@code [Europe/Berlin]} begins, which Java writes behind the offset; {@code to} when it is not there. */
    private static int zoneNameStart(byte[] text, int offset, int to) {
        int at = offset < to && text[to - 1] == ']' ? offset + 1 : to;
        while (at < to && text[at] != '[') {
            at++;
        }
        return at;
    }

    /** Seconds east of UTC: 0 for {@code Z} and for nothing, else of {@code +02:00}, {@code +0200} or {@code +02}; BAD for other texts. */
    private static long offsetSeconds(byte[] text, int from, int to) {
        if (from == to || to - from == 1 && (text[from] | 0x20) == 'z') {
            return 0;
        }
        if (text[from] == ' ') {
            return zoneSeconds(text, from + 1, to);
        }
        int length = to - from;
        boolean signed = text[from] == '+' || text[from] == '-';
        if (!signed || length != 3 && length != 5 && (length != 6 || text[from + 3] != ':')) {
            return BAD;
        }
        int hours = number(text, from + 1, from + 3);
        int minutes = length == 3 ? 0 : number(text, to - 2, to);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return BAD;
        }
        int seconds = hours * 3600 + minutes * 60;
        return text[from] == '-' ? -seconds : seconds;
    }

    /** Of {@code UTC}, or of an offset which a zone's name may follow ({@code -0400 EDT}), as Go and Ruby write times. */
    private static long zoneSeconds(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != ' ') {
            end++;
        }
        boolean signed = end > from && (text[from] == '+' || text[from] == '-');
        if (signed) {
            return offsetSeconds(text, from, end);
        }
        boolean utc = to - from == 3 && text[from] == 'U' && text[from + 1] == 'T' && text[from + 2] == 'C';
        return utc ? 0 : BAD;
    }

    private static long epochNanos(byte[] text, int from, int to) {
        int wholeEnd = afterDigits(text, from, to);
        if (wholeEnd == from || wholeEnd - from > MAX_DIGITS + 1 || wholeEnd < to && text[wholeEnd] != '.') {
            return BAD;
        }
        long whole = 0;
        for (int i = from; i < wholeEnd; i++) {
            whole = whole * 10 + text[i] - '0';
        }
        long unit = EpochTime.unitNanos((double) whole);
        boolean hasFraction = wholeEnd < to;
        long fraction = hasFraction ? fractionNanos(text, wholeEnd + 1, to) : 0;
        if (unit == 0 || fraction < 0) {
            return BAD;
        }
        return whole * unit + fraction / (1_000_000_000L / unit);
    }

    /** The billionths that one to nine decimals say, or -1. */
    private static long fractionNanos(byte[] text, int from, int to) {
        if (to == from || to - from > 9 || afterDigits(text, from, to) != to) {
            return -1;
        }
        long nanos = 0;
        for (int i = 0; i < 9; i++) {
            nanos = nanos * 10 + (from + i < to ? text[from + i] - '0' : 0);
        }
        return nanos;
    }

    private static int afterDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The value of digits, or -1 when one is none. */
    private static int number(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
