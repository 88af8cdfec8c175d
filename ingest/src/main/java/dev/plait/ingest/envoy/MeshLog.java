package dev.plait.ingest.envoy;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.CustomFields;
import dev.plait.ingest.accesslog.EpochTime;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.TimeText;
import dev.plait.ingest.otlp.GrpcStatus;
import dev.plait.ingest.otlp.WrittenLogs;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * One line on its way from named columns to an access-log record, whatever format it was in. Envoy writes {@code -} (or
 * nothing) for what it does not know. A size or duration that is no such number means that the columns are not what they
 * seem, so the line is refused; a status that no response can have is left out.
 */
final class MeshLog {
    /** What Envoy writes where it has no value. */
    private static final String ABSENT = "-";

    /** How Kuma names a service that a proxy does not know, as those of zones know none. */
    private static final String UNKNOWN = "unknown";

    private static final String DOWNSTREAM = "envoy.downstream_remote_address";
    /** AccessLogType: beginnings, periods and upstream's half. */
    private static final Set<String> UNFINISHED = Set.of(
            "TcpUpstreamConnected",
            "TcpPeriodic",
            "DownstreamStart",
            "DownstreamTunnelSuccessfullyEstablished",
            "DownstreamPeriodic",
            "UpstreamPoolReady",
            "UpstreamPeriodic",
            "UpstreamEnd",
            "UdpTunnelUpstreamConnected",
            "UdpPeriodic");

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 999;
    private static final int MAX_DIGITS = 18;
    private static final int SPAN_DIGITS = 16;
    private static final double MAX_MS = 1e12;

    private final AccessLogRecord log;
    private final CustomFields others;
    private final WrittenLogs cover;
    private final MeshTraceId traceId = new MeshTraceId();
    private Optional<TraceId> active = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private String downstream = "";

    MeshLog(Redaction redaction) {
        log = new AccessLogRecord(redaction);
        cover = new WrittenLogs(redaction);
        others = new CustomFields(log, ABSENT, path -> false);
    }

    void clear() {
        log.clear();
        others.clear();
        traceId.clear();
        active = Optional.empty();
        problem = Optional.empty();
        downstream = "";
    }

    /** What is wrong with the values set since {@link #clear}, if anything: the first of it. */
    Optional<Problem> problem() {
        return problem;
    }

    AccessLogRecord log() {
        return log;
    }

    /** Takes what has no column. */
    CustomFields others() {
        return others;
    }

