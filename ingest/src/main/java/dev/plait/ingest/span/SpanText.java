package dev.plait.ingest.span;

/** Texts of spans as they may be written: whole characters, and no more of them than a reader wants. */
public final class SpanText {
    /** Longest value of a tag, in characters: room for any stack trace. */
    public static final int MAX_VALUE = 32_768;

    /** Longest name of a span, service, scope or event, in characters. */
    public static final int MAX_NAME = 1_024;

    private SpanText() {}

    /** At most {@code most} characters of the text, the last one whole; the same text when it is not longer. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** The text with U+FFFD for each half of a character, which UTF-8 cannot hold; the same text when there is none. */
    public static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return out.toString();
    }
}
