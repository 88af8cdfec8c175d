package dev.plait.ingest.openslo;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenSLO's duration shorthand, a positive whole number and a unit: minutes {@code m}, hours {@code h}, days {@code d}, weeks
 * {@code w}; Plait also knows {@code ms} and {@code s}. Months, quarters and years have no fixed length.
 */
final class Durations {
    private static final Pattern SHORTHAND = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");

    private Durations() {}

    /** Empty when it is none, or more than a hundred years. */
    static OptionalLong nanos(String text) {
        Matcher matcher = SHORTHAND.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        long ms = amount
                * switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> 7 * 86_400_000;
                };
        boolean fits = ms > 0 && ms <= TimeUnit.DAYS.toMillis(36_500);
        return fits ? OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(ms)) : OptionalLong.empty();
    }
}
