package dev.plait.schemas.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a proxy logged of the request: {@code gateway} and {@code hops} of a trace. Durations are milliseconds as proxies log
 * them, absent when the log does not say; {@code status} is 0 when no response was started; {@code error}: whether the request
 * failed at this proxy, under HTTP 200 too (gRPC); {@code tries} is the number of upstream attempts, 0 when the request was not
 * proxied or the log does not say.
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
        boolean error,
        Optional<String> clientAddress,
        long startEpochNanos,
        OptionalDouble totalMs,
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