    void set(Column column, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0 || length == 1 && bytes[from] == '-') {
            if (column == Column.START_TIME) {
                fail(Reason.BAD_TIME, "Bad time: no start time");
            }
            return;
        }
        switch (column) {
            case START_TIME -> time(bytes, from, to);
            case LOG_TYPE -> {
                type(new String(bytes, from, length, StandardCharsets.UTF_8));
                attribute("envoy.access_log_type", bytes, from, to);
            }
            case MESH -> log.text(AccessAttribute.KUMA_MESH, bytes, from, length);
            case METHOD -> log.text(AccessAttribute.METHOD, bytes, from, length);
            case PATH -> log.target(bytes, from, length);
            case PROTOCOL -> protocol(bytes, from, length);
            case STATUS -> status(bytes, from, to);
            case GRPC_STATUS -> grpcStatus(new String(bytes, from, length, StandardCharsets.UTF_8));
            case FLAGS -> flags(new String(bytes, from, length, StandardCharsets.UTF_8));
            case BYTES_RECEIVED -> size(AccessAttribute.REQUEST_SIZE, "bytes received", bytes, from, to);
            case BYTES_SENT -> size(AccessAttribute.RESPONSE_SIZE, "bytes sent", bytes, from, to);
            case DURATION -> duration("", bytes, from, to, 1);
            case UPSTREAM_TIME -> {
                double ms = number(bytes, from, to);
                if (isDuration(ms, "upstream service time")) {
                    log.decimal(AccessAttribute.ENVOY_UPSTREAM_TIME, ms);
                }
            }
            case SPAN_ID -> span(bytes, from, to);
            case FORWARDED_FOR -> forwardedFor(bytes, from, to);
            case USER_AGENT -> log.text(AccessAttribute.USER_AGENT, bytes, from, length);
            case REQUEST_ID -> log.text(AccessAttribute.REQUEST_ID_HEADER, bytes, from, length);
            case AUTHORITY -> {
                log.text(AccessAttribute.HOST_HEADER, bytes, from, length);
                log.host(AccessAttribute.SERVER_ADDRESS, bytes, from, length);
            }
            case SOURCE -> log.text(AccessAttribute.KUMA_SOURCE, bytes, from, length);
            case DESTINATION -> log.text(AccessAttribute.KUMA_DESTINATION, bytes, from, length);
            case SOURCE_ADDRESS -> log.host(AccessAttribute.KUMA_SOURCE_ADDRESS, bytes, from, length);
            case UPSTREAM_HOST -> log.text(AccessAttribute.PEER_ADDRESS, bytes, from, length);
            case DOWNSTREAM_ADDRESS -> downstream = new String(bytes, from, length, StandardCharsets.UTF_8);
            case OTHER -> throw new IllegalStateException("no column");
            case TRACE_ID, TRACEPARENT, B3, B3_TRACE_ID, JAEGER, DATADOG, XRAY, CLOUD_TRACE ->
                traceId.add(column, new String(bytes, from, length, StandardCharsets.UTF_8));
        }
    }

    /** The trace that the proxy itself was in: it counts before what the request's headers say. */
    void active(TraceId trace) {
        active = Optional.of(trace);
    }

    /** A value that has no column. */
    void attribute(String key, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > 1 || length == 1 && bytes[from] != '-') {
            log.other(key, bytes, from, length, AccessLogRecord.MAX_TEXT);
        }
    }

    /** The proxy's own span; another text than its 16 digits is kept as an attribute. */
    private void span(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.length() == SPAN_DIGITS && Hex.isHex(text, 0, SPAN_DIGITS)) {
            log.span(Hex.parse(text, 0, SPAN_DIGITS));
        } else {
            attribute("envoy.span_id", bytes, from, to);
        }
    }

    /** A duration, of the whole request or as an attribute of that name. */
    void duration(String attribute, byte[] bytes, int from, int to, double msPerUnit) {
        if (to == from || to - from == 1 && bytes[from] == '-') {
            return;
        }
        double ms = number(bytes, from, to) * msPerUnit;
        if (!isDuration(ms, "duration")) {
            return;
        }
        if (attribute.isEmpty()) {
            log.decimal(AccessAttribute.ENVOY_DURATION, ms);
        } else {
            log.other(attribute, ms);
        }
    }

    /** Whether nothing of HTTP has a value: a line of a connection, if its format does not say. */
    boolean isTcp() {
        return !log.has(AccessAttribute.METHOD)
                && !log.has(AccessAttribute.PATH)
                && !log.has(AccessAttribute.STATUS)
                && !log.has(AccessAttribute.PROTOCOL_VERSION)
                && !log.has(AccessAttribute.HOST_HEADER);
    }

    /** Gives the resource of lines to {@code sink}; its number there. */
    int give(LogResource resource, SignalSink sink) {
        return resource.giveTo(sink, cover);
    }

    /** Gives the line to {@code sink}; {@code tcp} when it logs a connection and not a request. */
    void handTo(SignalSink sink, boolean tcp, LogResource resource, int resourceNumber) {
        if (tcp) {
            log.move(AccessAttribute.REQUEST_SIZE, AccessAttribute.ENVOY_BYTES_RECEIVED);
            log.move(AccessAttribute.RESPONSE_SIZE, AccessAttribute.ENVOY_BYTES_SENT);
        }
        downstream();
        log.copyIfAbsent(AccessAttribute.CLIENT_ADDRESS, AccessAttribute.KUMA_SOURCE_ADDRESS);
        pick().ifPresent(log::trace);
        if (traceId.isAny() && !log.hasTrace()) {
            sink.normalised("bad_trace_id", 1);
        }
        log.handTo(sink, AccessAttribute.REQUEST_ID_HEADER, resource, resourceNumber);
    }

    /** Who connected is the client, unless a header names one; then it is an attribute of its own. */
    private void downstream() {
        byte[] bytes = downstream.getBytes(StandardCharsets.UTF_8);
        if (log.has(AccessAttribute.CLIENT_ADDRESS)) {
            attribute(DOWNSTREAM, bytes, 0, bytes.length);
        } else {
            log.host(AccessAttribute.CLIENT_ADDRESS, bytes, 0, bytes.length);
        }
    }

    /** Of one trace, known in two widths, the wider ID. */
    private Optional<TraceId> pick() {
        Optional<TraceId> logged = traceId.pick();
        return active.filter(trace -> trace.high() != 0
                        || logged.filter(other -> other.low() == trace.low()).isEmpty())
                .or(() -> logged);
    }

    /**
     * Whether it is the line that a Kuma zone proxy writes when it has connected: it names no service, no flag and no byte.
     * When such a connection ends, the greeting by which it was routed has been passed on, or a flag says why not.
     */
    boolean isConnected() {
        return UNKNOWN.equals(textOf(AccessAttribute.KUMA_SOURCE))
                && UNKNOWN.equals(textOf(AccessAttribute.KUMA_DESTINATION))
                && log.has(AccessAttribute.PEER_ADDRESS)
                && !log.has(AccessAttribute.ENVOY_FLAGS)
                && log.number(AccessAttribute.REQUEST_SIZE) == 0
                && log.number(AccessAttribute.RESPONSE_SIZE) == 0;
    }

    private String textOf(AccessAttribute attribute) {
        return log.has(attribute) ? log.string(attribute) : "";
    }

    /** Refuses a line of what has not ended. */
    void unfinished() {
        fail(Reason.NOT_ACCESS_LOG, "Not the end of a request or connection");
    }

    /** A request or connection is logged when it ends; what is logged of it before would count twice. */
    private void type(String text) {
        if (UNFINISHED.contains(text)) {
            unfinished();
        }
    }

    private void time(byte[] bytes, int from, int to) {
        long nanos = TimeText.nanos(bytes, from, to);
        if (nanos == EpochTime.BAD) {
            fail(Reason.BAD_TIME, "Bad time: the start time is none");
        } else {
            log.timeNanos(nanos);
        }
    }

    private void protocol(byte[] bytes, int from, int length) {
        boolean http = length > HTTP.length;
        for (int i = 0; http && i < HTTP.length; i++) {
            http = bytes[from + i] == HTTP[i];
        }
        int skipped = http ? HTTP.length : 0;
        log.text(AccessAttribute.PROTOCOL_VERSION, bytes, from + skipped, length - skipped);
    }

    /** 0 is a response that never started: no status. */
    private void status(byte[] bytes, int from, int to) {
        long status = whole(bytes, from, to);
        if (status >= MIN_STATUS && status <= MAX_STATUS) {
            log.integer(AccessAttribute.STATUS, status);
        } else if (status > 0) {
            log.normalised("bad_status");
        } else if (status < 0) {
            fail(Reason.BAD_VALUE, "Bad value: the response code is no number");
        }
    }

    /** HTTP is 200 even when gRPC failed. */
    private void grpcStatus(String text) {
        if (GrpcStatus.isServerError(text)) {
            log.error();
        }
        log.text(AccessAttribute.GRPC_STATUS, GrpcStatus.name(text).orElse(text));
    }

    private void flags(String text) {
        String codes = ResponseFlags.shortened(text);
        if (ResponseFlags.isUpstreamFault(codes)) {
            log.error();
        }
        log.text(AccessAttribute.ENVOY_FLAGS, codes);
    }

    private void size(AccessAttribute attribute, String name, byte[] bytes, int from, int to) {
        long size = whole(bytes, from, to);
        if (size < 0) {
            fail(Reason.BAD_VALUE, "Bad value: " + name + " is no size");
        } else {
            log.integer(attribute, size);
        }
    }

    private boolean isDuration(double ms, String name) {
        boolean is = ms >= 0 && ms <= MAX_MS;
        if (!is) {
            fail(Reason.BAD_VALUE, "Bad value: " + name + " is no duration");
        }
        return is;
    }

    private static double number(byte[] bytes, int from, int to) {
        long whole = whole(bytes, from, to);
        return whole >= 0 ? whole : JsonScalar.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** The list as it is, and its first entry as the client. */
    private void forwardedFor(byte[] bytes, int from, int to) {
        log.text(AccessAttribute.FORWARDED_FOR, bytes, from, to - from);
        int end = from;
        while (end < to && bytes[end] != ',' && bytes[end] != ' ') {
            end++;
        }
        log.address(AccessAttribute.CLIENT_ADDRESS, bytes, from, end - from);
    }

    /** The value of up to 18 digits, or of a number that is whole in another notation; -1 for anything else. */
    private static long whole(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || to - from > MAX_DIGITS) {
                double number = JsonScalar.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
                boolean isWhole = number >= 0 && number < Long.MAX_VALUE && number == Math.rint(number);
                return isWhole ? (long) number : -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private void fail(Reason reason, String detail) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Problem(reason, detail));
        }
    }
}
