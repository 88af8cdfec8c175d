package dev.plait.perf.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers spans into one export request, grouped by resource. Built with the generated classes of opentelemetry-proto, so
 * that what the engine reads was written by nothing of its own.
 */
final class OtlpBatch {
    private final Map<String, ScopeSpans.Builder> byResource = new TreeMap<>();
    private int spans;

    int spans() {
        return spans;
    }

    void add(LoadTrace trace, LoadSpan span) {
        byResource
                .computeIfAbsent(
                        span.service() + "/" + span.instance(),
                        resource -> ScopeSpans.newBuilder()
                                .setScope(InstrumentationScope.newBuilder()
                                        .setName("io.example.instrumentation.http")
                                        .setVersion("2.11.0")))
                .addSpans(proto(trace, span));
        spans++;
    }

    /** The request's bytes; forgets the spans. */
    byte[] drain() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        byResource.forEach((name, scoped) ->
                request.addResourceSpansBuilder().setResource(resource(name)).addScopeSpans(scoped));
        byResource.clear();
        spans = 0;
        return request.build().toByteArray();
    }

    private static Resource resource(String name) {
        String service = name.substring(0, name.indexOf('/'));
        String instance = name.substring(name.indexOf('/') + 1);
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("service.version", "1.4.2"))
                .addAttributes(text("service.instance.id", service + "-7d9f8b6c5d-" + instance))
                .addAttributes(text("deployment.environment.name", "production"))
                .addAttributes(text("k8s.namespace.name", "shop"))
                .addAttributes(text("k8s.pod.name", service + "-7d9f8b6c5d-" + instance))
                .addAttributes(text("telemetry.sdk.language", "java"))
                .addAttributes(text("telemetry.sdk.version", "1.54.0"))
                .build();
    }

    private static Span proto(LoadTrace trace, LoadSpan span) {
        Span.Builder proto = Span.newBuilder()
                .setTraceId(id(trace.high(), trace.low()))
                .setSpanId(id(span.spanId()))
                .setName(span.name())
                .setKindValue(span.kind())
                .setStartTimeUnixNano(span.startEpochNanos())
                .setEndTimeUnixNano(span.startEpochNanos() + span.durationNanos());
        if (span.parentId() != 0) {
            proto.setParentSpanId(id(span.parentId()));
        }
        if (span.failed()) {
            proto.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
        }
        span.attributes().forEach((key, value) -> proto.addAttributes(attribute(key, value)));
        return proto.build();
    }

    private static KeyValue attribute(String key, Object value) {
        return value instanceof Long number
                ? KeyValue.newBuilder()
                        .setKey(key)
                        .setValue(AnyValue.newBuilder().setIntValue(number))
                        .build()
                : text(key, value.toString());
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString id(long... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * parts.length);
        for (long part : parts) {
            bytes.putLong(part);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
