package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.attributes;
import static dev.plait.schemas.wire.JsonFields.list;
import static dev.plait.schemas.wire.JsonFields.optional;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.TraceSpan;
import java.io.IOException;

/** The JSON fields of a span within its trace. */
final class SpanFields {
    private SpanFields() {}

    static void write(JsonGenerator json, TraceSpan span) throws IOException {
        json.writeStartObject();
        json.writeStringField("spanId", span.spanId());
        optional(json, "parentSpanId", span.parentSpanId());
        json.writeStringField("service", span.service());
        json.writeStringField("name", span.name());
        json.writeStringField("kind", span.kind().name());
        json.writeNumberField("startEpochNanos", span.startEpochNanos());
        json.writeNumberField("durationNanos", span.durationNanos());
        json.writeNumberField("selfNanos", span.selfNanos());
        json.writeStringField("status", span.status().name());
        optional(json, "statusMessage", span.statusMessage());
        json.writeBooleanField("error", span.error());
        json.writeBooleanField("onCriticalPath", span.onCriticalPath());
        json.writeNumberField("skewNanos", span.skewNanos());
        optional(json, "scope", span.scope());
        attributes(json, "attributes", span.attributes());
        list(json, "events", span.events(), SpanFields::event);
        list(json, "links", span.links(), SpanFields::link);
        json.writeEndObject();
    }

    private static void event(JsonGenerator json, SpanEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", event.name());
        json.writeNumberField("timeEpochNanos", event.timeEpochNanos());
        attributes(json, "attributes", event.attributes());
        json.writeEndObject();
    }

    private static void link(JsonGenerator json, SpanLink link) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", link.traceId());
        json.writeStringField("spanId", link.spanId());
        attributes(json, "attributes", link.attributes());
        json.writeEndObject();
    }
}
