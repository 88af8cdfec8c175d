package dev.plait.ingest.applog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.ShortJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * Renders messages that name their properties: {@code Order {OrderId} took {Elapsed:0.0} ms}. In place of each hole stands the
 * property, or, of holes with a format, what the logger rendered itself; a hole whose property is not there stays. Doubled
 * braces are one. Not thread safe. Source: messagetemplates.org; Serilog's compact format ({@code @mt}, {@code @r}).
 */
final class MessageTemplate {
    private static final String RENDERINGS = "@r";
    private static final int MAX_GROWTH = 4_096;

    private final ShortJson lists = new ShortJson();
    private final Queue<String> renderings = new ArrayDeque<>();
    private final StringBuilder out = new StringBuilder();
    private int grown;

    /**
     * The message; the properties in it have at most {@value #MAX_GROWTH} characters, holes beyond stay.
     *
     * @param properties what stands before a property's name in its path
     */
    String rendered(String template, Map<String, Object> fields, String properties) {
        out.setLength(0);
        grown = 0;
        renderings.clear();
        if (fields.get(RENDERINGS) instanceof String list) {
            readRenderings(list);
        }
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if ((c == '{' || c == '}') && template.startsWith(c == '{' ? "{{" : "}}", at)) {
                out.append(c);
                at += 2;
            } else if (c == '{') {
                int close = template.indexOf('}', at);
                int end = close < 0 ? template.length() : close + 1;
                if (close < 0 || !fill(template, at, close, fields, properties)) {
                    out.append(template, at, end);
                }
                at = end;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    /** Puts the value in place of the hole, as {@code {@Name,10:0.0}} with or without each of its signs; false where it stays. */
    private boolean fill(String template, int open, int close, Map<String, Object> fields, String properties) {
        int from = "@$".indexOf(template.charAt(open + 1)) < 0 ? open + 1 : open + 2;
        int to = from;
        while (isOfName(template.charAt(to))) {
            to++;
        }
        if (!renderings.isEmpty() && template.substring(to, close).indexOf(':') >= 0) {
            return put(renderings.remove());
        }
        if (to == from || ",:}".indexOf(template.charAt(to)) < 0) {
            return false;
        }
        String name = template.substring(from, to);
        Object value = fields.get(properties.isEmpty() ? name : properties + name);
        return value != null && put(value.toString());
    }

    /** Few signs may name a long text many times over. */
    private boolean put(String value) {
        grown += value.length();
        if (grown <= MAX_GROWTH) {
            out.append(value);
        }
        return grown <= MAX_GROWTH;
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private void readRenderings(String list) {
        byte[] utf8 = list.getBytes(StandardCharsets.UTF_8);
        JsonParser parser = lists.open(utf8, 0, utf8.length);
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    renderings.add(parser.getText());
                }
            }
        } catch (IOException cut) {
            // longer than a text may be
            renderings.clear();
        }
    }
}
