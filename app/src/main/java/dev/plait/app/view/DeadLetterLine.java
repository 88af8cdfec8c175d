package dev.plait.app.view;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One dead letter on one line: where it was, why it was refused, how it begins. */
public final class DeadLetterLine {
    private static final int MAX_TEXT = 120;
    private static final int MAX_VALUE = 60;
    private static final String CONNECT = "__connect.errors.";

    private DeadLetterLine() {}

    /**
     * The line of one record.
     *
     * @param headers its headers by name, as text
     */
    public static String of(Map<String, String> headers, byte[] value) {
        if (!headers.containsKey("plait.reason") && headers.containsKey(CONNECT + "topic")) {
            return ofSink(headers, value);
        }
        String item = headers.containsKey("plait.item") ? " item " + header(headers, "plait.item") : "";
        return header(headers, "plait.source.topic") + "-" + header(headers, "plait.source.partition") + "@"
                + header(headers, "plait.source.offset") + item + "  " + header(headers, "plait.reason") + ": "
                + header(headers, "plait.detail") + beginning(value);
    }

    /** What a sink's connector refused, with the headers of Kafka Connect. */
    private static String ofSink(Map<String, String> headers, byte[] value) {
        return header(headers, CONNECT + "topic") + "-" + header(headers, CONNECT + "partition") + "@"
                + header(headers, CONNECT + "offset") + "  sink " + header(headers, CONNECT + "connector.name") + ": "
                + header(headers, CONNECT + "exception.message") + beginning(value);
    }

    private static String beginning(byte[] value) {
        return "  [" + value.length + " bytes: " + Printable.of(new String(value, StandardCharsets.UTF_8), MAX_VALUE)
                + "]";
    }

    private static String header(Map<String, String> headers, String name) {
        return Printable.of(headers.getOrDefault(name, "?"), MAX_TEXT);
    }
}
