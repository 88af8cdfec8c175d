package dev.plait.schemas.model;

/**
 * Whether backends should keep a trace: the value of {@code plait-decisions}, keyed by trace ID. {@code reason} is a
 * lower-case word ({@code error}, {@code slow}, {@code probability}); {@code probability} is in [0, 1].
 */
public record SamplingDecision(String traceId, boolean keep, String reason, double probability, long decidedAtMs) {}
