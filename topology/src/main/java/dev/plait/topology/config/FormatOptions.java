package dev.plait.topology.config;

import dev.plait.ingest.applog.AppLogForm;
import dev.plait.topology.config.SourceConfig.Format;

/**
 * How the bytes of one source differ from the usual of their format. The texts were tried when they were read; an empty one
 * stands for none.
 *
 * @param linePattern {@code line-pattern} of format log: an RE2 expression whose named groups are the fields of a line of text
 * @param timestampFormat {@code timestamp-format} of format log: the form of its times, as {@code DateTimeFormatter} has them
 */
public record FormatOptions(String linePattern, String timestampFormat) {
    public static final FormatOptions NONE = new FormatOptions("", "");

    static FormatOptions of(Section section, Format format) {
        if (format != Format.LOG) {
            return NONE;
        }
        String linePattern = section.text("line-pattern", "");
        String timestampFormat = section.text("timestamp-format", "");
        if (section.text("format", "").equals("text") && linePattern.isEmpty()) {
            throw section.bad("line-pattern", "", "a regular expression, which format text needs");
        }
        tried(section, "line-pattern", linePattern, () -> AppLogForm.of(linePattern, ""));
        tried(section, "timestamp-format", timestampFormat, () -> AppLogForm.of("", timestampFormat));
        return new FormatOptions(linePattern, timestampFormat);
    }

    public AppLogForm appLogs() {
        return AppLogForm.of(linePattern, timestampFormat);
    }

    private static void tried(Section section, String key, String text, Runnable trial) {
        try {
            trial.run();
        } catch (IllegalArgumentException bad) {
            throw section.bad(key, text, "one that can be used: " + bad.getMessage());
        }
    }
}
