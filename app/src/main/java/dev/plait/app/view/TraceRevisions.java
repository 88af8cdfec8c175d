package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The revisions seen of some traces, in any order. What counts of a trace is its highest complete revision and the deltas
 * above it; a trace under its 64-bit ID is forgotten once a revision says that it replaces it.
 */
public final class TraceRevisions {
    private final Map<String, NavigableMap<Integer, JsonNode>> byTrace = new TreeMap<>();
    private final Set<String> replaced = new HashSet<>();

    public void add(JsonNode trace) {
        byTrace.computeIfAbsent(trace.path("traceId").asText(), id -> new TreeMap<>())
                .put(trace.path("revision").asInt(), trace);
        JsonNode old = trace.path("replacesTraceId");
        if (old.isTextual()) {
            replaced.add(old.asText());
        }
    }

    /** One list per trace, by trace ID: its highest complete revision, when there is one, then the deltas above it. */
    public List<List<JsonNode>> current() {
        List<List<JsonNode>> traces = new ArrayList<>();
        byTrace.forEach((id, revisions) -> {
            if (!replaced.contains(id)) {
                traces.add(current(revisions));
            }
        });
        return traces;
    }

    private static List<JsonNode> current(NavigableMap<Integer, JsonNode> revisions) {
        List<JsonNode> current = new ArrayList<>();
        for (JsonNode revision : revisions.descendingMap().values()) {
            current.add(0, revision);
            if (!revision.path("delta").asBoolean()) {
                break;
            }
        }
        return current;
    }
}
