package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.ReceivedSpan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The distinct spans of a trace as a forest. Spans are numbered as they are shown: by start, parents before children at
 * equal start, then by ID. Built in O(n log n); never changes; every walk in this package is a loop, so a chain of ten
 * thousand spans costs no stack.
 */
final class SpanTree {
    static final int NONE = SpanParents.NONE;
    private static final int[] NO_CHILDREN = {};

    private final List<ReceivedSpan> spans;
    private final String[] services;
    private final int[] parents;
    private final int[] depths;
    private final int[][] children;
    private final int missingParents;
    private final int circles;
    private final int root;
    private final int top;

    /** @param pieces in any order, with any number of copies of a span */
    SpanTree(List<ReceivedSpan> pieces) {
        List<ReceivedSpan> found = PieceOrder.distinct(pieces);
        String[] foundServices = found.stream().map(Services::of).toArray(String[]::new);
        SpanParents links = SpanParents.of(found, foundServices);
        int[] foundDepths = depths(links.parents());
        int[] shown = IntStream.range(0, found.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                                (Integer i) -> Nanos.of(found.get(i).startEpochNanos()))
                        .thenComparingInt(i -> foundDepths[i])
                        .thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] place = new int[shown.length];
        for (int i = 0; i < shown.length; i++) {
            place[shown[i]] = i;
        }

        spans = Arrays.stream(shown).mapToObj(found::get).toList();
        services = Arrays.stream(shown).mapToObj(i -> foundServices[i]).toArray(String[]::new);
        depths = Arrays.stream(shown).map(i -> foundDepths[i]).toArray();
        parents = Arrays.stream(shown)
                .map(i -> links.parents()[i] == NONE ? NONE : place[links.parents()[i]])
                .toArray();
        children = children(parents);
        missingParents = links.missing();
        circles = links.circles();
        int firstTop = NONE;
        int firstRoot = NONE;
        for (int i = found.size() - 1; i >= 0; i--) {
            if (links.parents()[i] == NONE) {
                firstTop = place[i];
                firstRoot = links.namesParent(i) ? firstRoot : place[i];
            }
        }
        root = firstRoot;
        top = firstRoot == NONE ? firstTop : firstRoot;
    }

    int size() {
        return spans.size();
    }

    List<ReceivedSpan> spans() {
        return spans;
    }

    ReceivedSpan span(int i) {
        return spans.get(i);
    }

    String service(int i) {
        return services[i];
    }

    long start(int i) {
        return Nanos.of(spans.get(i).startEpochNanos());
    }

    long durationNanos(int i) {
        return Nanos.between(start(i), spans.get(i).endEpochNanos());
    }

    /** The start of a span whose end is unknown or before its start. */
    long end(int i) {
        return start(i) + durationNanos(i);
    }

    /** {@link #NONE} for a root, for a span whose parent was not seen, and where a circle was cut. */
    int parent(int i) {
        return parents[i];
    }

    /** By start. The array is the tree's own. */
    int[] children(int i) {
        return children[i];
    }

    /** 0 for a span without a parent. */
    int depth(int i) {
        return depths[i];
    }

    /** The span that names no parent; of several the earliest, then the one with the lowest ID. */
    OptionalInt root() {
        return root == NONE ? OptionalInt.empty() : OptionalInt.of(root);
    }

    /** The root, or while it was not seen the earliest span whose parent was not seen either. Empty without spans. */
    OptionalInt top() {
        return top == NONE ? OptionalInt.empty() : OptionalInt.of(top);
    }

    int missingParents() {
        return missingParents;
    }

    /** Whether an ended root was seen and no span's way to a root is broken. */
    boolean complete() {
        return root != NONE && Nanos.known(spans.get(root).endEpochNanos()) && missingParents == 0 && circles == 0;
    }

    /** Walks up from each span until one whose depth is known, then back down: each span is passed twice. */
    private static int[] depths(int[] parents) {
        int[] depths = new int[parents.length];
        Arrays.fill(depths, NONE);
        int[] walk = new int[parents.length];
        for (int i = 0; i < parents.length; i++) {
            int length = 0;
            int at = i;
            while (at != NONE && depths[at] == NONE) {
                walk[length++] = at;
                at = parents[at];
            }
            int depth = at == NONE ? NONE : depths[at];
            while (length > 0) {
                depths[walk[--length]] = ++depth;
            }
        }
        return depths;
    }

    private static int[][] children(int[] parents) {
        int[] counts = new int[parents.length];
        for (int parent : parents) {
            if (parent != NONE) {
                counts[parent]++;
            }
        }
        int[][] children = new int[parents.length][];
        Arrays.setAll(children, i -> counts[i] == 0 ? NO_CHILDREN : new int[counts[i]]);
        for (int i = parents.length - 1; i >= 0; i--) {
            if (parents[i] != NONE) {
                children[parents[i]][--counts[parents[i]]] = i;
            }
        }
        return children;
    }
}
