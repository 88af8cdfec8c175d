package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanStatus;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Finds the span that made a request fail: the deepest failing span without a failing child; of several the one that began
 * last (what came before it did not stop the request), then the one with the lowest ID.
 *
 * <p>A failure that was dealt with comes after all others, however deep: below a call that expressly succeeded (status OK,
 * an HTTP status under 400, gRPC OK), or in an attempt that was followed by another. A span whose failing children were
 * all dealt with failed by itself.
 */
final class FailingSpan {
    private static final int FIRST_ERROR_STATUS = 400;

    private final SpanTree tree;
    private final Retries retries;

    FailingSpan(SpanTree tree, Retries retries) {
        this.tree = tree;
        this.retries = retries;
    }

    /** A failure that nothing dealt with; empty when there is none. */
    OptionalInt unhandled() {
        boolean[] handled = handled();
        return deepest(i -> !handled[i]);
    }

    /** Any failure. */
    OptionalInt any() {
        return deepest(i -> true);
    }

    private OptionalInt deepest(IntPredicate considered) {
        int best = SpanTree.NONE;
        for (int i = 0; i < tree.size(); i++) {
            if (tree.span(i).error()
                    && considered.test(i)
                    && !failingChild(i, considered)
                    && (best == SpanTree.NONE || explainsMore(i, best))) {
                best = i;
            }
        }
        return best == SpanTree.NONE ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private boolean failingChild(int span, IntPredicate considered) {
        for (int child : tree.children(span)) {
            if (tree.span(child).error() && considered.test(child)) {
                return true;
            }
        }
        return false;
    }

    private boolean explainsMore(int a, int b) {
        if (tree.depth(a) != tree.depth(b)) {
            return tree.depth(a) > tree.depth(b);
        }
        if (tree.start(a) != tree.start(b)) {
            return tree.start(a) > tree.start(b);
        }
        return Long.compareUnsigned(tree.span(a).spanId(), tree.span(b).spanId()) < 0;
    }

    /** Passes down each tree once: depth first, parents before children, on a stack of our own. */
    private boolean[] handled() {
        boolean[] handled = new boolean[tree.size()];
        int[] stack = new int[tree.size()];
        int height = 0;
        for (int i = 0; i < tree.size(); i++) {
            if (tree.parent(i) == SpanTree.NONE) {
                stack[height++] = i;
            }
        }
        while (height > 0) {
            int span = stack[--height];
            handled[span] |= retries.superseded(span);
            boolean below = handled[span] || succeeded(tree.span(span));
            for (int child : tree.children(span)) {
                handled[child] = below;
                stack[height++] = child;
            }
        }
        return handled;
    }

    private static boolean succeeded(ReceivedSpan span) {
        if (span.error() || span.kind() == SpanKind.INTERNAL) {
            return false;
        }
        int http = Semantics.httpStatus(span.attributes()).orElse(FIRST_ERROR_STATUS);
        return span.status() == SpanStatus.OK
                || http < FIRST_ERROR_STATUS
                || Semantics.grpcStatus(span.attributes()).orElse(1) == 0;
    }
}
