package dev.plait.correlator.trace.view;

/**
 * The part of each span's duration that no child covers: the duration less the union of its children's times, each clipped
 * to the span. Clocks are taken as they are. O(n).
 *
 * <p>Example: a span 0..100 with children 10..40, 30..50 and 90..120 has 100 - (10..50) - (90..100) = 50.
 */
final class SelfTime {
    private SelfTime() {}

    static long[] of(SpanTree tree) {
        long[] selfNanos = new long[tree.size()];
        for (int i = 0; i < selfNanos.length; i++) {
            selfNanos[i] = tree.durationNanos(i) - covered(tree, i);
        }
        return selfNanos;
    }

    private static long covered(SpanTree tree, int span) {
        long coveredNanos = 0;
        long from = tree.start(span);
        for (int child : tree.children(span)) {
            long start = Math.max(from, tree.start(child));
            long end = Math.min(tree.end(child), tree.end(span));
            if (end > start) {
                coveredNanos += end - start;
                from = end;
            }
        }
        return coveredNanos;
    }
}
