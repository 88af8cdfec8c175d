package dev.plait.ingest.traceid;

import dev.plait.schemas.model.TraceId;

/**
 * What a propagation header says of the caller: its trace, its span ({@code spanId}, 0 when the form or the value has none)
 * and whether it asked for sampling.
 */
public record PropagatedContext(TraceId traceId, long spanId, Sampling sampling) {

    /** Of a form that has nothing but the trace. */
    public static PropagatedContext of(TraceId traceId) {
        return new PropagatedContext(traceId, 0, Sampling.UNKNOWN);
    }

    /** The caller's sampling decision; DEBUG is KEEP that no sampler may overrule. */
    public enum Sampling {
        UNKNOWN,
        DROP,
        KEEP,
        DEBUG
    }
}
