package dev.plait.sink.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Export requests of items of one signal: equal resources and scopes stand once, the points of one metric are together, and
 * otherwise the order of items is kept.
 */
final class Requests {
    private Requests() {}

    static Message of(Signal signal, List<Item> items) {
        Map<Resource, Map<InstrumentationScope, List<Message>>> groups = new LinkedHashMap<>();
        for (Item item : items) {
            groups.computeIfAbsent(item.resource(), resource -> new LinkedHashMap<>())
                    .computeIfAbsent(item.scope(), scope -> new ArrayList<>())
                    .add(item.message());
        }
        return switch (signal) {
            case TRACES -> traces(groups);
            case LOGS -> logs(groups);
            case METRICS -> metrics(groups);
        };
    }

    private static Message traces(Map<Resource, Map<InstrumentationScope, List<Message>>> groups) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        groups.forEach((resource, scopes) -> {
            ResourceSpans.Builder spans = request.addResourceSpansBuilder().setResource(resource);
            scopes.forEach((scope, messages) -> {
                var ofScope = spans.addScopeSpansBuilder().setScope(scope);
                messages.forEach(span -> ofScope.addSpans((Span) span));
            });
        });
        return request.build();
    }

    private static Message logs(Map<Resource, Map<InstrumentationScope, List<Message>>> groups) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        groups.forEach((resource, scopes) -> {
            ResourceLogs.Builder logs = request.addResourceLogsBuilder().setResource(resource);
            scopes.forEach((scope, messages) -> {
                var ofScope = logs.addScopeLogsBuilder().setScope(scope);
                messages.forEach(log -> ofScope.addLogRecords((LogRecord) log));
            });
        });
        return request.build();
    }

    private static Message metrics(Map<Resource, Map<InstrumentationScope, List<Message>>> groups) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        groups.forEach((resource, scopes) -> {
            ResourceMetrics.Builder metrics =
                    request.addResourceMetricsBuilder().setResource(resource);
            scopes.forEach((scope, messages) -> {
                ScopeMetrics.Builder ofScope = metrics.addScopeMetricsBuilder().setScope(scope);
                merged(messages).forEach(ofScope::addMetrics);
            });
        });
        return request.build();
    }

    /** Merging two messages of protobuf puts their lists, the points, one after the other. */
    private static List<Metric> merged(List<Message> points) {
        Map<String, Metric.Builder> byName = new LinkedHashMap<>();
        for (Message point : points) {
            Metric metric = (Metric) point;
            byName.merge(metric.getName(), metric.toBuilder(), (all, one) -> all.mergeFrom(metric));
        }
        return byName.values().stream().map(Metric.Builder::build).toList();
    }
}
