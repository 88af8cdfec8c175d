package dev.plait.ingest.span;

import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes attributes as OTLP {@code KeyValue}s: values are Long, Double, Boolean, byte[], and anything else as its text. Lengths
 * are as short as they can be: such attributes are scanned in one go, as those of SDKs. Source: opentelemetry-proto
 * common/v1/common.proto.
 */
public final class AttributeWriter {
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING = 1;
    private static final int BOOL = 2;
    private static final int INT = 3;
    private static final int DOUBLE = 4;
    private static final int BYTES = 7;
    private static final int DOUBLE_SIZE = 9;

    private AttributeWriter() {}

    /** Each of {@code attributes}, in their order, as the repeated field {@code field}, which is below 16. */
    public static void write(ProtoWriter out, int field, Map<String, Object> attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        attributes.forEach((key, value) -> {
            byte[] name = utf8(key);
            if (value instanceof Long number) {
                begin(out, field, name, 1 + ProtoWriter.varintSize(number));
                out.varint(INT, number);
            } else if (value instanceof Double number) {
                begin(out, field, name, DOUBLE_SIZE);
                out.doubleValue(DOUBLE, number);
            } else if (value instanceof Boolean flag) {
                begin(out, field, name, 2);
                out.varint(BOOL, flag ? 1 : 0);
            } else {
                boolean binary = value instanceof byte[];
                byte[] bytes = binary ? (byte[]) value : utf8(value.toString());
                begin(out, field, name, sized(bytes.length));
                out.bytes(binary ? BYTES : STRING, bytes, 0, bytes.length);
            }
        });
    }

    /** Everything of an attribute up to the content of its AnyValue, which takes {@code valueSize} bytes. */
    private static void begin(ProtoWriter out, int field, byte[] name, int valueSize) {
        out.message(field, sized(name.length) + sized(valueSize));
        out.bytes(KEY, name, 0, name.length);
        out.message(VALUE, valueSize);
    }

    private static int sized(int length) {
        return 1 + ProtoWriter.varintSize(length) + length;
    }

    private static byte[] utf8(String text) {
        return SpanText.whole(text).getBytes(StandardCharsets.UTF_8);
    }
}
