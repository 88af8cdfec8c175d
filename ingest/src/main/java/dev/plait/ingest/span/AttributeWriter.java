package dev.plait.ingest.span;

import dev.plait.schemas.wire.ProtoWriter;
import java.util.Map;

/**
 * Writes attributes as OTLP {@code KeyValue}s: values are Long, Double, Boolean, byte[], and anything else as its text. Source:
 * opentelemetry-proto common/v1/common.proto.
 */
public final class AttributeWriter {
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING = 1;
    private static final int BOOL = 2;
    private static final int INT = 3;
    private static final int DOUBLE = 4;
    private static final int BYTES = 7;

    private AttributeWriter() {}

    /** Each of {@code attributes}, in their order, as the repeated field {@code field}. */
    public static void write(ProtoWriter out, int field, Map<String, Object> attributes) {
        attributes.forEach((key, value) -> {
            int start = out.begin(field);
            out.text(KEY, SpanText.whole(key));
            int any = out.begin(VALUE);
            value(out, value);
            out.end(any);
            out.end(start);
        });
    }

    private static void value(ProtoWriter out, Object value) {
        if (value instanceof Long number) {
            out.varint(INT, number);
        } else if (value instanceof Double number) {
            out.doubleValue(DOUBLE, number);
        } else if (value instanceof Boolean flag) {
            out.varint(BOOL, flag ? 1 : 0);
        } else if (value instanceof byte[] bytes) {
            out.bytes(BYTES, bytes, 0, bytes.length);
        } else {
            out.text(STRING, SpanText.whole(value.toString()));
        }
    }
}
