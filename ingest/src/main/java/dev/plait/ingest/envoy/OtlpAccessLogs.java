package dev.plait.ingest.envoy;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.otlp.ProxyLogs;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what Envoy's OpenTelemetry access logger and Kuma's OpenTelemetry backend write: a default text line as the body, or
 * the names of JSON logs in the body or the attributes. It becomes what {@link MeshDecoder} makes of such a line, with the trace
 * and span of the record, its time where the line has none, and its other attributes as texts. Values in lists and maps, and a
 * text of another format beside attributes that say all, are left out.
 *
 * <p>Source: Envoy, source/extensions/access_loggers/open_telemetry; Kuma, meshaccesslog configurer.
 */
public final class OtlpAccessLogs implements ProxyLogs {
    private static final int TIME = 1 << 3 | ProtoReader.FIXED64;
    private static final int BODY = 5 << 3 | ProtoReader.LEN;
    private static final int ATTRIBUTE = 6 << 3 | ProtoReader.LEN;
    private static final int TRACE_ID = 9 << 3 | ProtoReader.LEN;
    private static final int SPAN_ID = 10 << 3 | ProtoReader.LEN;
    private static final int ENTRY = 1 << 3 | ProtoReader.LEN;
    private static final int KEY = 1 << 3 | ProtoReader.LEN;
    private static final int VALUE = 2 << 3 | ProtoReader.LEN;
    private static final int STRING = 1 << 3 | ProtoReader.LEN;
    private static final int BOOL = 2 << 3 | ProtoReader.VARINT;
    private static final int INT = 3 << 3 | ProtoReader.VARINT;
    private static final int DOUBLE = 4 << 3 | ProtoReader.FIXED64;
    private static final int MAP = 6 << 3 | ProtoReader.LEN;
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private final MeshLog log;
    private final TextLine text;
    private final LineCleaner cleaner = new LineCleaner();
    private final Map<String, Column> columns = JsonKeys.columns();
    private boolean line;
    private int marks;
    private Optional<Problem> problem = Optional.empty();

    public OtlpAccessLogs(Redaction redaction) {
        log = new MeshLog(redaction);
        text = new TextLine(log);
    }

    /** A decoder of OTLP logs that reads those of proxies so. */
    public static OtlpDecoder decoder(Redaction redaction) {
        return OtlpDecoder.logs(redaction, new OtlpAccessLogs(redaction));
    }

    @Override
    public boolean handTo(SignalSink sink, byte[] bytes, int offset, int length, int resource, long resourceHash) {
        log.clear();
        line = false;
        marks = 0;
        problem = Optional.empty();
        long timeNanos = 0;
        ProtoReader in = new ProtoReader().reset(bytes, offset, length);
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case TIME -> timeNanos = in.fixed64();
                case BODY -> body(in, sink);
                case ATTRIBUTE -> entry(in);
                case TRACE_ID -> trace(in);
                case SPAN_ID -> span(in);
                default -> in.skip(tag);
            }
        }
        if (problem.isPresent() || log.problem().isPresent() || !line && marks < JsonLine.MARKS) {
            return false;
        }
        log.log().timeNanosIfAbsent(timeNanos);
        log.handTo(sink, line ? text.isTcp() : log.isTcp(), LogResource.given(resourceHash), resource);
        return true;
    }

    private void trace(ProtoReader in) {
        int size = in.length();
        long low = size == TRACE_BYTES ? ProtoReader.bigEndian(in.bytes(), in.position() + SPAN_BYTES) : 0;
        if (low != 0) {
            log.active(new TraceId(ProtoReader.bigEndian(in.bytes(), in.position()), low));
        }
        in.advance(size);
    }

    private void span(ProtoReader in) {
        int size = in.length();
        if (size == SPAN_BYTES) {
            log.log().span(ProtoReader.bigEndian(in.bytes(), in.position()));
        }
        in.advance(size);
    }

    private void body(ProtoReader in, SignalSink sink) {
        int end = in.length() + in.position();
        while (in.position() < end) {
            int tag = in.tag();
            if (tag == STRING) {
                int size = in.length();
                line(in.bytes(), in.position(), in.position() + size, sink);
                in.advance(size);
            } else if (tag == MAP) {
                int mapEnd = in.length() + in.position();
                while (in.position() < mapEnd) {
                    int entry = in.tag();
                    if (entry == ENTRY) {
                        entry(in);
                    } else {
                        in.skip(entry);
                    }
                }
            } else {
                in.skip(tag);
            }
        }
    }

    /** A body of one line that begins as the default formats do. */
    private void line(byte[] bytes, int from, int end, SignalSink sink) {
        int to = end > from && bytes[end - 1] == '\n' ? end - 1 : end;
        if (to > from && bytes[from] == '[' && Bytes.indexOf(bytes, '\n', from, to) < 0) {
            line = true;
            problem = cleaner.clean(bytes, from, to, sink)
                    .or(() -> text.read(cleaner.bytes(), cleaner.from(), cleaner.to()));
        }
    }

    /** A KeyValue. */
    private void entry(ProtoReader in) {
        int end = in.length() + in.position();
        String key = "";
        byte[] value = new byte[0];
        while (in.position() < end) {
            int tag = in.tag();
            if (tag == KEY) {
                key = new String(text(in), StandardCharsets.UTF_8);
            } else if (tag == VALUE) {
                value = scalar(in);
            } else {
                in.skip(tag);
            }
        }
        set(key, value);
    }

    private void set(String key, byte[] value) {
        int to = value.length;
        boolean quoted = to > 1 && value[0] == '"' && value[to - 1] == '"';
        Column column = columns.get(key);
        if (column != null) {
            marks += JsonLine.isMark(column) ? 1 : 0;
            log.set(column, value, quoted ? 1 : 0, quoted ? to - 1 : to);
        } else if (!AccessAttribute.isKey(key)) {
            log.attribute(key, value, 0, to);
        }
    }

    /** The value of an AnyValue as text; of what is none, nothing. */
    private static byte[] scalar(ProtoReader in) {
        int end = in.length() + in.position();
        byte[] value = new byte[0];
        while (in.position() < end) {
            int tag = in.tag();
            switch (tag) {
                case STRING -> value = text(in);
                case BOOL -> value = ascii(Boolean.toString(in.varint() != 0));
                case INT -> value = ascii(Long.toString(in.varint()));
                case DOUBLE -> value = ascii(Double.toString(Double.longBitsToDouble(in.fixed64())));
                default -> in.skip(tag);
            }
        }
        return value;
    }

    private static byte[] text(ProtoReader in) {
        int size = in.length();
        byte[] text = new byte[size];
        System.arraycopy(in.bytes(), in.position(), text, 0, size);
        in.advance(size);
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
