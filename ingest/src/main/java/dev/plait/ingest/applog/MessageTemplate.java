package dev.plait.ingest.applog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.ShortJson;
import dev.plait.ingest.span.SpanText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Pattern;

/**
 * Renders messages that name their properties: {@code Order {OrderId} took {Elapsed:0.0} ms}. In place of each hole stands the
 * property, or, of holes with a format, what the logger rendered itself; a hole whose property is not there stays. Doubled
 * braces are one. Not thread safe. Source: messagetemplates.org; Serilog's compact format ({@code @mt}, {@code @r}).
 */
final class MessageTemplate {
    private static final String RENDERINGS = "@r";
    private static final Pattern NAME = Pattern.compile("\\w+");

    private final ShortJson lists = new ShortJson();
    private final Queue<String> renderings = new ArrayDeque<>();
    private final StringBuilder out = new StringBuilder();

    /**
     * The message, at most one property longer than a text may be.
     *
     * @param properties what stands before a property's name in its path
     */
    String rendered(String template, Map<String, Object> fields, String properties) {
        out.setLength(0);
        renderings.clear();
        if (fields.get(RENDERINGS) instanceof String list) {
            readRenderings(list);
        }
        int at = 0;
        while (at < template.length() && out.length() <= SpanText.MAX_VALUE) {
            char c = template.charAt(at);
            if ((c == '{' || c == '}') && template.startsWith(c == '{' ? "{{" : "}}", at)) {
                out.append(c);
                at += 2;
            } else if (c == '{') {
                int close = template.indexOf('}', at);
                int end = close < 0 ? template.length() : close + 1;
                String hole = template.substring(at, end);
                out.append(close < 0 ? hole : inPlaceOf(hole, fields, properties));
                at = end;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private String inPlaceOf(String hole, Map<String, Object> fields, String properties) {
        String name = hole.substring(1).split("[,:}]", 2)[0].replaceFirst("^[@$]", "");
        if (hole.indexOf(':') > 0 && !renderings.isEmpty()) {
            return renderings.remove();
        }
        Object value = NAME.matcher(name).matches() ? fields.get(properties + name) : null;
        return value == null ? hole : value.toString();
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
