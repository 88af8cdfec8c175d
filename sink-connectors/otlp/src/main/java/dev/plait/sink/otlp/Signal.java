package dev.plait.sink.otlp;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;

/** The signals of OTLP that are sent: where their requests go, and how their answers read. */
enum Signal {
    TRACES("traces"),
    LOGS("logs"),
    METRICS("metrics");

    private final String label;

    Signal(String label) {
        this.label = label;
    }

    /** As configuration keys name it. */
    String label() {
        return label;
    }

    /** What follows a base endpoint: {@code v1/traces}. */
    String path() {
        return "v1/" + label;
    }

    /** The call of its gRPC service. */
    MethodDescriptor<? extends Message, ? extends Message> method() {
        return switch (this) {
            case TRACES -> TraceServiceGrpc.getExportMethod();
            case LOGS -> LogsServiceGrpc.getExportMethod();
            case METRICS -> MetricsServiceGrpc.getExportMethod();
        };
    }

    /** Reads the body of an HTTP answer. */
    Parser<? extends Message> answers() {
        return switch (this) {
            case TRACES -> ExportTraceServiceResponse.parser();
            case LOGS -> ExportLogsServiceResponse.parser();
            case METRICS -> ExportMetricsServiceResponse.parser();
        };
    }
}
