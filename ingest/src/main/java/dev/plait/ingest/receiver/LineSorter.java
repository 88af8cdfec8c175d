package dev.plait.ingest.receiver;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.WrappedText;
import dev.plait.ingest.receiver.Delivery.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deals lines out to records: Kong's logs to those of Kong, all others to those of the mesh. A line that its decoder refuses gets
 * a record of its own, since broken JSON takes its neighbours with it into the dead letters. Belongs to one thread.
 */
final class LineSorter {
    /** Parts of Kong's logs that are objects; Envoy's JSON is flat, and users choose its names. */
    private static final Set<String> KONG_PARTS = Set.of("request", "response", "session", "latencies", "tries");

    private final Set<Input> inputs;
    private final RequestCheck check;
    private final ReceiverMetrics metrics;
    private final Map<ForeignFormat, ByteArrayOutputStream> records = new EnumMap<>(ForeignFormat.class);

    /** @param inputs that have a topic: one of the two at least; the lines of the other go there, too */
    LineSorter(Set<Input> inputs, RequestCheck check, ReceiverMetrics metrics) {
        this.inputs = inputs;
        this.check = check;
        this.metrics = metrics;
    }

    /** The records of the lines in {@code [0, length)}, of which the last one may lack its line feed. */
    List<Item> sort(byte[] bytes, int length) {
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < length; ) {
            int to = from;
            while (to < length && bytes[to] != '\n') {
                to++;
            }
            if (Payload.firstNonBlank(bytes, from, to) < to) {
                line(Arrays.copyOfRange(bytes, from, to), items);
            }
            from = to + 1;
        }
        records.forEach((format, lines) -> items.add(new Item(format, lines.toByteArray())));
        records.clear();
        return items;
    }

    private void line(byte[] line, List<Item> items) {
        ForeignFormat format = format(line);
        boolean good = isGood(format, line);
        metrics.line(format, good);
        if (good) {
            ByteArrayOutputStream lines = records.computeIfAbsent(format, first -> new ByteArrayOutputStream());
            lines.write(line, 0, line.length);
            lines.write('\n');
        } else {
            items.add(new Item(format, line));
        }
    }

    private boolean isGood(ForeignFormat format, byte[] line) {
        try {
            return check.check(format, line, false).refusedItems() == 0;
        } catch (Refusal refused) {
            return false;
        }
    }

    private ForeignFormat format(byte[] line) {
        boolean kong = inputs.contains(ForeignFormat.KONG);
        boolean mesh = inputs.contains(ForeignFormat.MESH);
        return kong && (!mesh || isKong(line)) ? ForeignFormat.KONG : ForeignFormat.MESH;
    }

    /** Whether the first JSON object of the line, if there is one, has a part that only Kong's logs have. */
    private static boolean isKong(byte[] line) {
        int start = Payload.firstNonBlank(line, Payload.afterByteOrderMark(line), line.length);
        while (start < line.length && line[start] != '{') {
            start++; // past a syslog header
        }
        if (start == line.length) {
            return false;
        }
        try (JsonParser parser = JsonInput.open(line, start, line.length)) {
            return parser.nextToken() == JsonToken.START_OBJECT && hasKongPart(parser, true);
        } catch (IOException broken) {
            return false; // where it is sent to, it becomes a dead letter
        }
    }

    /** Of the object the parser stands at, which may hold the log one level deeper. */
    private static boolean hasKongPart(JsonParser parser, boolean top) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value.isStructStart() && KONG_PARTS.contains(name)) {
                return true;
            }
            boolean wrapper = top && WrappedText.isName(name);
            if (wrapper && value == JsonToken.START_OBJECT) {
                if (hasKongPart(parser, false)) {
                    return true;
                }
            } else if (wrapper
                    && value == JsonToken.VALUE_STRING
                    && parser.getText().startsWith("{")
                    && isKong(parser.getText().getBytes(StandardCharsets.UTF_8))) {
                return true;
            } else {
                parser.skipChildren();
            }
        }
        return false;
    }
}
