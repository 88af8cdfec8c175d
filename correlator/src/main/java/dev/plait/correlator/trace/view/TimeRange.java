package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.ReceivedLog;
import java.util.List;

/**
 * From the earliest start to the latest end of anything in a trace: spans, access logs (their start and total time), other
 * logs. Unknown times count for nothing; with none known both are 0.
 */
record TimeRange(long startEpochNanos, long endEpochNanos) {
    static TimeRange of(SpanTree tree, List<ReceivedLog> logs, ProxyLogs proxies) {
        long start = Long.MAX_VALUE;
        long end = Nanos.UNKNOWN;
        for (int i = 0; i < tree.size(); i++) {
            start = Math.min(start, Nanos.unknownLast(tree.start(i)));
            end = Math.max(end, Math.max(tree.start(i), Nanos.of(tree.span(i).endEpochNanos())));
        }
        for (ReceivedLog log : logs) {
            start = Math.min(start, Nanos.unknownLast(log.timeEpochNanos()));
            end = Math.max(end, Nanos.of(log.timeEpochNanos()));
        }
        for (ProxyLog proxy : proxies.all()) {
            end = Math.max(end, proxy.endEpochNanos());
        }
        return new TimeRange(Math.min(start, end), end);
    }

    long durationNanos() {
        return endEpochNanos - startEpochNanos;
    }
}
