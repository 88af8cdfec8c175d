package dev.plait.schemas.model;

/** What a span's own instrumentation said of it. Source: trace.proto, {@code Status.StatusCode}. */
public enum SpanStatus {
    UNSET,
    OK,
    ERROR;

    /** Of OTLP's number; numbers not known are UNSET. */
    public static SpanStatus ofOtlp(int number) {
        return number == 1 ? OK : number == 2 ? ERROR : UNSET;
    }
}
