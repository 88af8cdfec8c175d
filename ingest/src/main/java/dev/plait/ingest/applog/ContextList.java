package dev.plait.ingest.applog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.ShortJson;
import dev.plait.ingest.span.SpanText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the IDs in a context that is written as a list: objects of one member or more ({@code [{"trace_id":"…"}]}, as .NET's
 * scopes and Logback's key-value pairs are), or of a key and a value ({@code [{"key":"trace_id","value":"…"}]}, as Log4j's
 * context map may be). The list itself stays an attribute.
 */
final class ContextList {
    private final FieldNames names;
    private final AppLog log;
    private final ShortJson lists = new ShortJson();

    ContextList(FieldNames names, AppLog log) {
        this.names = names;
        this.log = log;
    }

    /** Whether a list can name a trace, in whatever spelling: most do not, and need not be read. */
    static boolean mayName(String list) {
        return list.contains("race") || list.contains("RACE");
    }

    /** Adds what has a meaning in {@code list}, which is JSON, as fields under {@code path}. */
    void read(String path, String list) throws IOException {
        byte[] utf8 = list.getBytes(StandardCharsets.UTF_8);
        JsonParser parser = lists.open(utf8, 0, utf8.length);
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                members(path, parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void members(String path, JsonParser parser) throws IOException {
        String key = "";
        String value = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!parser.nextToken().isScalarValue()) {
                parser.skipChildren();
                continue;
            }
            String text = parser.getText();
            add(path + '.' + name, text);
            key = name.equals("key") ? text : key;
            value = name.equals("value") ? text : value;
        }
        if (!key.isEmpty()) {
            add(path + '.' + key, value);
        }
    }

    private void add(String path, String value) {
        if (path.length() <= SpanText.MAX_NAME && names.of(path).isPresent()) {
            log.field(path, value);
        }
    }
}
