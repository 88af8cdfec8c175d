package dev.plait.sink.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * The smallest thing that is sent: a span, a log record or a metric with one data point, and what it is of. {@link Requests}
 * groups items again by resource and scope.
 */
record Item(Signal signal, Resource resource, InstrumentationScope scope, Message message) {
    /** Tag and length of a message field, at most. */
    private static final int FIELD_BYTES = 6;

    static Item of(Resource resource, InstrumentationScope scope, Span span) {
        return new Item(Signal.TRACES, resource, scope, span);
    }

    static Item of(Resource resource, InstrumentationScope scope, LogRecord log) {
        return new Item(Signal.LOGS, resource, scope, log);
    }

    static Item of(Resource resource, InstrumentationScope scope, Metric metric) {
        return new Item(Signal.METRICS, resource, scope, metric);
    }

    /** Bytes that it adds to a request that already has items of its resource and scope, at most. */
    int sizeBytes() {
        return FIELD_BYTES + message.getSerializedSize();
    }

    /** Bytes of its resource and scope in a request, at most. */
    int groupBytes() {
        return 4 * FIELD_BYTES + resource.getSerializedSize() + scope.getSerializedSize();
    }

    boolean isOfGroup(Item other) {
        return resource.equals(other.resource) && scope.equals(other.scope);
    }
}
