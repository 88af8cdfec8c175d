package dev.plait.ingest.envoy;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.applog.OtlpLogTraces;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.otlp.ProxyLogs;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * Reads what Envoy's OpenTelemetry access logger and Kuma's OpenTelemetry backend write: a line of text as the body, of the
 * configured format or a default one; JSON as the body's text; or the names of JSON logs in a map as the body, or as attributes.
 * It becomes what {@link MeshDecoder} makes of such a line, with the trace and span of the record, its time where the line has
 * none, and its other attributes as texts. A text of another format beside attributes that say all is left out.
 *
 * <p>Source: Envoy, source/extensions/access_loggers/open_telemetry; Kuma, meshaccesslog configurer.
 */
public final class OtlpAccessLogs implements ProxyLogs {
    private static final int TIME = 1 << 3 | ProtoReader.FIXED64;
    private static final int BODY = 5 << 3 | ProtoReader.LEN;
    private static final int ATTRIBUTE = 6 << 3 | ProtoReader.LEN;
    private static final int TRACE_ID = 9 << 3 | ProtoReader.LEN;
    private static final int SPAN_ID = 10 << 3 | ProtoReader.LEN;
    private static final int STRING = 1 << 3 | ProtoReader.LEN;
    private static final int MAP = 6 << 3 | ProtoReader.LEN;
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private final MeshLog log;
    private final WrittenLine text;
    private final OtlpMembers members;

    private Optional<Problem> problem = Optional.empty();

    public OtlpAccessLogs(MeshFormat format, Redaction redaction) {
        log = new MeshLog(redaction);
        text = new WrittenLine(log, format);
        members = new OtlpMembers(log, format);
    }

    /** A decoder of OTLP logs that reads those of proxies so, and finds the traces that those of programs name. */
    public static OtlpDecoder decoder(MeshFormat format, Redaction redaction) {
        return OtlpDecoder.logs(redaction, new OtlpAccessLogs(format, redaction), new OtlpLogTraces());
    }

    @Override
    public boolean handTo(SignalSink sink, byte[] bytes, int offset, int length, int resource, long resourceHash) {
        log.clear();
        members.clear();
        text.clear();
        problem = Optional.empty();
        long timeNanos = 0;
        ProtoReader in = new ProtoReader().reset(bytes, offset, length);
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case TIME -> timeNanos = in.fixed64();
                case BODY -> body(in, sink);
                case ATTRIBUTE -> members.entry(in);
                case TRACE_ID -> trace(in);
                case SPAN_ID -> span(in);
                default -> in.skip(tag);
            }
        }
        problem = problem.or(members::misfit).or(log::problem);
        if (problem.isPresent() || !text.isLine() && members.marks() + text.marks() < JsonLine.MARKS) {
            return false;
        }
        log.log().timeNanosIfAbsent(timeNanos);
        log.handTo(sink, text.isTcp(), LogResource.given(resourceHash), resource);
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
                problem = text.read(in.bytes(), in.position(), in.position() + size, sink);
                in.advance(size);
            } else if (tag == MAP) {
                members.entries(in);
            } else {
                in.skip(tag);
            }
        }
    }
}
