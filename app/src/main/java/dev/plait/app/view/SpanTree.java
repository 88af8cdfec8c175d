package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spans of a trace as rows, each with its depth: children under their parent in the order of the record, which is by
 * start. A span whose parent is missing, or that is its own ancestor, stands at depth 0. Spans that share an ID (Zipkin's
 * shared client and server halves) share the children too; these follow the last of them.
 */
final class SpanTree {
    /** @param depth 0 for a root */
    record Row(JsonNode span, int depth) {}

    private final Map<String, List<JsonNode>> byParent = new HashMap<>();
    private final Map<String, Integer> halves = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Set<JsonNode> placed = Collections.newSetFromMap(new IdentityHashMap<>());

    private SpanTree() {}

    static List<Row> rows(JsonNode spans) {
        SpanTree tree = new SpanTree();
        Set<String> ids = new HashSet<>();
        spans.forEach(span -> ids.add(id(span)));
        List<JsonNode> roots = new ArrayList<>();
        for (JsonNode span : spans) {
            tree.halves.merge(id(span), 1, Integer::sum);
            String parent = span.path("parentSpanId").asText("");
            if (ids.contains(parent) && !parent.equals(id(span))) {
                tree.byParent.computeIfAbsent(parent, p -> new ArrayList<>()).add(span);
            } else {
                roots.add(span);
            }
        }
        roots.forEach(root -> tree.place(root, 0));
        // what is left hangs in a circle of parents
        spans.forEach(span -> tree.place(span, 0));
        return tree.rows;
    }

    private void place(JsonNode start, int startDepth) {
        List<Row> open = new ArrayList<>(List.of(new Row(start, startDepth)));
        while (!open.isEmpty()) {
            Row next = open.remove(open.size() - 1);
            if (!placed.add(next.span())) {
                continue;
            }
            rows.add(next);
            if (halves.merge(id(next.span()), -1, Integer::sum) == 0) {
                List<JsonNode> children = byParent.getOrDefault(id(next.span()), List.of());
                for (int i = children.size() - 1; i >= 0; i--) {
                    open.add(new Row(children.get(i), next.depth() + 1));
                }
            }
        }
    }

    private static String id(JsonNode span) {
        return span.path("spanId").asText("");
    }
}
