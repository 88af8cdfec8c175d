package dev.plait.correlator.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people say them. */
public final class Phrases {
    private static final long[] UNITS_MS = {86_400_000, 3_600_000, 60_000, 1_000};
    private static final String[] LETTERS = {"d", "h", "m", "s"};
    private static final String[] WORDS = {"day", "hour", "minute", "second"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Phrases() {}

    /** A window as records name it: {@code 1h}, {@code 90s}; in the largest unit that has no rest. */
    public static String window(long windowMs) {
        for (int i = 0; i < UNITS_MS.length; i++) {
            if (windowMs % UNITS_MS[i] == 0) {
                return windowMs / UNITS_MS[i] + LETTERS[i];
            }
        }
        return windowMs + "ms";
    }

    /** {@code 3 hours}, rounded to the nearest of a unit of which there is more than one and a half. */
    public static String about(long durationMs) {
        for (int i = 0; i < UNITS_MS.length; i++) {
            if (durationMs >= UNITS_MS[i] + UNITS_MS[i] / 2) {
                return Math.round((double) durationMs / UNITS_MS[i]) + " " + WORDS[i] + "s";
            }
            if (durationMs >= UNITS_MS[i]) {
                return "1 " + WORDS[i];
            }
        }
        return "less than a second";
    }

    /** Two digits that count, and never 100 % for less than all: {@code 7.2%}, {@code 0.015%}, {@code 99%}. */
    public static String percent(double ratio) {
        if (!Double.isFinite(ratio) || ratio == 0 || ratio == 1) {
            return ratio == 1 ? "100%" : "0%";
        }
        double percent = ratio * 100;
        if (Math.abs(percent) >= 100) {
            return String.format(Locale.ROOT, "%,d%%", Math.round(percent));
        }
        if (percent > 99) {
            return "over 99%";
        }
        return BigDecimal.valueOf(percent)
                        .round(new MathContext(2))
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }

    /** As it is promised, all digits: {@code 99.95%}. */
    static String target(double target) {
        return BigDecimal.valueOf(target).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    /** {@code 14}, {@code 1,200}, {@code 2.5}: one digit after the point below ten. */
    static String rate(double rate) {
        return rate >= 10 || rate == Math.rint(rate)
                ? String.format(Locale.ROOT, "%,d", Math.round(rate))
                : String.format(Locale.ROOT, "%.1f", rate);
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    public static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }
}
