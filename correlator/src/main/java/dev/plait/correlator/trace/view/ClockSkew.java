package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.SpanKind;

/**
 * How far the clock of a span's service seems to be ahead (positive) or behind (negative) of its parent's: recorded, never
 * applied. Only a span of another service than its parent's that sticks out of its parent tells anything; messages are left
 * out, since a consumer rightly runs after its producer.
 *
 * <p>A child that fits into its parent's duration is taken to lie in the middle of it, network time being the same both
 * ways; one that lasted longer is only taken not to have begun before its parent. Estimates are held within an hour: beyond
 * that a clock is not skewed but wrong. Source: Jaeger's clock skew adjuster (jaegertracing/jaeger,
 * model/adjuster/clockskew.go), of which this is the estimate without the adjustment.
 *
 * <p>Example: parent 0..100, child 150..190 of another service: expected at 30, so its clock is 120 ahead.
 */
final class ClockSkew {
    static final long LIMIT_NANOS = 3_600_000_000_000L;

    private ClockSkew() {}

    static long[] of(SpanTree tree) {
        long[] skewNanos = new long[tree.size()];
        for (int i = 0; i < skewNanos.length; i++) {
            skewNanos[i] = Math.max(-LIMIT_NANOS, Math.min(LIMIT_NANOS, estimate(tree, i)));
        }
        return skewNanos;
    }

    private static long estimate(SpanTree tree, int child) {
        int parent = tree.parent(child);
        if (parent == SpanTree.NONE || !tells(tree, parent, child)) {
            return 0;
        }
        long start = tree.start(child);
        long parentStart = tree.start(parent);
        if (start >= parentStart && tree.end(child) <= tree.end(parent)) {
            return 0;
        }
        long slack = tree.durationNanos(parent) - tree.durationNanos(child);
        return slack < 0 ? Math.min(0, start - parentStart) : start - (parentStart + slack / 2);
    }

    private static boolean tells(SpanTree tree, int parent, int child) {
        return !tree.service(parent).equals(tree.service(child))
                && tree.span(child).kind() != SpanKind.CONSUMER
                && tree.span(parent).kind() != SpanKind.PRODUCER
                && timed(tree, parent)
                && timed(tree, child);
    }

    private static boolean timed(SpanTree tree, int i) {
        return Nanos.known(tree.span(i).startEpochNanos())
                && Nanos.known(tree.span(i).endEpochNanos());
    }
}
