package dev.plait.ingest.receiver;

/** The three services of OTLP: where each listens, over HTTP and over gRPC. Source: OTLP specification 1.x. */
public enum OtlpSignal {
    TRACES("/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "rejectedSpans"),
    LOGS("/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export", "rejectedLogRecords"),
    METRICS("/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "rejectedDataPoints");

    private final String httpPath;
    private final String grpcPath;
    private final String rejected;

    OtlpSignal(String httpPath, String grpcPath, String rejected) {
        this.httpPath = httpPath;
        this.grpcPath = grpcPath;
        this.rejected = rejected;
    }

    public String httpPath() {
        return httpPath;
    }

    public String grpcPath() {
        return grpcPath;
    }

    /** The field of a JSON response's {@code partialSuccess} that counts items. */
    String rejected() {
        return rejected;
    }
}
