package dev.plait.ingest.receiver;

/** The three services of OTLP: where each listens, over HTTP and over gRPC. Source: OTLP specification 1.x. */
public enum OtlpSignal {
    TRACES("/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
    LOGS("/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export"),
    METRICS("/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export");

    private final String httpPath;
    private final String grpcPath;

    OtlpSignal(String httpPath, String grpcPath) {
        this.httpPath = httpPath;
        this.grpcPath = grpcPath;
    }

    public String httpPath() {
        return httpPath;
    }

    public String grpcPath() {
        return grpcPath;
    }
}
