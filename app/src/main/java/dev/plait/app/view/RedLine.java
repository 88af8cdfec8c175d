package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Requests, errors and durations of one series in one window, on one line. */
public final class RedLine {
    private RedLine() {}

    /** The line of one window. */
    public static String of(JsonNode window) {
        JsonNode duration = window.path("duration");
        return String.format(
                Locale.ROOT,
                "%s %-5s %7d requests %6d errors  p50 %s  p99 %s  %s",
                Times.clock(TimeUnit.MILLISECONDS.toNanos(
                        window.path("windowStartMs").asLong())),
                window.path("final").asBoolean() ? "final" : "",
                window.path("requests").asLong(),
                window.path("errors").asLong(),
                Times.millis(duration.path("p50Nanos").asLong()),
                Times.millis(duration.path("p99Nanos").asLong()),
                SeriesText.of(window.path("series")));
    }
}
