package dev.plait.ingest.envoy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.Utf8;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads access logs of Envoy proxies: Kuma's HTTP and TCP lines, Envoy's default line, and JSON logs, any number of lines in a
 * record and text beside JSON. Each line becomes one access-log record; its mesh, if it names one, is the resource.
 *
 * <p>A bad line is refused alone, numbered among the lines that are not blank; a record of one bad line, or without any access
 * log, is refused whole. A JSON array, or an object spread over lines, is one document: broken, it is refused whole. Bytes
 * that are not UTF-8 are replaced. Time is linear in the input whatever it is. Source: Kuma, meshaccesslog configurer; Envoy,
 * access log usage.
 */
public final class MeshDecoder implements Decoder {
    private final MeshLog log = new MeshLog();
    private final TextLine text = new TextLine(log);
    private final LineCleaner cleaner = new LineCleaner();
    private final Batch batch = new Batch();
    private final JsonLine json;
    private LogResource resource = LogResource.NONE;
    private byte[] mesh = new byte[0];
    private int resourceNumber = SignalSink.NONE;

    public MeshDecoder() {
        this(Set.of());
    }

    /** @param traceIdKeys names of JSON members that hold a trace ID, besides those that are known */
    public MeshDecoder(Set<String> traceIdKeys) {
        this.json = new JsonLine(log, traceIdKeys);
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        Optional<Rejected> refused = Payload.refuse(value);
        if (refused.isPresent()) {
            return refused;
        }
        byte[] bytes = Utf8.repair(value);
        if (bytes != value) {
            sink.normalised("utf8_replaced", 1);
        }
        batch.clear();
        resource = LogResource.NONE;
        resourceNumber = SignalSink.NONE;
        mesh = new byte[0];
        int start = Payload.firstNonBlank(bytes, Payload.afterByteOrderMark(bytes), bytes.length);
        if (start < bytes.length && isDocument(bytes, start)) {
            return document(bytes, start, sink);
        }
        lines(bytes, start, sink);
        return batch.verdict();
    }

    /** Whether JSON goes on beyond the first line: an array of objects, or an object that is not closed on its line. */
    private static boolean isDocument(byte[] bytes, int start) {
        if (bytes[start] == '[') {
            int next = Payload.firstNonBlank(bytes, start + 1, bytes.length);
            return next < bytes.length && (bytes[next] == '{' || bytes[next] == ']');
        }
        int end = Bytes.indexOf(bytes, '\n', start, bytes.length);
        int last = end - 1;
        while (last > start && (bytes[last] == ' ' || bytes[last] == '\r')) {
            last--;
        }
        return bytes[start] == '{' && end > 0 && bytes[last] != '}';
    }

    private void lines(byte[] bytes, int start, SignalSink sink) {
        int from = start;
        while (from < bytes.length) {
            int newline = Bytes.indexOf(bytes, '\n', from, bytes.length);
            int to = newline < 0 ? bytes.length : newline;
            line(bytes, from, to, sink);
            from = to + 1;
        }
    }

    private void line(byte[] bytes, int start, int end, SignalSink sink) {
        int from = Payload.firstNonBlank(bytes, start, end);
        if (from == end) {
            return;
        }
        log.clear();
        Optional<Problem> problem = cleaner.clean(bytes, from, end, sink);
        boolean isJson = problem.isEmpty() && cleaner.first() == '{';
        if (problem.isEmpty()) {
            problem = isJson ? jsonLine() : text.read(cleaner.bytes(), cleaner.from(), cleaner.to());
        }
        accept(problem, isJson ? json.isTcp() : text.isTcp(), "in the line at byte " + start, start, sink);
    }

    private Optional<Problem> jsonLine() {
        try (JsonParser parser = JsonInput.open(cleaner.bytes(), cleaner.from(), cleaner.to())) {
            parser.nextToken();
            Optional<Problem> problem = json.read(parser);
            boolean ended = parser.nextToken() == null;
            return ended || problem.isPresent()
                    ? problem
                    : TextLine.problem(Reason.TRAILING_DATA, "Trailing data: two values");
        } catch (JsonProcessingException e) {
            Rejected rejected = JsonInput.rejected(e, cleaner.bytes(), cleaner.from(), cleaner.to(), false);
            return TextLine.problem(rejected.reason(), rejected.detail());
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    private Optional<Rejected> document(byte[] bytes, int start, SignalSink sink) {
        boolean between = false;
        try (JsonParser parser = JsonInput.open(bytes, start, bytes.length)) {
            while (true) {
                between = batch.items() > 0;
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return batch.verdict();
                }
                between = false;
                if (token == JsonToken.START_OBJECT) {
                    object(parser, sink);
                } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    batch.refuse(new Problem(Reason.WRONG_TYPE, "Wrong type: not an object"), "in the array", -1, sink);
                }
            }
        } catch (JsonProcessingException e) {
            return Optional.of(JsonInput.rejected(e, bytes, start, bytes.length, between));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    private void object(JsonParser parser, SignalSink sink) throws IOException {
        log.clear();
        Optional<Problem> problem = json.read(parser);
        int end = (int) parser.currentLocation().getByteOffset();
        accept(problem, json.isTcp(), "in the item that ends at byte " + end, end, sink);
    }

    private void accept(Optional<Problem> problem, boolean tcp, String where, int atByte, SignalSink sink) {
        if (problem.isPresent()) {
            batch.refuse(problem.get(), where, atByte, sink);
            return;
        }
        resource(log.log(), sink);
        log.handTo(sink, tcp, resource, resourceNumber);
        batch.accept();
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
            resourceNumber = resource.giveTo(sink);
        }
    }
}
