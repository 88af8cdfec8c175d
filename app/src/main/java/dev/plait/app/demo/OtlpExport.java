package dev.plait.app.demo;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * The SDK's own OTLP/HTTP exporters (binary protobuf) of one service. Not shared between services: an exporter's HTTP client
 * takes five requests at once and refuses the sixth.
 */
record OtlpExport(SpanExporter spans, LogRecordExporter logs, MetricExporter metrics) {
    static OtlpExport to(DemoCollector collector) {
        return new OtlpExport(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.endpoint("/v1/traces"))
                        .build(),
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(collector.endpoint("/v1/logs"))
                        .build(),
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(collector.endpoint("/v1/metrics"))
                        .build());
    }
}
