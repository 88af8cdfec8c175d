package dev.plait.ingest.envoy;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.Utf8;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a message of Envoy's gRPC access log service: who sends, then logs of requests or of connections. What is not the end of a
 * request or connection is passed over, as its end is logged, too. A bad entry is refused alone. Source: envoy
 * service/accesslog/v3/als.proto and data/accesslog/v3/accesslog.proto.
 */
final class AlsMessage {
    private static final int IDENTIFIER = 1;
    private static final int HTTP_LOGS = 2;
    private static final int TCP_LOGS = 3;

    private final MeshLog log;
    private final AlsEntry entry;
    private final Batch batch;

    AlsMessage(MeshLog log, Batch batch) {
        this.log = log;
        this.entry = new AlsEntry(log);
        this.batch = batch;
    }

    /** Whether a value is one: protobuf to its end with logs in it. No text has these control characters. */
    static boolean begins(byte[] value) {
        if (value.length == 0 || value[0] != 0x0a && value[0] != 0x12 && value[0] != 0x1a) {
            return false;
        }
        boolean logs = false;
        ProtoReader in = new ProtoReader().reset(value, 0, value.length);
        try {
            while (in.hasNext()) {
                int tag = in.tag();
                logs |= tag == (HTTP_LOGS << 3 | ProtoReader.LEN) || tag == (TCP_LOGS << 3 | ProtoReader.LEN);
                in.skip(tag);
            }
            return logs;
        } catch (Malformed text) {
            return false;
        }
    }

    /** Reads a value that {@link #begins} so. */
    Optional<Rejected> read(byte[] value, SignalSink sink) {
        batch.clear();
        try {
            LogResource resource = resource(value);
            int number = log.give(resource, sink);
            ProtoReader in = new ProtoReader().reset(value, 0, value.length);
            while (in.hasNext()) {
                int tag = in.tag();
                int field = ProtoReader.field(tag);
                if (field == HTTP_LOGS || field == TCP_LOGS) {
                    in.expect(tag, ProtoReader.LEN);
                    int length = in.length();
                    entries(new ProtoReader().reset(value, in.position(), length), field, resource, number, sink);
                    in.advance(length);
                } else {
                    in.skip(tag);
                }
            }
            return batch.verdict();
        } catch (Malformed malformed) {
            String detail = "Wrong format: protobuf, but not a message of Envoy's access log";
            return Optional.of(Rejected.record(Rejected.Reason.WRONG_FORMAT, detail, malformed.atByte()));
        }
    }

    private void entries(ProtoReader in, int kind, LogResource resource, int number, SignalSink sink) {
        while (in.hasNext() && !batch.isHopeless()) {
            int tag = in.tag();
            in.expect(tag, ProtoReader.LEN);
            int length = in.length();
            int start = in.position();
            in.advance(length);
            log.clear();
            Optional<Problem> problem = entry.read(in.bytes(), start, length, kind == TCP_LOGS);
            if (problem.isPresent()) {
                batch.refuse(problem.get(), "in the entry that ends at byte " + in.position(), in.position(), sink);
            } else {
                log.handTo(sink, kind == TCP_LOGS, resource, number);
                batch.accept();
            }
        }
    }

    /** The names are those of Envoy's OTLP access logs; the cluster is what the proxy serves. */
    private static LogResource resource(byte[] value) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ProtoReader in = new ProtoReader().reset(value, 0, value.length);
        while (in.hasNext()) {
            int tag = in.tag();
            if (ProtoReader.field(tag) == IDENTIFIER) {
                in.expect(tag, ProtoReader.LEN);
                int length = in.length();
                identifier(new ProtoReader().reset(value, in.position(), length), attributes);
                in.advance(length);
            } else {
                in.skip(tag);
            }
        }
        return LogResource.of(attributes);
    }

    /** Identifier: node 1 (id 1, cluster 2, locality 4: zone 2), log_name 2. */
    private static void identifier(ProtoReader in, Map<String, String> attributes) {
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> {
                    ProtoReader node = nested(in, tag);
                    while (node.hasNext()) {
                        int inner = node.tag();
                        switch (ProtoReader.field(inner)) {
                            case 1 -> put(attributes, "node_name", node, inner);
                            case 2 -> put(attributes, "service.name", node, inner);
                            case 4 -> zone(nested(node, inner), attributes);
                            default -> node.skip(inner);
                        }
                    }
                }
                case 2 -> put(attributes, "log_name", in, tag);
                default -> in.skip(tag);
            }
        }
    }

    private static void zone(ProtoReader locality, Map<String, String> attributes) {
        while (locality.hasNext()) {
            int tag = locality.tag();
            if (ProtoReader.field(tag) == 2) {
                put(attributes, "zone_name", locality, tag);
            } else {
                locality.skip(tag);
            }
        }
    }

    private static void put(Map<String, String> attributes, String key, ProtoReader in, int tag) {
        String text = new String(text(in, tag), StandardCharsets.UTF_8);
        if (!text.isEmpty()) {
            attributes.put(key, text);
        }
    }

    /** The text that {@code in} stands at, with what is not UTF-8 replaced. */
    static byte[] text(ProtoReader in, int tag) {
        in.expect(tag, ProtoReader.LEN);
        int length = in.length();
        byte[] text = Arrays.copyOfRange(in.bytes(), in.position(), in.position() + length);
        in.advance(length);
        return Utf8.repair(text);
    }

    /** A reader of the message that {@code in} stands at, which it leaves behind. */
    static ProtoReader nested(ProtoReader in, int tag) {
        in.expect(tag, ProtoReader.LEN);
        int length = in.length();
        ProtoReader nested = new ProtoReader().reset(in.bytes(), in.position(), length);
        in.advance(length);
        return nested;
    }
}
