package dev.plait.ingest.traceid;

import dev.plait.schemas.model.TraceId;

/**
 * What a propagation header says of the caller: its trace, its span ({@code spanId}, 0 when the form or the value has none)
 * and whether it asked for sampling.
 */
public record PropagatedContext(TraceId traceId, long spanId, Sampling sampling) {

    /** The caller's sampling decision; DEBUG is KEEP that no sampler may overrule. */
    public enum Sampling {
        UNKNOWN,
        DROP,
        KEEP,
        DEBUG
    }
}
