package dev.plait.sink.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;

/** Reads OTLP/JSON strictly, as a receiver does that knows no other spelling: an unknown key, a wrong type is a failure. */
final class JsonToProto {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonToProto() {}

    static Message read(byte[] json, Message.Builder into) throws IOException {
        read(JSON.readTree(json), into);
        return into.build();
    }

    private static void read(JsonNode node, Message.Builder into) {
        node.properties().forEach(entry -> {
            FieldDescriptor field = into.getDescriptorForType().getFields().stream()
                    .filter(known -> known.getJsonName().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown key " + entry.getKey()));
            if (field.isRepeated()) {
                entry.getValue().forEach(element -> into.addRepeatedField(field, value(field, element, into)));
            } else {
                into.setField(field, value(field, entry.getValue(), into));
            }
        });
    }

    private static Object value(FieldDescriptor field, JsonNode node, Message.Builder parent) {
        return switch (field.getType()) {
            case MESSAGE -> {
                Message.Builder message = parent.newBuilderForField(field);
                read(node, message);
                yield message.build();
            }
            case STRING -> text(node);
            case BOOL -> node.booleanValue();
            case ENUM -> field.getEnumType().findValueByNumber(node.intValue());
            case BYTES ->
                field.getName().endsWith("_id")
                        ? ByteString.copyFrom(HexFormat.of().parseHex(text(node)))
                        : ByteString.copyFrom(Base64.getDecoder().decode(text(node)));
            case DOUBLE -> node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
            case INT64, SINT64, SFIXED64 -> Long.parseLong(text(node));
            case UINT64, FIXED64 -> Long.parseUnsignedLong(text(node));
            case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> node.intValue();
            default -> throw new IllegalArgumentException("type " + field.getType());
        };
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("a text is expected, not " + node);
        }
        return node.textValue();
    }
}
