package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import java.util.Optional;
import java.util.Set;

/**
 * Zipkin's B3 propagation, as one header ({@code b3: traceid-spanid[-decision[-parentid]]}) and as many
 * ({@code X-B3-TraceId} and its kin). Source: openzipkin/b3-propagation. A value that is only a decision ({@code 0},
 * {@code 1}, {@code d}) carries no context. Brave leaves a decision out that is still to be taken, also before a parent, and
 * once had a debug flag of one digit in its place; OpenTelemetry's propagators take {@code true} and {@code false}, too.
 */
public final class B3 {
    private static final int MAX_PARTS = 4;
    private static final Set<String> SINGLE_DECISIONS = Set.of("0", "1", "d", "false", "true");
    private static final Set<String> OLD_DEBUG = Set.of("0", "1");
    private static final String STATE_MEMBER = "b3=";

    private B3() {}

    public static Optional<PropagatedContext> single(String value) {
        String[] parts = value.split("-", MAX_PARTS + 1);
        if (parts.length < 2 || parts.length > MAX_PARTS) {
            return Optional.empty();
        }
        boolean undecided = parts.length == 3 && HexId.span(parts[2]) != 0;
        boolean malformed = parts[1].isEmpty()
                || parts.length > 2 && !undecided && !SINGLE_DECISIONS.contains(parts[2])
                || parts.length > 3 && HexId.span(parts[3]) == 0 && !OLD_DEBUG.contains(parts[3]);
        if (malformed) {
            return Optional.empty();
        }
        Sampling sampling = parts.length > 2 ? decision(parts[2]) : Sampling.UNKNOWN;
        return HexId.context(parts[0], parts[1], sampling);
    }

    /** The value that a {@code tracestate} carries for B3, empty for none. Source: Kong's b3 extractor; Brave. */
    static String inTracestate(String tracestate) {
        for (String member : tracestate.split(",", -1)) {
            String stripped = member.strip();
            if (stripped.startsWith(STATE_MEMBER)) {
                return stripped.substring(STATE_MEMBER.length());
            }
        }
        return "";
    }

    /** Of the separate headers' values; an empty text is a header that was not there. */
    public static Optional<PropagatedContext> multi(
            String traceId, String spanId, String parentId, String sampled, String flags) {
        if (!parentId.isEmpty() && !HexId.isSpan(parentId)) {
            return Optional.empty();
        }
        Sampling sampling = flags.equals("1") ? Sampling.DEBUG : decision(sampled);
        return HexId.context(traceId, spanId, sampling);
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
