package dev.plait.ingest.envoy;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import java.util.Optional;

/**
 * Tells the text formats apart and hands a line to its tokenizer. All begin with {@code [start time] }; then Envoy's default
 * has the quoted request, as Istio's has with other columns after it, Kuma's HTTP line a mesh before it, and Kuma's TCP line no
 * quotes at all. Source of Istio's: istio, pilot/pkg/model/telemetry_logging.go.
 */
final class TextLine {
    /** Longest text between the brackets that can be a time. */
    private static final int MAX_TIME = 40;

    private static final String ISTIO =
            "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
                    + " %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%"
                    + " \"%UPSTREAM_TRANSPORT_FAILURE_REASON%\" %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
                    + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\""
                    + " \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\" %UPSTREAM_CLUSTER%"
                    + " %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS%"
                    + " %REQUESTED_SERVER_NAME% %ROUTE_NAME%";

    private final MeshLog log;
    private final TextFormat istio = new TextFormat(ISTIO);
    private final HttpLine http;
    private final TcpLine tcp;
    private boolean isTcp;

    TextLine(MeshLog log) {
        this.log = log;
        this.http = new HttpLine(log);
        this.tcp = new TcpLine(log);
    }

    /** Whether the line that was read last is of a connection. */
    boolean isTcp() {
        return isTcp;
    }

    /** Reads the line in {@code [from, to)}, which begins with '['; what is wrong with it, if anything. */
    Optional<Problem> read(byte[] line, int from, int to) {
        isTcp = false;
        if (to - from > 1 && !Bytes.isDigit(line[from + 1])) {
            return Character.isLetter(line[from + 1])
                    ? problem(Reason.NOT_ACCESS_LOG, "Not an access log: a level in the first brackets")
                    : problem(Reason.BAD_TIME, "Bad time: no time in the first brackets");
        }
        int close = Bytes.indexOf(line, ']', from, Math.min(to, from + MAX_TIME));
        if (close < 0) {
            return problem(Reason.TRUNCATED, "Truncated: no ] after the start time");
        }
        int rest = close + 2;
        if (close + 1 < to && line[close + 1] != ' ') {
            return problem(Reason.NOT_ACCESS_LOG, "Not an access log: no blank after the first brackets");
        }
        if (rest >= to) {
            return problem(Reason.TRUNCATED, "Truncated: nothing after the start time");
        }
        log.set(Column.START_TIME, line, from + 1, close);
        Optional<Problem> problem = columns(line, rest, to);
        if (problem.isPresent()
                && line[rest] == '"'
                && istio.read(log, line, from, to).isEmpty()) {
            isTcp = log.isTcp();
            return Optional.empty();
        }
        return problem;
    }

    private Optional<Problem> columns(byte[] line, int rest, int to) {
        if (line[rest] == '"') {
            return http.read(line, rest, to, false);
        }
        int blank = Bytes.indexOf(line, ' ', rest, to);
        if (blank < 0) {
            return problem(Reason.TRUNCATED, "Truncated: one column after the start time");
        }
        if (blank + 1 < to && line[blank + 1] == '"') {
            log.set(Column.MESH, line, rest, blank);
            return http.read(line, blank + 1, to, true);
        }
        isTcp = true;
        return tcp.read(line, rest, to);
    }

    static Optional<Problem> problem(Reason reason, String detail) {
        return Optional.of(new Problem(reason, detail));
    }
}
