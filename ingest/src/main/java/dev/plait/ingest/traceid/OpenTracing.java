package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import java.util.Optional;

/**
 * OpenTracing's basic headers {@code ot-tracer-traceid}, {@code ot-tracer-spanid}, {@code ot-tracer-sampled}. The trace ID is
 * usually only the low half. Source: opentelemetry-java's OtTracePropagator.
 */
public final class OpenTracing {
    private OpenTracing() {}

    /** Of the three headers' values; an empty text is a header that was not there. */
    public static Optional<PropagatedContext> parse(String traceId, String spanId, String sampled) {
        Sampling sampling = switch (sampled) {
            case "true", "1" -> Sampling.KEEP;
            case "false", "0" -> Sampling.DROP;
            default -> Sampling.UNKNOWN;
        };
        return HexId.context(traceId, spanId, sampling);
    }
}
