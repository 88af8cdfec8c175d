package dev.plait.schemas.model;

/**
 * The bounds of an {@link SloDefinition}, so that whatever comes from the topic of definitions has a known cost. The checks
 * throw {@link IllegalArgumentException} with what was found and what would be right.
 */
public final class SloBounds {
    /** Characters of a name. */
    public static final int MAX_NAME = 253;

    /** Characters of a {@code where} or a description. */
    public static final int MAX_TEXT = 8 * 1024;

    public static final int MAX_GROUP_BY = 10;
    public static final int MAX_ALERTS = 20;

    /** Window pairs of one alert. */
    public static final int MAX_PAIRS = 10;

    public static final int MAX_DAYS = 366;
    public static final long MIN_WINDOW_MS = 1000;
    public static final long MAX_WINDOW_MS = MAX_DAYS * 86_400_000L;

    private SloBounds() {}

    static void name(String field, String name) {
        check(!name.isEmpty(), field, name, "a name");
        text(field, name, MAX_NAME);
    }

    static void text(String field, String text, int most) {
        check(text.length() <= most, field, text.length() + " characters", "at most " + most);
    }

    static void atMost(String field, int count, int most) {
        check(count <= most, field, count, "at most " + most);
    }

    static void window(String field, long timeMs) {
        check(timeMs >= MIN_WINDOW_MS && timeMs <= MAX_WINDOW_MS, field, timeMs, "1 s to 366 days");
    }

    static void check(boolean holds, String field, Object found, String right) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + found + "; expected " + right);
        }
    }
}
