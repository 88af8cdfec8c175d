package dev.plait.schemas.model;

/** The role of a span in its request. Source: opentelemetry/proto/trace/v1/trace.proto, {@code Span.SpanKind}. */
public enum SpanKind {
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER;

    private static final SpanKind[] KINDS = values();

    /** Of OTLP's number; 0 (unspecified) and numbers not known are INTERNAL. */
    public static SpanKind ofOtlp(int number) {
        return number >= 1 && number <= KINDS.length ? KINDS[number - 1] : INTERNAL;
    }
}
