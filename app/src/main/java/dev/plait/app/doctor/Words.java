package dev.plait.app.doctor;

import java.util.Locale;

/** Numbers as people read them. */
final class Words {
    private Words() {}

    /** A share, never rounded to nothing or to all. */
    static String percent(double share) {
        double percent = share * 100;
        if (percent > 0 && percent < 0.1) {
            return "<0.1 %";
        }
        if (percent < 100 && percent > 99.9) {
            return ">99.9 %";
        }
        return String.format(
                Locale.ROOT, percent == Math.rint(percent) || percent >= 10 ? "%.0f %%" : "%.1f %%", percent);
    }

    static String age(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond > 0 && perSecond < 100 ? "%.1f" : "%.0f", perSecond);
    }

    static String count(long count, Enum<?> reason) {
        return count + " " + reason.name();
    }
}
