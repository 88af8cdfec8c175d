package dev.plait.sink.delivery;

import java.util.regex.Pattern;

/**
 * A URL of a configuration, or what stands there instead, as a message may quote it: without what can hold a secret (user,
 * query, fragment) and without control characters; at most 200 characters.
 */
public final class ShownUrl {
    private static final int MAX_CHARS = 200;
    private static final String COVER = "***";
    private static final Pattern USER = Pattern.compile("^(\\w+://)?.*@");
    private static final Pattern QUERY = Pattern.compile("[?#].*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private ShownUrl() {}

    public static String of(String text) {
        String shown = CONTROL.matcher(text.strip()).replaceAll("·");
        shown = QUERY.matcher(shown).replaceFirst("?" + COVER);
        shown = USER.matcher(shown).replaceFirst("$1" + COVER + "@");
        return "'" + (shown.length() > MAX_CHARS ? shown.substring(0, MAX_CHARS) + "…" : shown) + "'";
    }
}
