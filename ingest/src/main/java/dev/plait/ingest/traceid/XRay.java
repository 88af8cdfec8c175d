package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * AWS {@code X-Amzn-Trace-Id}: {@code Root=1-8hex-24hex;Parent=16hex;Sampled=0|1}, in any order, spaces allowed, unknown keys
 * ignored. The trace ID is the 8 and the 24 digits joined. Source: AWS X-Ray developer guide; opentelemetry-java-contrib.
 */
public final class XRay {
    private static final int ROOT_LENGTH = 35;

    private XRay() {}

    public static Optional<PropagatedContext> parse(String value) {
        Optional<TraceId> trace = Optional.empty();
        long parent = 0;
        Sampling sampling = Sampling.UNKNOWN;
        int start = 0;
        while (start < value.length()) {
            int semicolon = value.indexOf(';', start);
            int end = semicolon < 0 ? value.length() : semicolon;
            String part = value.substring(start, end).strip();
            if (part.startsWith("Root=")) {
                trace = root(part.substring(5));
            } else if (part.startsWith("Parent=")) {
                parent = HexId.span(part.substring(7));
            } else if (part.startsWith("Sampled=")) {
                sampling = part.endsWith("=1") ? Sampling.KEEP : part.endsWith("=0") ? Sampling.DROP : sampling;
            }
            start = end + 1;
        }
        if (trace.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PropagatedContext(trace.get(), parent, sampling));
    }

    /** Of {@code 1-8hex-24hex}, as AWS shows trace IDs. */
    public static Optional<TraceId> root(String text) {
        if (text.length() != ROOT_LENGTH
                || !text.startsWith("1-")
                || text.charAt(10) != '-'
                || !Hex.isHex(text, 2, 10)
                || !Hex.isHex(text, 11, 35)) {
            return Optional.empty();
        }
        long high = Hex.parse(text, 2, 10) << 32 | Hex.parse(text, 11, 19);
        return HexId.of(high, Hex.parse(text, 19, 35));
    }
}
