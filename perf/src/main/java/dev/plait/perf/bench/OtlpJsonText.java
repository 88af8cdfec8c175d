package dev.plait.perf.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;

/** OTLP/JSON of a request, as exporters write it: ids in hex, 64-bit integers as text, enums as numbers. */
final class OtlpJsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private OtlpJsonText() {}

    static byte[] of(byte[] protobuf) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            request(json, ExportTraceServiceRequest.parseFrom(protobuf));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toByteArray();
    }

    private static void request(JsonGenerator json, ExportTraceServiceRequest request) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("resourceSpans");
        for (ResourceSpans resource : request.getResourceSpansList()) {
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            attributes(json, resource.getResource().getAttributesList());
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                scope(json, scope);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void scope(JsonGenerator json, ScopeSpans scope) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("scope");
        json.writeStringField("name", scope.getScope().getName());
        json.writeStringField("version", scope.getScope().getVersion());
        json.writeEndObject();
        json.writeArrayFieldStart("spans");
        for (Span span : scope.getSpansList()) {
            span(json, span);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void span(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", hex(span.getTraceId()));
        json.writeStringField("spanId", hex(span.getSpanId()));
        json.writeStringField("parentSpanId", hex(span.getParentSpanId()));
        json.writeStringField("name", span.getName());
        json.writeNumberField("kind", span.getKindValue());
        json.writeStringField("startTimeUnixNano", Long.toString(span.getStartTimeUnixNano()));
        json.writeStringField("endTimeUnixNano", Long.toString(span.getEndTimeUnixNano()));
        attributes(json, span.getAttributesList());
        json.writeObjectFieldStart("status");
        if (span.getStatus().getCodeValue() != 0) {
            json.writeNumberField("code", span.getStatus().getCodeValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, List<KeyValue> attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (KeyValue attribute : attributes) {
            json.writeStartObject();
            json.writeStringField("key", attribute.getKey());
            json.writeObjectFieldStart("value");
            if (attribute.getValue().hasIntValue()) {
                json.writeStringField(
                        "intValue", Long.toString(attribute.getValue().getIntValue()));
            } else {
                json.writeStringField("stringValue", attribute.getValue().getStringValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
