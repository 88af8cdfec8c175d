package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds each span's parent among the spans of its trace. O(n) time and space, for any references whatsoever:
 *
 * <ul>
 *   <li>A span that names no parent, or itself, has none.
 *   <li>Zipkin lets client and server share one ID: the server half is the client half's child, and a span that names the
 *       shared ID is a child of the half of its own service, else of the server half.
 *   <li>Spans that name each other in a circle are cut where the circle's first span (by start, then ID) begins.
 * </ul>
 */
final class SpanParents {
    static final int NONE = -1;

    private final List<ReceivedSpan> spans;
    private final String[] services;
    private final int[] parents;
    private final Map<Long, Integer> firstById;
    private final int[] nextOfId;
    private final Set<Long> missing = new HashSet<>();
    private int circles;

    /** @param spans sorted, as the first of a circle is told by its place */
    SpanParents(List<ReceivedSpan> spans, String[] services) {
        this.spans = spans;
        this.services = services;
        parents = new int[spans.size()];
        nextOfId = new int[spans.size()];
        firstById = new HashMap<>(spans.size() * 2);
        for (int i = spans.size() - 1; i >= 0; i--) {
            Integer next = firstById.put(spans.get(i).spanId(), i);
            nextOfId[i] = next == null ? NONE : next;
        }
        Arrays.setAll(parents, this::find);
        cutCircles();
    }

    /** The parent of each span, or {@link #NONE}. */
    int[] parents() {
        return parents;
    }

    /** How many distinct spans are named as a parent and were not seen. */
    int missing() {
        return missing.size();
    }

    int circles() {
        return circles;
    }

    static boolean isServing(SpanKind kind) {
        return kind == SpanKind.SERVER || kind == SpanKind.CONSUMER;
    }

    /** Whether a span names another span as its parent. */
    static boolean namesParent(ReceivedSpan span) {
        return span.parentSpanId() != 0 && span.parentSpanId() != span.spanId();
    }

    private int find(int child) {
        ReceivedSpan span = spans.get(child);
        if (isServing(span.kind())) {
            int client = clientHalf(span.spanId());
            if (client != NONE) {
                return client;
            }
        }
        if (!namesParent(span)) {
            return NONE;
        }
        int best = NONE;
        for (int i = firstById.getOrDefault(span.parentSpanId(), NONE); i != NONE; i = nextOfId[i]) {
            if (best == NONE || nearness(child, i) > nearness(child, best)) {
                best = i;
            }
        }
        if (best == NONE) {
            missing.add(span.parentSpanId());
        }
        return best;
    }

    private int clientHalf(long spanId) {
        for (int i = firstById.get(spanId); i != NONE; i = nextOfId[i]) {
            SpanKind kind = spans.get(i).kind();
            if (kind == SpanKind.CLIENT || kind == SpanKind.PRODUCER) {
                return i;
            }
        }
        return NONE;
    }

    private int nearness(int child, int parent) {
        int sameService = services[child].equals(services[parent]) ? 2 : 0;
        return sameService + (isServing(spans.get(parent).kind()) ? 1 : 0);
    }

    /** Walks up from every span, each span once: a walk that meets itself has found a circle. */
    private void cutCircles() {
        int[] walks = new int[parents.length];
        for (int start = 0; start < parents.length; start++) {
            int walk = start + 1;
            int at = start;
            while (at != NONE && walks[at] == 0) {
                walks[at] = walk;
                at = parents[at];
            }
            if (at != NONE && walks[at] == walk) {
                cut(at);
            }
        }
    }

    private void cut(int onCircle) {
        int first = onCircle;
        for (int at = parents[onCircle]; at != onCircle; at = parents[at]) {
            first = Math.min(first, at);
        }
        parents[first] = NONE;
        circles++;
    }
}
