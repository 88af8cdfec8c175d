package dev.plait.perf.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.perf.load.LoadSpan;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A 64-bit digest of what must come out of a span unchanged: ids, service, name, kind, times, status, every attribute. The
 * digest of several spans is the sum of theirs, whatever their order; so a trace's is compared without keeping it, and a
 * delta's is added to what came before.
 */
final class Content {
    private static final String[] KINDS = {"INTERNAL", "INTERNAL", "SERVER", "CLIENT"};

    private static final HexFormat HEX = HexFormat.of();

    private Content() {}

    static long of(LoadSpan span) {
        return digest(
                hex(span.spanId()),
                span.parentId() == 0 ? "" : hex(span.parentId()),
                span.service(),
                span.name(),
                KINDS[span.kind()],
                Long.toString(span.startEpochNanos()),
                Long.toString(span.durationNanos()),
                span.failed() ? "ERROR" : "UNSET",
                new TreeMap<>(span.attributes()).toString());
    }

    /** Of one of the spans that a record lists. */
    static long of(JsonNode span) {
        Map<String, String> attributes = new TreeMap<>();
        span.path("attributes").properties().forEach(field -> attributes.put(field.getKey(), text(field)));
        return digest(
                span.path("spanId").asText(),
                span.path("parentSpanId").asText(""),
                span.path("service").asText(),
                span.path("name").asText(),
                span.path("kind").asText(),
                span.path("startEpochNanos").asText(),
                span.path("durationNanos").asText(),
                span.path("status").asText(),
                attributes.toString());
    }

    private static String text(Map.Entry<String, JsonNode> field) {
        return field.getValue().asText();
    }

    private static String hex(long id) {
        return HEX.toHexDigits(id);
    }

    /** FNV-1a over the characters, a separator after each text, and a mixing step so that sums do not cancel. */
    private static long digest(String... texts) {
        long hash = 0xCBF29CE484222325L;
        for (String text : texts) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
            }
            hash = (hash ^ 0xFFFF) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return hash ^ hash >>> 29;
    }
}
