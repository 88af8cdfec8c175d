package dev.plait.schemas.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a proxy logged of the request: {@code gateway} and {@code hops} of a trace. Durations are milliseconds as proxies log
 * them; {@code status} is 0 when no response was started; {@code tries} is the number of upstream attempts, 0 when the
 * request was not proxied or the log does not say.
 */
public record AccessLog(
        String product,
        Optional<String> name,
        Optional<String> route,
        Optional<String> service,
        Optional<String> consumer,
        Optional<String> requestId,
        Optional<String> method,
        Optional<String> path,
        int status,
        Optional<String> clientAddress,
        long startEpochNanos,
        double totalMs,
        OptionalDouble gatewayMs,
        OptionalDouble upstreamMs,
        int tries,
        List<String> responseFlags,
        Optional<String> source,
        Optional<String> destination) {
    public AccessLog {
        responseFlags = List.copyOf(responseFlags);
    }
}
