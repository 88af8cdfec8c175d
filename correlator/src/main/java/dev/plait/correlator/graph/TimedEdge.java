package dev.plait.correlator.graph;

import java.util.OptionalLong;

/**
 * One call from one service to another.
 *
 * @param connection {@code http}, {@code rpc}, {@code database}, {@code messaging} or {@code virtual}
 * @param clientNanos how long the caller waited, where known
 * @param serverNanos how long the called one took, where known
 * @param endEpochNanos at the server, else at the client: the time at which windows place it; 0 when unknown
 * @param traceHigh high half of the trace ID, 0 when unknown; {@code traceLow} is 0 without a trace ID
 */
public record TimedEdge(
        String client,
        String server,
        String connection,
        boolean error,
        OptionalLong clientNanos,
        OptionalLong serverNanos,
        long endEpochNanos,
        long traceHigh,
        long traceLow) {}
