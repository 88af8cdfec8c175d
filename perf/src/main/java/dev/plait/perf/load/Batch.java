package dev.plait.perf.load;

/**
 * One input record: {@code bytes} are an OTLP {@code ExportTraceServiceRequest} of {@code spans} spans. Equality is that of
 * the array's identity: batches are made, sent and forgotten.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Batch(long timestampMs, int spans, byte[] bytes) {}
