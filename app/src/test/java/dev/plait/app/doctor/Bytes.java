package dev.plait.app.doctor;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Record values as senders write them. */
public final class Bytes {
    private Bytes() {}

    /** A request of one span. {@code high} of 0: a 64-bit ID; {@code parent} of 0: a root. */
    public static byte[] span(String service, long high, long low, long parent, long endMs) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(high).putLong(low).array()))
                .setSpanId(id(low + 1))
                .setName("GET /orders")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(endMs - 10))
                .setEndTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(endMs));
        if (parent != 0) {
            span.setParentSpanId(id(parent));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(KeyValue.newBuilder()
                                        .setKey("service.name")
                                        .setValue(AnyValue.newBuilder().setStringValue(service))))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    private static ByteString id(long value) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(value).array());
    }

    /** Kong's log of a request, with what identifies it. */
    public static byte[] kong(String requestId, String traceId, long startedMs) {
        String request = requestId.isEmpty() ? "" : "\"id\":\"" + requestId + "\",";
        String trace = traceId.isEmpty() ? "" : ",\"trace_id\":{\"w3c\":\"" + traceId + "\"}";
        return text(
                "{\"request\":{" + request + "\"method\":\"GET\",\"uri\":\"/orders\"},\"response\":{\"status\":200},"
                        + "\"started_at\":" + startedMs + ",\"latencies\":{\"request\":12,\"kong\":2,\"proxy\":10},"
                        + "\"client_ip\":\"10.0.0.9\",\"service\":{\"name\":\"orders\"},\"route\":{\"name\":\"orders-v1\"}"
                        + trace
                        + "}");
    }

    /** The line of Kong Mesh's documentation, which has no column for the trace ID. */
    public static byte[] meshWithoutTraceColumn(String requestId, String time) {
        return text("[" + time + "] default \"GET /orders HTTP/1.1\" 200 - 0 91 12 11 \"-\" \"curl/8.5\" \"" + requestId
                + "\" \"orders.mesh\" \"kong\" \"orders\" \"10.42.0.7\" \"10.42.1.9:8080\"");
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
