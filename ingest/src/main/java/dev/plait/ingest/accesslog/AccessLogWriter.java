package dev.plait.ingest.accesslog;

import dev.plait.ingest.otlp.ContentHash;
import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes an {@link AccessLogRecord} as an OTLP {@code LogRecord}; sizes are computed, so that no length is padded. The body is
 * {@code METHOD path status}, or what there is of it; of a connection {@code stream status} or {@code TCP source destination}.
 *
 * <p>Source: opentelemetry-proto logs/v1/logs.proto and common/v1/common.proto.
 */
final class AccessLogWriter {
    private static final int TIME = 1;
    private static final int BODY = 5;
    private static final int ATTRIBUTE = 6;
    private static final int TRACE_ID = 9;
    private static final int SPAN_ID = 10;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING = 1;
    private static final int BOOL = 2;
    private static final int INT = 3;
    private static final int DOUBLE = 4;
    private static final int DOUBLE_SIZE = 9;
    private static final byte[] TCP = "TCP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] KEYS = AccessAttribute.ALL.stream()
            .map(attribute -> keyField(attribute.key()))
            .toArray(byte[][]::new);

    private final ProtoWriter out = new ProtoWriter();
    private byte[] body = new byte[256];
    private int bodySize;

    byte[] bytes() {
        return out.bytes();
    }

    int size() {
        return out.size();
    }

    /** Writes the record and returns its content hash. */
    long write(AccessLogRecord log, LogResource resource) {
        out.clear();
        if (log.timeNanos != 0) {
            out.fixed64(TIME, log.timeNanos);
        }
        body(log);
        for (int at = 0; at < AccessAttribute.COUNT; at++) {
            attribute(log, at);
        }
        log.others.forEach((key, value) -> other(keyField(key), value));
        if (log.hasTrace()) {
            out.id(TRACE_ID, log.traceHigh, log.traceLow);
            if (log.spanId != 0) {
                out.id(SPAN_ID, log.spanId);
            }
        }
        return ContentHash.of(out.bytes(), 0, out.size(), resource.hash());
    }

    private void attribute(AccessLogRecord log, int at) {
        switch (log.kinds[at]) {
            case AccessLogRecord.TEXT -> text(KEYS[at], log.text, log.starts[at], log.lengths[at]);
            case AccessLogRecord.INTEGER -> integer(KEYS[at], INT, log.numbers[at]);
            case AccessLogRecord.DECIMAL -> decimal(KEYS[at], log.numbers[at]);
            default -> {
                // not in this log
            }
        }
    }

    private void other(byte[] keyField, Object value) {
        if (value instanceof Long number) {
            integer(keyField, INT, number);
        } else if (value instanceof Double number) {
            decimal(keyField, Double.doubleToRawLongBits(number));
        } else if (value instanceof Boolean flag) {
            integer(keyField, BOOL, flag ? 1 : 0);
        } else {
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            text(keyField, text, 0, text.length);
        }
    }

    private void integer(byte[] keyField, int member, long value) {
        key(keyField, 1 + ProtoWriter.varintSize(value));
        out.varint(member, value);
    }

    private void decimal(byte[] keyField, long bits) {
        key(keyField, DOUBLE_SIZE);
        out.fixed64(DOUBLE, bits);
    }

    private void text(byte[] keyField, byte[] value, int from, int length) {
        key(keyField, sized(length));
        out.bytes(STRING, value, from, length);
    }

    /** Everything of a KeyValue up to the content of its AnyValue, which takes {@code valueSize} bytes. */
    private void key(byte[] keyField, int valueSize) {
        out.message(ATTRIBUTE, keyField.length + sized(valueSize));
        out.raw(keyField);
        out.message(VALUE, valueSize);
    }

    /** The key of a KeyValue as it is written. */
    private static byte[] keyField(String key) {
        ProtoWriter field = new ProtoWriter();
        field.text(KEY, key);
        return field.toByteArray();
    }

    /** Bytes of a length-delimited field of {@code length} bytes, with its tag (all fields here are below 16). */
    private static int sized(int length) {
        return 1 + ProtoWriter.varintSize(length) + length;
    }

    private void body(AccessLogRecord log) {
        bodySize = 0;
        part(log, AccessAttribute.METHOD);
        part(log, AccessAttribute.PATH);
        part(log, AccessAttribute.KONG_SUBSYSTEM);
        part(log, AccessAttribute.STATUS);
        part(log, AccessAttribute.KONG_SESSION_STATUS);
        if (bodySize == 0 && log.has(AccessAttribute.KUMA_DESTINATION)) {
            part(TCP, 0, TCP.length);
            part(log, AccessAttribute.KUMA_SOURCE);
            part(log, AccessAttribute.KUMA_DESTINATION);
        }
        if (bodySize > 0) {
            out.message(BODY, sized(bodySize));
            out.bytes(STRING, body, 0, bodySize);
        }
    }

    private void part(AccessLogRecord log, AccessAttribute attribute) {
        int at = attribute.slot();
        if (log.kinds[at] == AccessLogRecord.TEXT) {
            part(log.text, log.starts[at], log.lengths[at]);
        } else if (log.kinds[at] == AccessLogRecord.INTEGER) {
            byte[] digits = Long.toString(log.numbers[at]).getBytes(StandardCharsets.US_ASCII);
            part(digits, 0, digits.length);
        }
    }

    private void part(byte[] bytes, int from, int length) {
        int needed = bodySize + 1 + length;
        if (body.length < needed) {
            body = Arrays.copyOf(body, needed * 2);
        }
        if (bodySize > 0) {
            body[bodySize++] = ' ';
        }
        System.arraycopy(bytes, from, body, bodySize, length);
        bodySize += length;
    }
}
