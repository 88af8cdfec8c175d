package dev.plait.schemas.model;

import java.util.List;

/**
 * Durations of many requests. {@code scale}, {@code zeroCount}, {@code offset} and {@code bucketCounts} are an OTLP
 * exponential histogram of nanoseconds: bucket {@code i} covers (base^(offset+i), base^(offset+i+1)] with base
 * 2^(2^-scale). Quantiles are within the relative error of a bucket. All are 0 when nothing was counted. Source:
 * opentelemetry-specification, metrics/data-model.md, ExponentialHistogram.
 */
public record Latency(
        long count,
        long sumNanos,
        long minNanos,
        long maxNanos,
        long p50Nanos,
        long p90Nanos,
        long p95Nanos,
        long p99Nanos,
        int scale,
        long zeroCount,
        int offset,
        List<Long> bucketCounts) {
    public Latency {
        bucketCounts = List.copyOf(bucketCounts);
    }
}
