package dev.plait.ingest.jaeger;

import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.span.ProtoIds;
import dev.plait.ingest.span.ProtoText;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one {@code jaeger.api_v2.Span}. Breaks of the encoding leave as {@link dev.plait.schemas.wire.Malformed} and end the
 * record. Source: jaegertracing/jaeger-idl proto/api_v2/model.proto.
 */
final class ProtoSpanReader {
    private static final int TRACE_ID = 1 << 3 | ProtoReader.LEN;
    private static final int SPAN_ID = 2 << 3 | ProtoReader.LEN;
    private static final int NAME = 3 << 3 | ProtoReader.LEN;
    private static final int REFERENCE = 4 << 3 | ProtoReader.LEN;
    private static final int FLAGS = 5 << 3 | ProtoReader.VARINT;
    private static final int START = 6 << 3 | ProtoReader.LEN;
    private static final int DURATION = 7 << 3 | ProtoReader.LEN;
    private static final int TAG = 8 << 3 | ProtoReader.LEN;
    private static final int LOG = 9 << 3 | ProtoReader.LEN;
    private static final int PROCESS = 10 << 3 | ProtoReader.LEN;
    private static final int LAST_FIELD = 12;

    private static final int REFERENCE_TYPE = 3 << 3 | ProtoReader.VARINT;
    private static final int SECONDS = 1 << 3 | ProtoReader.VARINT;
    private static final int NANOS = 2 << 3 | ProtoReader.VARINT;
    private static final int FIRST_MESSAGE = 1 << 3 | ProtoReader.LEN;
    private static final int SECOND_MESSAGE = 2 << 3 | ProtoReader.LEN;

    private static final int KEY = 1 << 3 | ProtoReader.LEN;
    private static final int TYPE = 2 << 3 | ProtoReader.VARINT;
    private static final int STRING = 3 << 3 | ProtoReader.LEN;
    private static final int BOOL = 4 << 3 | ProtoReader.VARINT;
    private static final int INT64 = 5 << 3 | ProtoReader.VARINT;
    private static final int FLOAT64 = 6 << 3 | ProtoReader.FIXED64;
    private static final int BINARY = 7 << 3 | ProtoReader.LEN;

    private final SpanOutput output;
    private final ProtoText text;
    private final JaegerSpan jaeger;
    private final ProtoReader reader = new ProtoReader();
    private final ProtoReader part = new ProtoReader();
    private final ProtoReader leaf = new ProtoReader();

    ProtoSpanReader(SpanOutput output) {
        this.output = output;
        text = new ProtoText(output);
        jaeger = new JaegerSpan(output);
    }

    Optional<Problem> read(byte[] bytes, SpanRecord span) {
        jaeger.clear();
        reader.reset(bytes, 0, bytes.length);
        while (reader.hasNext()) {
            field(reader.tag(), span);
        }
        return jaeger.finish(span);
    }

    private void field(int tag, SpanRecord span) {
        switch (tag) {
            case TRACE_ID -> jaeger.trace(ProtoIds.trace(reader));
            case SPAN_ID -> jaeger.id(ProtoIds.span(reader));
            case NAME -> span.name(output.cut(text.read(reader), SpanText.MAX_NAME));
            case REFERENCE -> reference();
            case FLAGS -> span.traceFlags((int) reader.varint() & 1);
            case START -> jaeger.start(time(nested(reader, part)));
            case DURATION -> jaeger.duration(time(nested(reader, part)));
            case TAG -> keyValue(nested(reader, leaf), span::attribute);
            case LOG -> log(span);
            case PROCESS -> process();
            default -> other(reader, tag, LAST_FIELD);
        }
    }

    /** A known field of another wire type is another message's. */
    private static void other(ProtoReader in, int tag, int lastField) {
        if (ProtoReader.field(tag) <= lastField) {
            in.expect(tag, ProtoReader.field(tag) > 10 ? ProtoReader.LEN : -1);
        }
        in.skip(tag);
    }

    private static ProtoReader nested(ProtoReader from, ProtoReader to) {
        int length = from.length();
        to.reset(from.bytes(), from.position(), length);
        from.advance(length);
        return to;
    }

    private void reference() {
        ProtoReader in = nested(reader, part);
        Optional<TraceId> trace = Optional.empty();
        long span = 0;
        boolean follows = false;
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case TRACE_ID -> trace = ProtoIds.trace(in);
                case SPAN_ID -> span = ProtoIds.span(in);
                case REFERENCE_TYPE -> follows = in.varint() == 1;
                default -> other(in, tag, 3);
            }
        }
        jaeger.reference(new JaegerSpan.Reference(trace, span, follows));
    }

    /** A Timestamp or a Duration; 0 when it is out of range, which is counted. */
    private long time(ProtoReader in) {
        long seconds = 0;
        long nanos = 0;
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case SECONDS -> seconds = in.varint();
                case NANOS -> nanos = in.varint();
                default -> other(in, tag, 2);
            }
        }
        OptionalLong time = JaegerTime.nanos(seconds, nanos);
        if (time.isEmpty()) {
            output.normalised("bad_time");
        }
        return time.orElse(0);
    }

    private void log(SpanRecord span) {
        ProtoReader in = nested(reader, part);
        Map<String, Object> fields = new LinkedHashMap<>();
        long time = 0;
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case FIRST_MESSAGE -> time = time(nested(in, leaf));
                case SECOND_MESSAGE -> keyValue(nested(in, leaf), (key, value) -> fields.put(key, value) != null);
                default -> other(in, tag, 2);
            }
        }
        jaeger.log(span, time, fields);
    }

    private void process() {
        ProtoReader in = nested(reader, part);
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case FIRST_MESSAGE -> jaeger.service(output.cut(text.read(in), SpanText.MAX_NAME));
                case SECOND_MESSAGE ->
                    keyValue(
                            nested(in, leaf),
                            (key, value) -> jaeger.processTags().put(key, value) != null);
                default -> other(in, tag, 2);
            }
        }
    }

    /** Where a tag goes; answers whether its key was there before. */
    private interface Tags {
        boolean put(String key, Object value);
    }

    /** The value is the member that the type names. */
    private void keyValue(ProtoReader in, Tags tags) {
        String key = "";
        String string = "";
        boolean bool = false;
        long number = 0;
        double real = 0;
        byte[] binary = {};
        long type = 0;
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case KEY -> key = text.read(in);
                case TYPE -> type = in.varint();
                case STRING -> string = text.read(in);
                case BOOL -> bool = in.varint() != 0;
                case INT64 -> number = in.varint();
                case FLOAT64 -> real = Double.longBitsToDouble(in.fixed64());
                case BINARY -> binary = bytes(in);
                default -> other(in, tag, 7);
            }
        }
        Object value = switch ((int) type) {
            case 1 -> bool;
            case 2 -> number;
            case 3 -> real;
            case 4 -> binary;
            default -> output.cut(string, SpanText.MAX_VALUE);
        };
        if (tags.put(key, value)) {
            output.normalised("duplicate_key");
        }
    }

    private byte[] bytes(ProtoReader in) {
        int length = in.length();
        int kept = Math.min(length, SpanText.MAX_VALUE);
        if (kept < length) {
            output.normalised("truncated_text");
        }
        byte[] bytes = Arrays.copyOfRange(in.bytes(), in.position(), in.position() + kept);
        in.advance(length);
        return bytes;
    }
}
