package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.FIXED64;
import static dev.plait.schemas.wire.ProtoReader.LEN;
import static dev.plait.schemas.wire.ProtoReader.VARINT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * OTLP attributes and values as Plait keeps them: text, long, double and boolean as they are, bytes as base64 text, arrays
 * and maps as JSON text, an unset value not at all. Of fields that come twice the last one counts. Not thread safe. Source:
 * opentelemetry/proto/common/v1/common.proto.
 */
final class ValueReader {
    static final int KEY = 1 << 3 | LEN;
    static final int VALUE = 2 << 3 | LEN;

    static final int STRING = 1 << 3 | LEN;
    static final int BOOLEAN = 2 << 3 | VARINT;
    static final int INTEGER = 3 << 3 | VARINT;
    static final int DOUBLE = 4 << 3 | FIXED64;
    static final int ARRAY = 5 << 3 | LEN;
    static final int MAP = 6 << 3 | LEN;
    static final int BYTES = 7 << 3 | LEN;

    private final SliceCursor pair = new SliceCursor();
    private final SliceCursor member = new SliceCursor();
    private final TextCache texts;

    ValueReader(TextCache texts) {
        this.texts = texts;
    }

    /** Reads the {@code KeyValue} that {@code field} stands on into {@code attributes}. */
    void attribute(SliceCursor field, Map<String, Object> attributes) {
        byte[] bytes = field.bytes();
        String key = "";
        int valueAt = 0;
        int valueLength = 0;
        pair.reset(bytes, field.start(), field.length());
        while (pair.next()) {
            if (pair.tag() == KEY) {
                key = texts.text(bytes, pair.start(), pair.length());
            } else if (pair.tag() == VALUE) {
                valueAt = pair.start();
                valueLength = pair.length();
            }
        }
        Optional<Object> value = value(bytes, valueAt, valueLength);
        if (value.isPresent()) {
            attributes.put(key, value.get());
        }
    }

    /** An {@code AnyValue}; empty when it is unset. */
    Optional<Object> value(byte[] bytes, int offset, int length) {
        Optional<Object> value = Optional.empty();
        member.reset(bytes, offset, length);
        while (member.next()) {
            switch (member.tag()) {
                case STRING -> value = Optional.of(new String(bytes, member.start(), member.length(), UTF_8));
                case BOOLEAN -> value = Optional.of(member.number() != 0);
                case INTEGER -> value = Optional.of(member.number());
                case DOUBLE -> value = Optional.of(Double.longBitsToDouble(member.number()));
                case BYTES -> value = Optional.of(base64(member));
                case ARRAY, MAP -> value = Optional.of(JsonText.of(bytes, offset, length));
                default -> {}
            }
        }
        return value;
    }

    /** The bytes that {@code field} stands on. */
    static String base64(SliceCursor field) {
        int start = field.start();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(field.bytes(), start, start + field.length()));
    }
}
