package dev.plait.ingest.envoy;

import static dev.plait.ingest.envoy.AlsMessage.nested;
import static dev.plait.ingest.envoy.AlsMessage.text;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of Envoy's gRPC access log, of a request or of a connection: the columns that the text lines have, from typed fields.
 * The trace ID is in a header that is logged besides, or in a custom tag; the stream ID stands in for a missing request ID. Source: envoy data/accesslog/v3/accesslog.proto.
 */
final class AlsEntry {
    private static final String[] METHODS = {
        "", "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"
    };
    private static final String[] PROTOCOLS = {"", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"};

    /** AccessLogType: NotSet, TcpConnectionEnd, DownstreamEnd, UdpSessionEnd. Others are beginnings, periods and upstream's half. */
    private static final Set<Long> ENDS = Set.of(0L, 3L, 6L, 13L);

    /** What a header or a tag may say. */
    private static final Set<Column> NAMED = EnumSet.of(
            Column.MESH,
            Column.SOURCE,
            Column.DESTINATION,
            Column.GRPC_STATUS,
            Column.UPSTREAM_TIME,
            Column.TRACE_ID,
            Column.TRACEPARENT,
            Column.B3,
            Column.B3_TRACE_ID,
            Column.JAEGER,
            Column.DATADOG,
            Column.XRAY,
            Column.CLOUD_TRACE);

    private final MeshLog log;
    private final Map<String, Column> names = JsonKeys.columns();
    private long type;
    private boolean intermediate;
    private long startNanos;
    private long durationNanos;
    private long lastByteNanos;
    private byte[] path = new byte[0];
    private byte[] streamId = new byte[0];
    private long received;
    private long sent;

    AlsEntry(MeshLog log) {
        this.log = log;
    }

    /** What is wrong with the entry in {@code [offset, offset + length)}, if anything. */
    Optional<Problem> read(byte[] bytes, int offset, int length, boolean tcp) {
        type = 0;
        intermediate = false;
        startNanos = 0;
        durationNanos = -1;
        lastByteNanos = -1;
        path = new byte[0];
        streamId = new byte[0];
        received = 0;
        sent = 0;
        try {
            fields(new ProtoReader().reset(bytes, offset, length), tcp);
        } catch (Malformed malformed) {
            return Optional.of(new Problem(Reason.valueOf(malformed.reason().name()), malformed.getMessage()));
        }
        if (intermediate || !ENDS.contains(type)) {
            return Optional.of(new Problem(Reason.NOT_ACCESS_LOG, "Not the end of a request or connection"));
        }
        return finish();
    }

    private Optional<Problem> finish() {
        if (startNanos <= 0) {
            return Optional.of(new Problem(Reason.BAD_TIME, "Bad time: no start time"));
        }
        log.log().timeNanos(startNanos);
        set(Column.PATH, path);
        if (!log.log().has(AccessAttribute.REQUEST_ID_HEADER)) {
            set(Column.REQUEST_ID, streamId);
        }
        set(Column.BYTES_RECEIVED, Long.toString(received));
        set(Column.BYTES_SENT, Long.toString(sent));
        long nanos = durationNanos >= 0 ? durationNanos : lastByteNanos;
        if (nanos >= 0) {
            set(Column.DURATION, Double.toString(nanos / 1e6));
        }
        return log.problem();
    }

    private void fields(ProtoReader in, boolean tcp) {
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> common(nested(in, tag));
                case 2 -> {
                    if (tcp) {
                        connection(nested(in, tag));
                    } else {
                        in.expect(tag, ProtoReader.VARINT);
                        set(Column.PROTOCOL, name(PROTOCOLS, in.varint()));
                    }
                }
                case 3 -> request(nested(in, tag));
                case 4 -> response(nested(in, tag));
                default -> in.skip(tag);
            }
        }
    }

    private void common(ProtoReader in) {
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 2 -> address(Column.DOWNSTREAM_ADDRESS, nested(in, tag));
                case 5 -> startNanos = nanos(nested(in, tag));
                case 12 -> lastByteNanos = nanos(nested(in, tag));
                case 13 -> address(Column.UPSTREAM_HOST, nested(in, tag));
                case 15 -> attribute("envoy.upstream_cluster", text(in, tag));
                case 16 -> set(Column.FLAGS, ResponseFlags.codes(nested(in, tag)));
                case 18 -> attribute("envoy.upstream_transport_failure_reason", text(in, tag));
                case 19 -> attribute("envoy.route_name", text(in, tag));
                case 22 -> named("", nested(in, tag));
                case 23 -> durationNanos = nanos(nested(in, tag));
                case 26 -> streamId = text(in, tag);
                case 27 -> intermediate = number(in, tag) != 0;
                case 33 -> type = number(in, tag);
                default -> in.skip(tag);
            }
        }
    }

    private void connection(ProtoReader in) {
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> received = number(in, tag);
                case 2 -> sent = number(in, tag);
                default -> in.skip(tag);
            }
        }
    }

    private void request(ProtoReader in) {
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> set(Column.METHOD, name(METHODS, number(in, tag)));
                case 3 -> set(Column.AUTHORITY, text(in, tag));
                case 5 -> {
                    byte[] now = text(in, tag);
                    path = path.length == 0 ? now : path;
                }
                case 6 -> set(Column.USER_AGENT, text(in, tag));
                case 8 -> set(Column.FORWARDED_FOR, text(in, tag));
                case 9 -> set(Column.REQUEST_ID, text(in, tag));
                case 10 -> {
                    byte[] original = text(in, tag);
                    path = original.length == 0 ? path : original;
                }
                case 12 -> received = number(in, tag);
                case 13 -> named("http.request.header.", nested(in, tag));
                default -> in.skip(tag);
            }
        }
    }

    private void response(ProtoReader in) {
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> {
                    ProtoReader code = nested(in, tag);
                    while (code.hasNext()) {
                        int field = code.tag();
                        if (ProtoReader.field(field) == 1) {
                            set(Column.STATUS, Long.toString(number(code, field)));
                        } else {
                            code.skip(field);
                        }
                    }
                }
                case 3 -> sent = number(in, tag);
                case 4 -> named("http.response.header.", nested(in, tag));
                case 5 -> named("http.response.trailer.", nested(in, tag));
                case 6 -> attribute("envoy.response_code_details", text(in, tag));
                default -> in.skip(tag);
            }
        }
    }

    /** An entry of a map: key 1, value 2. What has no meaning of its own was configured to be logged, so it is an attribute. */
    private void named(String prefix, ProtoReader in) {
        byte[] key = new byte[0];
        byte[] value = new byte[0];
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> key = text(in, tag);
                case 2 -> value = text(in, tag);
                default -> in.skip(tag);
            }
        }
        String name = new String(key, StandardCharsets.UTF_8);
        Column column = names.get(name);
        if (column != null && NAMED.contains(column)) {
            set(column, value);
        } else {
            log.others().text(prefix + name, value, 0, value.length);
        }
    }

    /** Address: socket_address 1 (address 2, port_value 3), pipe 2 (path 1). */
    private void address(Column column, ProtoReader in) {
        while (in.hasNext()) {
            int tag = in.tag();
            int kind = ProtoReader.field(tag);
            if (kind != 1 && kind != 2) {
                in.skip(tag);
                continue;
            }
            ProtoReader inner = nested(in, tag);
            String host = "";
            long port = 0;
            while (inner.hasNext()) {
                int field = inner.tag();
                if (ProtoReader.field(field) == 3 - kind) {
                    host = new String(text(inner, field), StandardCharsets.UTF_8);
                } else if (kind == 1 && ProtoReader.field(field) == 3) {
                    port = number(inner, field);
                } else {
                    inner.skip(field);
                }
            }
            String shown = host.indexOf(':') >= 0 && kind == 1 ? "[" + host + "]" : host;
            set(column, port == 0 ? shown : shown + ":" + port);
        }
    }

    /** Timestamp and Duration: seconds 1, nanos 2. -1: beyond what nanoseconds can say. */
    private static long nanos(ProtoReader in) {
        long seconds = 0;
        long nanos = 0;
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> seconds = number(in, tag);
                case 2 -> nanos = number(in, tag);
                default -> in.skip(tag);
            }
        }
        boolean sane =
                seconds >= 0 && seconds < Long.MAX_VALUE / 1_000_000_000L && nanos >= 0 && nanos < 1_000_000_000L;
        return sane ? seconds * 1_000_000_000L + nanos : -1;
    }

    private static long number(ProtoReader in, int tag) {
        in.expect(tag, ProtoReader.VARINT);
        return in.varint();
    }

    private static String name(String[] names, long number) {
        return number > 0 && number < names.length ? names[(int) number] : "";
    }

    private void set(Column column, String text) {
        set(column, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Under the name that the operator of text formats has. */
    private void attribute(String key, byte[] text) {
        log.attribute(key, text, 0, text.length);
    }

    private void set(Column column, byte[] text) {
        log.set(column, text, 0, text.length);
    }
}
