package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import java.util.Optional;
import java.util.Set;

/**
 * Zipkin's B3 propagation, as one header ({@code b3: traceid-spanid[-decision[-parentid]]}) and as many
 * ({@code X-B3-TraceId} and its kin). Source: openzipkin/b3-propagation. A value that is only a decision ({@code 0},
 * {@code 1}, {@code d}) carries no context.
 */
public final class B3 {
    private static final int MAX_PARTS = 4;
    private static final Set<String> SINGLE_DECISIONS = Set.of("0", "1", "d");

    private B3() {}

    public static Optional<PropagatedContext> single(String value) {
        String[] parts = value.split("-", MAX_PARTS + 1);
        boolean malformed = parts.length < 2
                || parts.length > MAX_PARTS
                || HexId.span(parts[1]) == 0
                || parts.length > 2 && !SINGLE_DECISIONS.contains(parts[2])
                || parts.length > 3 && HexId.span(parts[3]) == 0;
        if (malformed) {
            return Optional.empty();
        }
        Sampling sampling = parts.length > 2 ? decision(parts[2]) : Sampling.UNKNOWN;
        return HexId.trace(parts[0]).map(trace -> new PropagatedContext(trace, HexId.span(parts[1]), sampling));
    }

    /** Of the separate headers' values; an empty text is a header that was not there. */
    public static Optional<PropagatedContext> multi(String traceId, String spanId, String sampled, String flags) {
        Sampling sampling = flags.equals("1") ? Sampling.DEBUG : decision(sampled);
        return HexId.trace(traceId).map(trace -> new PropagatedContext(trace, HexId.span(spanId), sampling));
    }

    private static Sampling decision(String text) {
        return switch (text) {
            case "0", "false" -> Sampling.DROP;
            case "1", "true" -> Sampling.KEEP;
            case "d" -> Sampling.DEBUG;
            default -> Sampling.UNKNOWN;
        };
    }
}
