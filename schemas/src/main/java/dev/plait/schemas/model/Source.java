package dev.plait.schemas.model;

import java.util.Locale;

/** What wrote an input record; {@link #label} is what output records name it. */
public enum Source {
    OTLP,
    KONG,
    ENVOY;

    private static final Source[] SOURCES = values();
    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }

    /** Of {@link #ordinal}, as frames carry it. @throws IllegalArgumentException when there is none */
    public static Source ofNumber(int number) {
        if (number < 0 || number >= SOURCES.length) {
            throw new IllegalArgumentException("no source has number " + number);
        }
        return SOURCES[number];
    }
}
