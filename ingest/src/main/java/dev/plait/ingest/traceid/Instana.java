package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import java.util.Optional;

/**
 * Instana's headers {@code X-INSTANA-T}, {@code X-INSTANA-S}, {@code X-INSTANA-L}; the level may be followed by correlation
 * ({@code 1,correlationType=web;...}). Source: Kong's instana extractor.
 */
public final class Instana {
    private Instana() {}

    /** Of the three headers' values; an empty text is a header that was not there. */
    public static Optional<PropagatedContext> parse(String traceId, String spanId, String level) {
        Sampling sampling =
                level.startsWith("1") ? Sampling.KEEP : level.startsWith("0") ? Sampling.DROP : Sampling.UNKNOWN;
        return HexId.context(traceId, spanId, sampling);
    }
}
