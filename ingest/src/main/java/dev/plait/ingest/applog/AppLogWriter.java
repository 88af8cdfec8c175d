package dev.plait.ingest.applog;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.otlp.ContentHash;
import dev.plait.ingest.otlp.WrittenLogs;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.span.AttributeWriter;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes logs as OTLP {@code LogRecord}s and gives them to the sink, each resource of a record once. Source:
 * opentelemetry-proto logs/v1/logs.proto, resource/v1/resource.proto.
 */
final class AppLogWriter {
    private static final int TIME = 1;
    private static final int SEVERITY_NUMBER = 2;
    private static final int SEVERITY_TEXT = 3;
    private static final int BODY = 5;
    private static final int ATTRIBUTES = 6;
    private static final int DROPPED_ATTRIBUTES = 7;
    private static final int FLAGS = 8;
    private static final int TRACE_ID = 9;
    private static final int SPAN_ID = 10;
    private static final int STRING = 1;
    private static final int RESOURCE_ATTRIBUTES = 1;

    /** Output that has grown beyond this is not kept for the next log. */
    private static final int KEEP_BYTES = 4 << 20;

    private static final Resource NO_RESOURCE = new Resource(SignalSink.NONE, ContentHash.of(new byte[0], 0, 0, 0));

    private final Map<String, Resource> resources = new HashMap<>();
    private final WrittenLogs logs;
    private ProtoWriter out = new ProtoWriter();

    AppLogWriter(Redaction redaction) {
        logs = new WrittenLogs(redaction);
    }

    /** Its number in the sink, and the hash that its logs are seeded with. */
    private record Resource(int number, long hash) {}

    /** Begins a record. */
    void clear() {
        resources.clear();
    }

    void handTo(SignalSink sink, AppLog log) {
        Resource resource = resource(sink, log);
        restart();
        write(log);
        byte[] covered = logs.covered(out, sink);
        log.giveCounts(sink);
        boolean traced = log.trace.isPresent();
        sink.item(
                traced ? log.trace.get().high() : 0,
                traced ? log.trace.get().low() : 0,
                log.spanId,
                ContentHash.of(covered, 0, out.size(), resource.hash),
                ItemFlags.LOG,
                resource.number,
                SignalSink.NONE,
                covered,
                0,
                out.size());
    }

    private Resource resource(SignalSink sink, AppLog log) {
        if (log.resource.isEmpty()) {
            return NO_RESOURCE;
        }
        restart();
        AttributeWriter.write(out, RESOURCE_ATTRIBUTES, log.resource);
        byte[] bytes = logs.coveredResource(out.toByteArray(), sink);
        return resources.computeIfAbsent(
                new String(bytes, StandardCharsets.ISO_8859_1),
                unused ->
                        new Resource(sink.resource(bytes, 0, bytes.length), ContentHash.of(bytes, 0, bytes.length, 0)));
    }

    private void write(AppLog log) {
        if (log.timeNanos != 0) {
            out.fixed64(TIME, log.timeNanos);
        }
        if (log.severity.number() != 0) {
            out.varint(SEVERITY_NUMBER, log.severity.number());
        }
        if (!log.severity.text().isEmpty()) {
            out.text(SEVERITY_TEXT, SpanText.whole(log.severity.text()));
        }
        LogBody body = log.body;
        if (!body.isEmpty()) {
            int value = out.begin(BODY);
            out.bytes(STRING, body.bytes(), 0, body.size());
            out.end(value);
        }
        AttributeWriter.write(out, ATTRIBUTES, log.fields);
        if (log.dropped > 0) {
            out.varint(DROPPED_ATTRIBUTES, log.dropped);
        }
        if (log.traceFlags != 0) {
            out.fixed32(FLAGS, log.traceFlags);
        }
        if (log.trace.isPresent()) {
            out.id(TRACE_ID, log.trace.get().high(), log.trace.get().low());
        }
        if (log.spanId != 0) {
            out.id(SPAN_ID, log.spanId);
        }
    }

    private void restart() {
        if (out.bytes().length > KEEP_BYTES) {
            out = new ProtoWriter();
        }
        out.clear();
    }
}
