package dev.plait.perf.load;

import java.util.List;

/**
 * One generated trace.
 *
 * @param spans the root first, every parent before its children
 */
public record LoadTrace(int number, long high, long low, List<LoadSpan> spans) {
    public LoadTrace {
        spans = List.copyOf(spans);
    }
}
