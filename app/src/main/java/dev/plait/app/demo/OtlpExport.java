package dev.plait.app.demo;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * The SDK's own OTLP exporters of one service. Not shared between services: an exporter's HTTP client takes five requests at
 * once and refuses the sixth.
 */
record OtlpExport(SpanExporter spans, LogRecordExporter logs, MetricExporter metrics) {
    /** Binary protobuf over HTTP/1.1. */
    static OtlpExport overHttp(OtlpEndpoints to) {
        return new OtlpExport(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(to.http() + "/v1/traces")
                        .build(),
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(to.http() + "/v1/logs")
                        .build(),
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(to.http() + "/v1/metrics")
                        .build());
    }

    static OtlpExport overGrpc(OtlpEndpoints to) {
        return new OtlpExport(
                OtlpGrpcSpanExporter.builder().setEndpoint(to.grpc()).build(),
                OtlpGrpcLogRecordExporter.builder().setEndpoint(to.grpc()).build(),
                OtlpGrpcMetricExporter.builder().setEndpoint(to.grpc()).build());
    }
}
