package dev.plait.sink.otlp;

/** What backends say, fit for a log line. */
final class Texts {
    private static final int MAX_CHARACTERS = 300;

    private Texts() {}

    /** One line of at most 300 characters. */
    static String cut(String text) {
        String line = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "…" : text;
        return line.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
