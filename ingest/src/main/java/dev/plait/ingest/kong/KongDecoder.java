package dev.plait.ingest.kong;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.ContainerLine;
import dev.plait.ingest.accesslog.JsonObjects;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.redact.Redaction;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the JSON logs of Kong Gateway (http-log, kafka-log, tcp-log, file-log, udp-log, syslog): one object, an array of
 * objects, or several objects with or without newlines between them. Each becomes one access-log record of the resource
 * {@code service.name=kong}. A record that is one JSON string is read as what the string holds, as collectors write text;
 * what a container runtime puts before a line is taken off.
 *
 * <p>Every field is optional. A bad item of a batch is refused alone; broken JSON refuses the whole record, as nothing after
 * the damage can be trusted. A record of one item that is bad, or of no item that is a Kong log, is refused whole. Bytes that
 * are not UTF-8 are replaced. Source: Kong/kong, kong/pdk/log.lua (serialize).
 */
public final class KongDecoder implements Decoder {
    private static final LogResource RESOURCE = LogResource.of("service.name", "kong");
    private static final int UNGIVEN = -2;

    private final KongLogReader reader;
    private final Batch batch = new Batch();
    private final JsonObjects objects;
    private int resource;

    public KongDecoder() {
        this(Redaction.DEFAULT, Set.of());
    }

    /** @param keptHeaders names, in lower case, of request headers that become attributes beside those that always do */
    public KongDecoder(Redaction redaction, Set<String> keptHeaders) {
        reader = new KongLogReader(redaction, keptHeaders);
        objects = new JsonObjects(batch, reader::read, this::hand);
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        Optional<Rejected> refused = Payload.refuse(value);
        if (refused.isPresent()) {
            return refused;
        }
        byte[] text = Payload.text(value, sink);
        byte[] bytes = ContainerLine.blanked(text, Payload.firstNonBlank(text, 0, text.length));
        if (bytes != text) {
            sink.normalised("line_prefix", 1);
        }
        resource = UNGIVEN;
        batch.clear();
        reader.clear();
        int start = Payload.firstNonBlank(bytes, bodyStart(bytes, sink), bytes.length);
        if (start == bytes.length || bytes[start] != '{' && bytes[start] != '[') {
            return Optional.of(Rejected.record(
                    Reason.WRONG_FORMAT, "Wrong format: no JSON object or array at byte " + start, start));
        }
        return objects.read(bytes, start, sink);
    }

    private void hand(SignalSink sink) {
        if (resource == UNGIVEN) {
            resource = RESOURCE.giveTo(sink);
        }
        reader.handTo(sink, RESOURCE, resource);
    }

    /** Skips a byte order mark and a syslog header ({@code <14>1 2026-... kong - - [key@1 tag="x"] }) before the object. */
    private static int bodyStart(byte[] bytes, SignalSink sink) {
        int start = Payload.afterByteOrderMark(bytes);
        if (start < bytes.length - 1 && bytes[start] == '<' && bytes[start + 1] >= '0' && bytes[start + 1] <= '9') {
            for (int at = start; at < bytes.length; at++) {
                if (bytes[at] == '{') {
                    sink.normalised("syslog_header", 1);
                    return at;
                }
            }
        }
        return start;
    }
}
