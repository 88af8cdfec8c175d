package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.Utf8;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the JSON logs of Kong Gateway (http-log, kafka-log, tcp-log, file-log, udp-log, syslog): one object, an array of
 * objects, or several objects with or without newlines between them. Each becomes one access-log record of the resource
 * {@code service.name=kong}.
 *
 * <p>Every field is optional. A bad item of a batch is refused alone; broken JSON refuses the whole record, as nothing after
 * the damage can be trusted. A record of one item that is bad, or of no item that is a Kong log, is refused whole. Bytes that
 * are not UTF-8 are replaced. Source: Kong/kong, kong/pdk/log.lua (serialize).
 */
public final class KongDecoder implements Decoder {
    private static final LogResource RESOURCE = LogResource.of("service.name", "kong");
    private static final int UNGIVEN = -2;

    private final KongLogReader reader = new KongLogReader();
    private final Batch batch = new Batch();
    private int resource;

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
        resource = UNGIVEN;
        batch.clear();
        int start = Payload.firstNonBlank(bytes, bodyStart(bytes, sink), bytes.length);
        if (start == bytes.length || bytes[start] != '{' && bytes[start] != '[') {
            return Optional.of(Rejected.record(
                    Reason.WRONG_FORMAT, "Wrong format: no JSON object or array at byte " + start, start));
        }
        return records(bytes, start, sink);
    }

    private Optional<Rejected> records(byte[] bytes, int start, SignalSink sink) {
        boolean between = false;
        try (JsonParser parser = JsonInput.open(bytes, start, bytes.length)) {
            while (true) {
                between = batch.items() > 0;
                JsonToken token = parser.nextToken();
                between = false;
                if (token == null) {
                    break;
                }
                if (token == JsonToken.START_OBJECT) {
                    item(parser, sink);
                } else if (token == JsonToken.START_ARRAY) {
                    array(parser, sink);
                } else {
                    return Optional.of(Rejected.record(
                            Reason.TRAILING_DATA, "Trailing data: a bare value after " + batch.items() + " items", -1));
                }
            }
        } catch (JsonProcessingException e) {
            return Optional.of(JsonInput.rejected(e, bytes, start, bytes.length, between));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
        return batch.verdict();
    }

    private void array(JsonParser parser, SignalSink sink) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                item(parser, sink);
            } else {
                parser.skipChildren();
                refuse(new Problem(Reason.WRONG_TYPE, "Wrong type: not an object"), parser, sink);
            }
        }
    }

    private void item(JsonParser parser, SignalSink sink) throws IOException {
        Optional<Problem> problem = reader.read(parser);
        if (problem.isPresent()) {
            refuse(problem.get(), parser, sink);
            return;
        }
        if (resource == UNGIVEN) {
            resource = RESOURCE.giveTo(sink);
        }
        reader.handTo(sink, RESOURCE, resource);
        batch.accept();
    }

    private void refuse(Problem problem, JsonParser parser, SignalSink sink) {
        int end = (int) parser.currentLocation().getByteOffset();
        batch.refuse(problem, "in the item that ends at byte " + end, end, sink);
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
