package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Sum and count of one business measure in one series and window, on one line. */
public final class MeasureLine {
    private static final int MAX_NAME = 64;

    private MeasureLine() {}

    /** The line of one window. */
    public static String of(JsonNode window) {
        return String.format(
                Locale.ROOT,
                "%s %-5s %s %s %s in %d  %s",
                Times.clock(TimeUnit.MILLISECONDS.toNanos(
                        window.path("windowStartMs").asLong())),
                window.path("final").asBoolean() ? "final" : "",
                Printable.of(window.path("measure").asText(), MAX_NAME),
                window.path("sum").decimalValue().toPlainString(),
                Printable.of(window.path("unit").asText(), MAX_NAME),
                window.path("count").asLong(),
                SeriesText.of(window.path("series")));
    }
}
