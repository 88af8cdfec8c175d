package dev.plait.ingest.applog;

import java.util.Optional;

/** How the logs of one source are to be read: how its lines of text are, if it has any, and its times if they are unusual. */
public record AppLogForm(Optional<LinePattern> linePattern, Optional<TimeFormat> timeFormat) {
    /** JSON alone. */
    public static final AppLogForm JSON = new AppLogForm(Optional.empty(), Optional.empty());

    /**
     * Of configured texts; an empty one stands for none.
     *
     * @throws IllegalArgumentException with a clause that says what is wrong
     */
    public static AppLogForm of(String linePattern, String timeFormat) {
        return new AppLogForm(
                linePattern.isEmpty() ? Optional.empty() : Optional.of(LinePattern.of(linePattern)),
                timeFormat.isEmpty() ? Optional.empty() : Optional.of(TimeFormat.of(timeFormat)));
    }
}
