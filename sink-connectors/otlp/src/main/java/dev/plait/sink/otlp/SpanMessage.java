package dev.plait.sink.otlp;

import com.google.protobuf.ByteString;
import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

/**
 * A span of a correlated trace as an OTLP span: as it was received, and what Plait found out about it alone as {@code plait.}
 * attributes. Its status stays the sender's; a span that is an error by Plait's rules without saying so is marked
 * {@code plait.error}.
 */
final class SpanMessage {
    private SpanMessage() {}

    static Span.Builder of(ByteString traceId, RecordView span) {
        long start = span.number("startEpochNanos");
        Span.Builder message = Span.newBuilder()
                .setTraceId(traceId)
                .setSpanId(Ids.span(span, "spanId"))
                .setName(span.text("name"))
                .setKind(kind(span.text("kind")))
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + span.number("durationNanos"));
        Ids.optionalSpan(span, "parentSpanId").ifPresent(message::setParentSpanId);
        message.addAllAttributes(attributes(span).list());
        span.records("events").forEach(event -> message.addEvents(event(event)));
        span.records("links").forEach(link -> message.addLinks(link(link)));
        status(span, message);
        return message;
    }

    private static KeyValues attributes(RecordView span) {
        KeyValues attributes = new KeyValues().putAll(span.map("attributes"));
        attributes.put("plait.self_time_ns", span.number("selfNanos"));
        if (span.flag("onCriticalPath")) {
            attributes.put("plait.on_critical_path", true);
        }
        if (span.flag("error") && !span.text("status").equals("ERROR")) {
            attributes.put("plait.error", true);
        }
        if (span.number("skewNanos") != 0) {
            attributes.put("plait.clock_skew_ns", span.number("skewNanos"));
        }
        return attributes;
    }

    private static Span.Event event(RecordView event) {
        return Span.Event.newBuilder()
                .setName(event.text("name"))
                .setTimeUnixNano(event.number("timeEpochNanos"))
                .addAllAttributes(
                        new KeyValues().putAll(event.map("attributes")).list())
                .build();
    }

    private static Span.Link link(RecordView link) {
        return Span.Link.newBuilder()
                .setTraceId(Ids.trace(link, "traceId"))
                .setSpanId(Ids.span(link, "spanId"))
                .addAllAttributes(new KeyValues().putAll(link.map("attributes")).list())
                .build();
    }

    private static void status(RecordView span, Span.Builder message) {
        StatusCode code = switch (span.text("status")) {
            case "OK" -> StatusCode.STATUS_CODE_OK;
            case "ERROR" -> StatusCode.STATUS_CODE_ERROR;
            default -> StatusCode.STATUS_CODE_UNSET;
        };
        String text = span.optionalText("statusMessage").orElse("");
        if (code != StatusCode.STATUS_CODE_UNSET || !text.isEmpty()) {
            message.setStatus(Status.newBuilder().setCode(code).setMessage(text));
        }
    }

    private static SpanKind kind(String name) {
        return switch (name) {
            case "INTERNAL" -> SpanKind.SPAN_KIND_INTERNAL;
            case "SERVER" -> SpanKind.SPAN_KIND_SERVER;
            case "CLIENT" -> SpanKind.SPAN_KIND_CLIENT;
            case "PRODUCER" -> SpanKind.SPAN_KIND_PRODUCER;
            case "CONSUMER" -> SpanKind.SPAN_KIND_CONSUMER;
            default -> SpanKind.SPAN_KIND_UNSPECIFIED;
        };
    }
}
