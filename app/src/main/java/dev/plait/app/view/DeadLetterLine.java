package dev.plait.app.view;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One dead letter on one line: where it was, why it was refused, how it begins. */
public final class DeadLetterLine {
    private static final int MAX_TEXT = 120;
    private static final int MAX_VALUE = 60;

    private DeadLetterLine() {}

    /**
     * The line of one record.
     *
     * @param headers its headers by name, as text
     */
    public static String of(Map<String, String> headers, byte[] value) {
        String item = headers.containsKey("plait.item") ? " item " + header(headers, "plait.item") : "";
        return header(headers, "plait.source.topic") + "-" + header(headers, "plait.source.partition") + "@"
                + header(headers, "plait.source.offset") + item + "  " + header(headers, "plait.reason") + ": "
                + header(headers, "plait.detail") + "  [" + value.length + " bytes: "
                + Printable.of(new String(value, StandardCharsets.UTF_8), MAX_VALUE) + "]";
    }

    private static String header(Map<String, String> headers, String name) {
        return Printable.of(headers.getOrDefault(name, "?"), MAX_TEXT);
    }
}
