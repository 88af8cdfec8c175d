package dev.plait.ingest.envoy;

import com.fasterxml.jackson.core.JsonParser;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.JsonObjects;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.redact.Redaction;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads access logs of Envoy proxies: Kuma's HTTP and TCP lines, Envoy's default line or a configured one, and JSON logs, any
 * number of lines in a record and text beside JSON, also inside one JSON string or wrapped by a shipper; and messages of the gRPC access log service, a
 * record each, protobuf. Each line becomes one access-log record; its mesh, if it names one, is the resource.
 *
 * <p>A bad line is refused alone, numbered among the lines that are not blank; a record of one bad line, or without any access
 * log, is refused whole. A JSON array, or an object spread over lines, is one document: broken, it is refused whole. Bytes
 * that are not UTF-8 are replaced. Time is linear in the input whatever it is. Source: Kuma, meshaccesslog configurer; Envoy,
 * access log usage.
 */
public final class MeshDecoder implements Decoder {
    /** What decorates a line inside an object is not counted. */
    private static final SignalSink UNCOUNTED = new SignalSink() {};

    private final MeshLog log;
    private final TextLine text;
    private final LineCleaner cleaner = new LineCleaner();
    private final Batch batch = new Batch();
    private final Optional<TextFormat> format;
    private final JsonLine json;
    private final JsonObjects objects;
    private final WrittenLine wrapped;
    private final AlsMessage als;
    private boolean tcp;
    private LogResource resource = LogResource.NONE;
    private byte[] mesh = new byte[0];
    private int resourceNumber = SignalSink.NONE;

    /** Of the default formats. */
    public MeshDecoder() {
        this(MeshFormat.byDefault());
    }

    public MeshDecoder(MeshFormat format) {
        this(format, Redaction.DEFAULT);
    }

    public MeshDecoder(MeshFormat format, Redaction redaction) {
        this.log = new MeshLog(redaction);
        this.text = new TextLine(log);
        this.als = new AlsMessage(log, batch);
        this.format = format.text();
        this.json = new JsonLine(log, format);
        this.wrapped = new WrittenLine(log, format);
        this.objects = new JsonObjects(batch, this::object, sink -> hand(tcp, sink));
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        if (AlsMessage.begins(value)) {
            return als.read(value, sink);
        }
        Optional<Rejected> refused = Payload.refuse(value);
        if (refused.isPresent()) {
            return refused;
        }
        byte[] bytes = text(value, sink);
        batch.clear();
        resource = LogResource.NONE;
        resourceNumber = SignalSink.NONE;
        mesh = new byte[0];
        int start = Payload.firstNonBlank(bytes, Payload.afterByteOrderMark(bytes), bytes.length);
        boolean ours = format.isPresent() && format.get().beginsWith('{');
        if (start < bytes.length && !ours && JsonObjects.isDocument(bytes, start)) {
            return objects.read(bytes, start, sink);
        }
        lines(bytes, start, sink);
        return batch.verdict();
    }

    /** What a JSON string holds, unless lines of the configured format begin as one does. */
    private byte[] text(byte[] value, SignalSink sink) {
        boolean quoted = format.isPresent() && format.get().beginsWith('"');
        return quoted ? Payload.utf8(value, sink) : Payload.text(value, sink);
    }

    private void lines(byte[] bytes, int start, SignalSink sink) {
        int from = start;
        while (from < bytes.length && !batch.isHopeless() && !batch.isFull()) {
            int newline = Bytes.indexOf(bytes, '\n', from, bytes.length);
            int to = newline < 0 ? bytes.length : newline;
            line(bytes, from, to, sink);
            from = to + 1;
        }
        batch.refuseRest(bytes, from, sink);
    }

    private void line(byte[] bytes, int start, int end, SignalSink sink) {
        int from = Payload.firstNonBlank(bytes, start, end);
        if (from == end) {
            return;
        }
        log.clear();
        if (format.isPresent() && (bytes[from] != '{' || format.get().beginsWith('{'))) {
            Optional<Problem> misfit = cleaner.bare(bytes, start, end, sink)
                    .or(() -> format.get().read(log, cleaner.bytes(), cleaner.from(), cleaner.to()));
            take(misfit, log.isTcp(), start, sink);
            return;
        }
        Optional<Problem> problem = cleaner.clean(bytes, from, end, sink);
        if (problem.isEmpty() && cleaner.first() == '{') {
            objects.line(cleaner.bytes(), cleaner.from(), cleaner.to(), start, sink);
            return;
        }
        problem = problem.or(() -> text.read(cleaner.bytes(), cleaner.from(), cleaner.to()));
        take(problem, text.isTcp(), start, sink);
    }

    private void take(Optional<Problem> problem, boolean tcp, int start, SignalSink sink) {
        if (problem.isPresent()) {
            batch.refuse(problem.get(), "in the line at byte ", start, sink);
        } else {
            hand(tcp, sink);
            batch.accept();
        }
    }

    /** An access log, or one that a shipper has wrapped. */
    private Optional<Problem> object(JsonParser parser) throws IOException {
        log.clear();
        tcp = false;
        Optional<Problem> problem = json.read(parser);
        if (json.marks() >= JsonLine.MARKS || json.wrapped().isEmpty()) {
            tcp = log.isTcp();
            return problem;
        }
        log.clear();
        byte[] held = json.wrapped().text();
        Optional<Problem> inner = wrapped.read(held, 0, held.length, UNCOUNTED);
        tcp = wrapped.isTcp();
        return wrapped.isLine() || wrapped.marks() >= JsonLine.MARKS ? inner.or(log::problem) : problem;
    }

    private void hand(boolean tcp, SignalSink sink) {
        resource(log.log(), sink);
        log.handTo(sink, tcp, resource, resourceNumber);
    }

    /** The resource of the line before serves as long as the mesh stays the same. */
    private void resource(AccessLogRecord record, SignalSink sink) {
        if (!record.has(AccessAttribute.KUMA_MESH)) {
            if (mesh.length > 0) {
                mesh = new byte[0];
                resource = LogResource.NONE;
                resourceNumber = SignalSink.NONE;
            }
        } else if (!record.isText(AccessAttribute.KUMA_MESH, mesh)) {
            mesh = record.bytes(AccessAttribute.KUMA_MESH);
            resource = LogResource.of("kuma.mesh", record.string(AccessAttribute.KUMA_MESH));
            resourceNumber = log.give(resource, sink);
        }
    }
}
