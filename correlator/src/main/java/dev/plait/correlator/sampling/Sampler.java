package dev.plait.correlator.sampling;

import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.TraceId;

/**
 * Decides whether backends should keep a trace: errors, slow ones, and a consistent share of the rest. A function of its
 * arguments alone, so every instance and every replay decides the same; safe for any thread.
 *
 * <p>The share is taken as OpenTelemetry's consistent probability sampling takes it: the 56 least significant bits of the
 * trace ID are the randomness R, the threshold is T = (1 - probability) x 2^56, and a trace is kept when R &gt;= T. A trace
 * that is kept at one probability is therefore kept at every higher one, here and in any SDK or collector that follows the
 * same rule. Both widths of a trace ID share these bits. Source: opentelemetry-specification, trace/tracestate-probability-
 * sampling.md; W3C Trace Context level 2, "random-trace-id flag" (the right-most 7 bytes).
 */
public final class Sampler {
    private static final long RANDOM_VALUES = 1L << 56;

    private final SamplingRules rules;
    private final long threshold;

    public Sampler(SamplingRules rules) {
        this.rules = rules;
        this.threshold = Math.round((1 - rules.probability()) * RANDOM_VALUES);
    }

    /** The decision on a trace closed at {@code decidedAtMs}, by the first reason that holds. */
    public SamplingDecision decide(TraceId trace, RequestStatus status, long durationNanos, long decidedAtMs) {
        if (status == RequestStatus.ERROR) {
            return new SamplingDecision(trace.hex(), true, "error", 1, decidedAtMs);
        }
        if (durationNanos > rules.slowNanos()) {
            return new SamplingDecision(trace.hex(), true, "slow", 1, decidedAtMs);
        }
        boolean keep = (trace.low() & RANDOM_VALUES - 1) >= threshold;
        return new SamplingDecision(trace.hex(), keep, "probability", rules.probability(), decidedAtMs);
    }
}
