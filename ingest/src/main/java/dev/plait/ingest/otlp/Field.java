package dev.plait.ingest.otlp;

import java.util.Locale;
import java.util.Map;

/**
 * One field of an OTLP message.
 *
 * @param index its place in its message, below 64: the bit that tells a second occurrence
 * @param number protobuf field number
 * @param json lowerCamelCase name, the only one that OTLP/JSON knows
 * @param message type of the value when {@code type} is MESSAGE, else the one it is in
 * @param values numbers by name when {@code type} is ENUM, else empty
 */
record Field(
        int index,
        int number,
        String json,
        FieldType type,
        boolean repeated,
        MessageType message,
        Map<String, Integer> values) {

    /** The name in the {@code .proto} file. */
    String protoName() {
        return json.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
