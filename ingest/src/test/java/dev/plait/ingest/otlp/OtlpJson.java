package dev.plait.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.plait.schemas.model.Hex;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes generated messages as OTLP/JSON, by their descriptors: the opposite of what is tested, from another source. */
public final class OtlpJson {
    private OtlpJson() {}

    public static String of(Message message) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Message message, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            out.writeFieldName(field.getKey().getJsonName());
            if (field.getKey().isRepeated()) {
                out.writeStartArray();
                for (Object value : (List<?>) field.getValue()) {
                    write(field.getKey(), value, out);
                }
                out.writeEndArray();
            } else {
                write(field.getKey(), field.getValue(), out);
            }
        }
        out.writeEndObject();
    }

    private static void write(FieldDescriptor field, Object value, JsonGenerator out) throws IOException {
        if (value instanceof Message message) {
            write(message, out);
        } else if (value instanceof ByteString bytes) {
            out.writeString(field.getName().endsWith("_id") ? hex(bytes) : base64(bytes));
        } else if (value instanceof EnumValueDescriptor number) {
            out.writeNumber(number.getNumber());
        } else if (value instanceof Long number) {
            boolean unsigned =
                    field.getType() == FieldDescriptor.Type.FIXED64 || field.getType() == FieldDescriptor.Type.UINT64;
            out.writeString(unsigned ? Long.toUnsignedString(number) : Long.toString(number));
        } else if (value instanceof Integer number) {
            boolean unsigned =
                    field.getType() == FieldDescriptor.Type.FIXED32 || field.getType() == FieldDescriptor.Type.UINT32;
            out.writeNumber(unsigned ? Integer.toUnsignedLong(number) : number);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else {
            out.writeString((String) value);
        }
    }

    private static String hex(ByteString bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes.toByteArray()) {
            hex.append(Hex.of(b & 0xff).substring(14));
        }
        return hex.toString();
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
