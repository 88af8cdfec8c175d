package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceSpan;
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
public final class SpanParents {
    public static final int NONE = -1;

    private final long[] ids;
    private final long[] named;
    private final SpanKind[] kinds;
    private final String[] services;
    private final int[] parents;
    private final Map<Long, Integer> firstById;
    private final int[] nextOfId;
    private final Set<Long> missing = new HashSet<>();
    private int circles;

    private SpanParents(long[] ids, long[] named, SpanKind[] kinds, String[] services) {
        this.ids = ids;
        this.named = named;
        this.kinds = kinds;
        this.services = services;
        parents = new int[ids.length];
        nextOfId = new int[ids.length];
        firstById = new HashMap<>(ids.length * 2);
        for (int i = ids.length - 1; i >= 0; i--) {
            Integer next = firstById.put(ids[i], i);
            nextOfId[i] = next == null ? NONE : next;
        }
        Arrays.setAll(parents, this::find);
        cutCircles();
    }

    /** @param spans sorted, as the first of a circle is told by its place */
    static SpanParents of(List<ReceivedSpan> spans, String[] services) {
        return new SpanParents(
                spans.stream().mapToLong(ReceivedSpan::spanId).toArray(),
                spans.stream().mapToLong(ReceivedSpan::parentSpanId).toArray(),
                spans.stream().map(ReceivedSpan::kind).toArray(SpanKind[]::new),
                services);
    }

    /** Of spans as a trace shows them. */
    public static SpanParents of(List<TraceSpan> spans) {
        return new SpanParents(
                spans.stream().mapToLong(span -> id(span.spanId())).toArray(),
                spans.stream()
                        .mapToLong(
                                span -> span.parentSpanId().map(SpanParents::id).orElse(0L))
                        .toArray(),
                spans.stream().map(TraceSpan::kind).toArray(SpanKind[]::new),
                spans.stream().map(TraceSpan::service).toArray(String[]::new));
    }

    /** The parent of each span, or {@link #NONE}; the array is its own. */
    public int[] parents() {
        return parents;
    }

    /** How many distinct spans are named as a parent and were not seen. */
    int missing() {
        return missing.size();
    }

    int circles() {
        return circles;
    }

    public static boolean isServing(SpanKind kind) {
        return kind == SpanKind.SERVER || kind == SpanKind.CONSUMER;
    }

    public static boolean isCall(SpanKind kind) {
        return kind == SpanKind.CLIENT || kind == SpanKind.PRODUCER;
    }

    /** Whether a span names another span as its parent. */
    public boolean namesParent(int span) {
        return named[span] != 0 && named[span] != ids[span];
    }

    private static long id(String hex) {
        return Hex.parse(hex, 0, hex.length());
    }

    private int find(int child) {
        if (isServing(kinds[child])) {
            int client = clientHalf(ids[child]);
            if (client != NONE) {
                return client;
            }
        }
        if (!namesParent(child)) {
            return NONE;
        }
        int best = NONE;
        for (int i = firstById.getOrDefault(named[child], NONE); i != NONE; i = nextOfId[i]) {
            if (best == NONE || nearness(child, i) > nearness(child, best)) {
                best = i;
            }
        }
        if (best == NONE) {
            missing.add(named[child]);
        }
        return best;
    }

    private int clientHalf(long spanId) {
        for (int i = firstById.get(spanId); i != NONE; i = nextOfId[i]) {
            if (isCall(kinds[i])) {
                return i;
            }
        }
        return NONE;
    }

    private int nearness(int child, int parent) {
        int sameService = services[child].equals(services[parent]) ? 2 : 0;
        return sameService + (isServing(kinds[parent]) ? 1 : 0);
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
