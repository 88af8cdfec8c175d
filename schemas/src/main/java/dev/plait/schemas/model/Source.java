package dev.plait.schemas.model;

import java.util.Locale;

/** What wrote an input record; {@link #label} is what output records name it. */
public enum Source {
    OTLP(0),
    KONG(1),
    ENVOY(2),
    ZIPKIN(3),
    JAEGER(4),
    PROMETHEUS(5),
    /** A program that logs in a form of its own. */
    LOG(6);

    private static final Source[] SOURCES = values();
    private final int number;
    private final String label = name().toLowerCase(Locale.ROOT);

    Source(int number) {
        this.number = number;
    }

    public String label() {
        return label;
    }

    /** What frames carry: part of their format. */
    public int number() {
        return number;
    }

    /** Of {@link #number}. @throws IllegalArgumentException when there is none */
    public static Source ofNumber(int number) {
        if (number < 0 || number >= SOURCES.length) {
            throw new IllegalArgumentException("no source has number " + number);
        }
        return SOURCES[number];
    }
}
