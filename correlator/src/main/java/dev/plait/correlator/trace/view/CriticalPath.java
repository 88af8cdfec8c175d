package dev.plait.correlator.trace.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The chain of work that decided how long the root took: walking back from a span's end, the child that finished last is
 * what the span waited for; before that child began, the span itself or an earlier child. Children are clipped to their
 * parent; a child that still ran when a later one had begun waited for nothing and is not on the path. The segments touch
 * each other and cover the root's duration exactly (the earliest top span's while the root was not seen). O(n log n).
 *
 * <p>Source: the algorithm of CRISP (Zhang et al., USENIX ATC 2022), as Jaeger's UI draws it.
 *
 * <p>Example: root 0..100 with children a 10..40, b 30..60, c 70..120: root 0..30, b 30..60, root 60..70, c 70..100.
 */
final class CriticalPath {
    private CriticalPath() {}

    record Segment(int span, long start, long end) {}

    /** By start; empty when there is no span or it has no duration. */
    static List<Segment> of(SpanTree tree) {
        List<Segment> backwards = new ArrayList<>();
        Deque<Walk> walks = new ArrayDeque<>();
        tree.top().ifPresent(top -> walks.push(new Walk(tree, top, tree.start(top), tree.end(top))));
        while (!walks.isEmpty()) {
            Walk walk = walks.peek();
            long until = walk.cursor;
            Walk child = walk.lastFinishing();
            add(backwards, new Segment(walk.span, child == null ? walk.from : child.cursor, until));
            if (child == null) {
                walks.pop();
            } else {
                walks.push(child);
            }
        }
        Collections.reverse(backwards);
        return backwards;
    }

    private static void add(List<Segment> backwards, Segment segment) {
        if (segment.end > segment.start) {
            backwards.add(segment);
        }
    }

    /** One span on the path: what of it is before {@code cursor} is still to be told. */
    private static final class Walk {
        final SpanTree tree;
        final int span;
        final long from;
        final long to;
        final int[] byEnd;
        long cursor;
        int next;

        Walk(SpanTree tree, int span, long from, long to) {
            this.tree = tree;
            this.span = span;
            this.from = from;
            this.to = to;
            cursor = to;
            byEnd = Arrays.stream(tree.children(span))
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer child) -> tree.end(child))
                            .reversed()
                            .thenComparingLong(tree::start)
                            .thenComparingInt(child -> child))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        /** The child that finished last before the cursor, which moves to that child's start; null when there is none. */
        Walk lastFinishing() {
            while (next < byEnd.length) {
                int child = byEnd[next++];
                long childFrom = Math.max(from, tree.start(child));
                long childTo = Math.min(to, tree.end(child));
                if (childTo <= cursor && childTo > childFrom) {
                    cursor = childFrom;
                    return new Walk(tree, child, childFrom, childTo);
                }
            }
            return null;
        }
    }
}
