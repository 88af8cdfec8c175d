package dev.plait.ingest.span;

import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.Map;

/**
 * Writes a {@link SpanRecord} as an OTLP {@code Span}, its resource and scope as messages of their own. Source:
 * opentelemetry-proto trace/v1/trace.proto, common/v1/common.proto.
 */
final class SpanWriter {
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int TRACE_STATE = 3;
    private static final int PARENT_SPAN_ID = 4;
    private static final int NAME = 5;
    private static final int KIND = 6;
    private static final int START = 7;
    private static final int END = 8;
    private static final int ATTRIBUTES = 9;
    private static final int EVENTS = 11;
    private static final int LINKS = 13;
    private static final int STATUS = 15;
    private static final int FLAGS = 16;

    private static final int STATUS_MESSAGE = 2;
    private static final int STATUS_CODE = 3;
    private static final int EVENT_TIME = 1;
    private static final int EVENT_NAME = 2;
    private static final int EVENT_ATTRIBUTES = 3;
    private static final int LINK_TRACE_ID = 1;
    private static final int LINK_SPAN_ID = 2;
    private static final int LINK_TRACE_STATE = 3;
    private static final int LINK_ATTRIBUTES = 4;
    private static final int RESOURCE_ATTRIBUTES = 1;
    private static final int SCOPE_NAME = 1;
    private static final int SCOPE_VERSION = 2;

    private static final byte[] NO_ID = {0};

    /** Output that has grown beyond this is not kept for the next span. */
    private static final int KEEP_BYTES = 4 << 20;

    private ProtoWriter out = new ProtoWriter();

    byte[] bytes() {
        return out.bytes();
    }

    int size() {
        return out.size();
    }

    void write(SpanRecord span) {
        restart();
        span.trace.ifPresent(trace -> out.id(TRACE_ID, trace.high(), trace.low()));
        out.id(SPAN_ID, span.spanId);
        text(TRACE_STATE, span.traceState);
        span.parentId.ifPresent(this::parent);
        text(NAME, span.name);
        out.varint(KIND, number(span.kind.orElse(SpanKind.INTERNAL)));
        time(START, span.startNanos);
        time(END, span.endNanos);
        AttributeWriter.write(out, ATTRIBUTES, span.attributes);
        span.events.forEach(this::event);
        span.links.forEach(this::link);
        status(span);
        if (span.traceFlags != 0) {
            out.fixed32(FLAGS, span.traceFlags);
        }
    }

    /** An OTLP {@code Resource}. */
    byte[] resource(Map<String, Object> resource) {
        restart();
        AttributeWriter.write(out, RESOURCE_ATTRIBUTES, resource);
        return out.toByteArray();
    }

    /** An OTLP {@code InstrumentationScope}. */
    byte[] scope(Map<String, Object> scope) {
        restart();
        text(SCOPE_NAME, scope.getOrDefault("name", "").toString());
        text(SCOPE_VERSION, scope.getOrDefault("version", "").toString());
        return out.toByteArray();
    }

    private void restart() {
        if (out.bytes().length > KEEP_BYTES) {
            out = new ProtoWriter();
        }
        out.clear();
    }

    private void parent(long id) {
        if (id == 0) {
            out.bytes(PARENT_SPAN_ID, NO_ID, 0, NO_ID.length);
        } else {
            out.id(PARENT_SPAN_ID, id);
        }
    }

    private void event(SpanRecord.Event event) {
        int start = out.begin(EVENTS);
        time(EVENT_TIME, event.epochNanos());
        text(EVENT_NAME, event.name());
        AttributeWriter.write(out, EVENT_ATTRIBUTES, event.attributes());
        out.end(start);
    }

    private void link(SpanRecord.Link link) {
        int start = out.begin(LINKS);
        out.id(LINK_TRACE_ID, link.trace().high(), link.trace().low());
        out.id(LINK_SPAN_ID, link.spanId());
        text(LINK_TRACE_STATE, link.traceState());
        AttributeWriter.write(out, LINK_ATTRIBUTES, link.attributes());
        out.end(start);
    }

    private void status(SpanRecord span) {
        if (span.status != SpanRecord.UNSET) {
            int start = out.begin(STATUS);
            text(STATUS_MESSAGE, span.statusMessage);
            out.varint(STATUS_CODE, span.status);
            out.end(start);
        }
    }

    private void text(int field, String text) {
        if (!text.isEmpty()) {
            out.text(field, SpanText.whole(text));
        }
    }

    private void time(int field, long epochNanos) {
        if (epochNanos != 0) {
            out.fixed64(field, epochNanos);
        }
    }

    /** OTLP's number. */
    private static int number(SpanKind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
            case PRODUCER -> 4;
            case CONSUMER -> 5;
        };
    }
}
