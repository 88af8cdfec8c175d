package dev.plait.ingest.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests of our own making, as an exporter would write them. */
public final class Samples {
    static final long HIGH = 0x0af7651916cd43ddL;
    static final long LOW = 0x8448eb211c80319cL;
    static final long SPAN = 0xb7ad6b7169203331L;
    static final long PARENT = 0x00f067aa0ba902b7L;
    static final long START = 1_760_000_000_000_000_000L;

    private Samples() {}

    static ByteString traceId() {
        return traceId(HIGH, LOW);
    }

    static ByteString traceId(long high, long low) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    static ByteString spanId(long id) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array());
    }

    static KeyValue text(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value));
    }

    static KeyValue number(String key, long value) {
        return attribute(key, AnyValue.newBuilder().setIntValue(value));
    }

    static KeyValue real(String key, double value) {
        return attribute(key, AnyValue.newBuilder().setDoubleValue(value));
    }

    static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .build();
    }

    static InstrumentationScope scope() {
        return InstrumentationScope.newBuilder()
                .setName("checkout")
                .setVersion("1.2")
                .build();
    }

    /** A good SERVER span with a parent. */
    static Span.Builder span() {
        return Span.newBuilder()
                .setTraceId(traceId())
                .setSpanId(spanId(SPAN))
                .setParentSpanId(spanId(PARENT))
                .setName("GET /cart")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(START)
                .setEndTimeUnixNano(START + 5_000_000)
                .addAttributes(text("http.request.method", "GET"))
                .addAttributes(number("http.response.status_code", 200));
    }

    static ExportTraceServiceRequest traces(Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource("cart"))
                        .addScopeSpans(ScopeSpans.newBuilder().setScope(scope()).addAllSpans(List.of(spans))))
                .build();
    }

    /** Three spans with everything that a span can have. */
    public static ExportTraceServiceRequest richTraces() {
        Span rich = span().setTraceState("a=b")
                .setFlags(0x101)
                .setStatus(Status.newBuilder().setMessage("no stock").setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .addAttributes(attribute("list", list("a", "b")))
                .addAttributes(text("umlaut", "Grüße 🚚"))
                .addEvents(Span.Event.newBuilder()
                        .setTimeUnixNano(START + 1)
                        .setName("exception")
                        .addAttributes(text("exception.message", "no stock")))
                .addLinks(Span.Link.newBuilder()
                        .setTraceId(traceId(1, 2))
                        .setSpanId(spanId(3))
                        .addAttributes(real("weight", 0.5)))
                .build();
        Span root = span().clearParentSpanId()
                .setSpanId(spanId(PARENT))
                .addAttributes(text("kong.request.id", "0123456789abcdef0123456789ABCDEF"))
                .build();
        return traces(rich, root, span().setSpanId(spanId(9)).build());
    }

    static AnyValue.Builder list(String... texts) {
        AnyValue.Builder value = AnyValue.newBuilder();
        for (String text : texts) {
            value.getArrayValueBuilder().addValues(AnyValue.newBuilder().setStringValue(text));
        }
        return value;
    }

    public static LogRecord.Builder log() {
        return LogRecord.newBuilder()
                .setTimeUnixNano(START)
                .setObservedTimeUnixNano(START + 1)
                .setSeverityNumberValue(17)
                .setSeverityText("ERROR")
                .setBody(AnyValue.newBuilder().setStringValue("no stock"))
                .addAttributes(text("order", "17"))
                .setTraceId(traceId())
                .setSpanId(spanId(SPAN))
                .setFlags(1);
    }

    public static ExportLogsServiceRequest logs(LogRecord... records) {
        return logs(resource("cart"), records);
    }

    static ExportLogsServiceRequest logs(Resource resource, LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource)
                        .addScopeLogs(ScopeLogs.newBuilder().setScope(scope()).addAllLogRecords(List.of(records))))
                .build();
    }

    static Exemplar.Builder exemplar() {
        return Exemplar.newBuilder()
                .setTraceId(traceId())
                .setSpanId(spanId(SPAN))
                .setTimeUnixNano(START)
                .setAsDouble(0.25)
                .addFilteredAttributes(text("user", "42"));
    }

    static HistogramDataPoint.Builder histogramPoint() {
        return HistogramDataPoint.newBuilder()
                .addAttributes(text("http.route", "/cart"))
                .setTimeUnixNano(START)
                .setCount(3)
                .setSum(0.75)
                .addAllExplicitBounds(List.of(0.1, 0.5))
                .addAllBucketCounts(List.of(1L, 1L, 1L));
    }

    static Metric histogram(HistogramDataPoint... points) {
        return Metric.newBuilder()
                .setName("http.server.request.duration")
                .setUnit("s")
                .setHistogram(
                        Histogram.newBuilder().setAggregationTemporalityValue(2).addAllDataPoints(List.of(points)))
                .build();
    }

    static Metric gauge(NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName("jvm.threads")
                .setUnit("1")
                .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
                .build();
    }

    static NumberDataPoint.Builder numberPoint() {
        return NumberDataPoint.newBuilder()
                .addAttributes(text("pool", "a"))
                .setTimeUnixNano(START)
                .setAsInt(7);
    }

    static ExportMetricsServiceRequest metrics(Metric... metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource("cart"))
                        .addScopeMetrics(
                                ScopeMetrics.newBuilder().setScope(scope()).addAllMetrics(List.of(metrics))))
                .build();
    }

    /** A histogram with an exemplar, and a gauge with two points without. */
    public static ExportMetricsServiceRequest richMetrics() {
        return metrics(
                histogram(histogramPoint().addExemplars(exemplar()).build()),
                gauge(
                        numberPoint().build(),
                        numberPoint().setAsDouble(Double.NaN).build()));
    }
}
