package dev.plait.topology.config;

import dev.plait.ingest.applog.AppLogForm;
import dev.plait.ingest.envoy.MeshFormat;
import dev.plait.topology.config.SourceConfig.Format;
import dev.plait.topology.config.SourceConfig.Signal;
import java.util.Map;

/**
 * How the bytes of one source differ from the usual of their format. The texts were tried when they were read; an empty one
 * stands for none.
 *
 * @param linePattern {@code line-pattern} of format log: an RE2 expression whose named groups are the fields of a line of text
 * @param timestampFormat {@code timestamp-format} of format log: the form of its times, as {@code DateTimeFormatter} has them
 * @param formatString {@code format-string} of format envoy, or of OTLP logs: the text format that its proxies are configured with
 * @param jsonFormat {@code json-format} of format envoy, or of OTLP logs: of each member of its JSON lines, the format,
 *     members of objects in them by their path with dots
 */
public record FormatOptions(
        String linePattern, String timestampFormat, String formatString, Map<String, String> jsonFormat) {
    public static final FormatOptions NONE = new FormatOptions("", "", "", Map.of());

    /** The key under which a mapping is given, which {@link Section} knows only by its presence. */
    static final String JSON_FORMAT = "json-format";

    private static final int MAX_MEMBERS = 256;

    public FormatOptions {
        jsonFormat = Map.copyOf(jsonFormat);
    }

    static FormatOptions of(Section section, Format format, Signal signal, Map<String, String> jsonFormat) {
        if (format == Format.LOG) {
            return logs(section);
        }
        boolean proxies = format == Format.ENVOY || format == Format.OTLP && signal == Signal.LOGS;
        return proxies ? envoy(section, jsonFormat) : NONE;
    }

    private static FormatOptions logs(Section section) {
        String linePattern = section.text("line-pattern", "");
        String timestampFormat = section.text("timestamp-format", "");
        if (section.text("format", "").equals("text") && linePattern.isEmpty()) {
            throw section.bad("line-pattern", "", "a regular expression, which format text needs");
        }
        tried(section, "line-pattern", linePattern, () -> AppLogForm.of(linePattern, ""));
        tried(section, "timestamp-format", timestampFormat, () -> AppLogForm.of("", timestampFormat));
        return new FormatOptions(linePattern, timestampFormat, "", Map.of());
    }

    private static FormatOptions envoy(Section section, Map<String, String> jsonFormat) {
        String formatString = section.text("format-string", "");
        section.has(JSON_FORMAT);
        if (jsonFormat.size() > MAX_MEMBERS) {
            throw section.bad(JSON_FORMAT, jsonFormat.size() + " members", "at most " + MAX_MEMBERS);
        }
        tried(section, "format-string", formatString, () -> MeshFormat.of(formatString, Map.of()));
        jsonFormat.forEach((name, member) ->
                tried(section, JSON_FORMAT + "." + name, member, () -> MeshFormat.of("", Map.of(name, member))));
        return new FormatOptions("", "", formatString, jsonFormat);
    }

    /** Of a decoder of format log. */
    public AppLogForm appLogs() {
        return AppLogForm.of(linePattern, timestampFormat);
    }

    /** Of a decoder of proxies' access logs: a new one each time, as it belongs to one thread. */
    public MeshFormat mesh() {
        return MeshFormat.of(formatString, jsonFormat);
    }

    private static void tried(Section section, String key, String text, Runnable trial) {
        try {
            trial.run();
        } catch (IllegalArgumentException bad) {
            throw section.bad(key, text.strip(), "one that can be used: " + bad.getMessage());
        }
    }
}
