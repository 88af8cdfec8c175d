package dev.plait.sink.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * OTLP/JSON of any OTLP message, as bytes of UTF-8: protobuf's JSON mapping with lowerCamelCase keys, but trace and span IDs in
 * hex and enums as numbers, which protobuf's own {@code JsonFormat} does not write. 64-bit integers are texts, as are NaN and the
 * infinities; other bytes are base64; fields that have their default are left out, members of a oneof that is set are not.
 * Source: opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding". Thread safe.
 */
final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** For texts with half a surrogate pair, which Jackson refuses as UTF-8 and takes as an escape. */
    private static final JsonFactory ESCAPED_JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private OtlpJson() {}

    static byte[] of(Message message) {
        try {
            return bytes(JSON, message);
        } catch (JsonGenerationException halfAPair) {
            try {
                return bytes(ESCAPED_JSON, message);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] bytes(JsonFactory factory, Message message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.getSerializedSize() * 2);
        try (JsonGenerator json = factory.createGenerator(out)) {
            write(json, message);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            json.writeFieldName(field.getJsonName());
            if (field.isRepeated()) {
                json.writeStartArray();
                for (Object element : (List<?>) entry.getValue()) {
                    write(json, field, element);
                }
                json.writeEndArray();
            } else {
                write(json, field, entry.getValue());
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, FieldDescriptor field, Object value) throws IOException {
        switch (field.getType()) {
            case MESSAGE -> write(json, (Message) value);
            case STRING -> json.writeString((String) value);
            case BOOL -> json.writeBoolean((Boolean) value);
            case ENUM -> json.writeNumber(((EnumValueDescriptor) value).getNumber());
            case BYTES -> json.writeString(text(field, (ByteString) value));
            case DOUBLE -> number(json, (Double) value);
            case INT64, SINT64, SFIXED64 -> json.writeString(Long.toString((Long) value));
            case UINT64, FIXED64 -> json.writeString(Long.toUnsignedString((Long) value));
            case INT32, SINT32, SFIXED32 -> json.writeNumber((Integer) value);
            case UINT32, FIXED32 -> json.writeNumber(Integer.toUnsignedLong((Integer) value));
            default -> throw new IllegalStateException("OTLP has no field of type " + field.getType());
        }
    }

    private static String text(FieldDescriptor field, ByteString bytes) {
        return switch (field.getName()) {
            case "trace_id", "span_id", "parent_span_id" -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> Base64.getEncoder().encodeToString(bytes.toByteArray());
        };
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}
