package dev.plait.ingest.envoy;

import static dev.plait.ingest.envoy.TextLine.problem;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import java.util.Optional;

/**
 * Splits Kuma's TCP line after the start time: {@code flags mesh address(source)->upstream(destination) took 12ms, sent 34
 * bytes, received: 56 bytes}. The numbers are found from the right, the services between the one arrow and the outer
 * parentheses, as a service's name may hold parentheses itself.
 */
final class TcpLine {
    private static final byte[] ARROW = ")->".getBytes(US_ASCII);
    private static final byte[] TOOK = " took ".getBytes(US_ASCII);
    private static final byte[] SENT = "ms, sent ".getBytes(US_ASCII);
    private static final byte[] RECEIVED = " bytes, received: ".getBytes(US_ASCII);
    private static final byte[] END = " bytes".getBytes(US_ASCII);

    private final MeshLog log;

    TcpLine(MeshLog log) {
        this.log = log;
    }

    Optional<Problem> read(byte[] line, int from, int to) {
        int flagsEnd = Bytes.indexOf(line, ' ', from, to);
        int meshEnd = Bytes.indexOf(line, ' ', flagsEnd + 1, to);
        int arrow = meshEnd < 0 ? -1 : Bytes.indexOf(line, ARROW, meshEnd + 1, to);
        if (arrow < 0) {
            boolean other = meshEnd >= 0 && Bytes.indexOf(line, ' ', meshEnd + 1, to) >= 0;
            return other
                    ? problem(Reason.WRONG_FORMAT, "Wrong format: neither a request nor a connection")
                    : problem(Reason.TRUNCATED, "Truncated: the line ends before the upstream");
        }
        int took = Bytes.lastIndexOf(line, TOOK, arrow, to);
        if (took < 0 || !Bytes.startsWith(line, END, to - END.length, to)) {
            return problem(Reason.TRUNCATED, "Truncated: the line ends before the bytes received");
        }
        if (Bytes.indexOf(line, ARROW, arrow + 1, took) >= 0) {
            return problem(Reason.AMBIGUOUS, "Ambiguous: more than one arrow");
        }
        log.set(Column.FLAGS, line, from, flagsEnd);
        log.set(Column.MESH, line, flagsEnd + 1, meshEnd);
        boolean read = numbers(line, took + TOOK.length, to - END.length)
                && side(line, meshEnd + 1, arrow, Column.SOURCE_ADDRESS, Column.SOURCE)
                && line[took - 1] == ')'
                && side(line, arrow + ARROW.length, took - 1, Column.UPSTREAM_HOST, Column.DESTINATION);
        if (read && log.isConnected()) {
            log.unfinished();
        }
        return read ? log.problem() : problem(Reason.FIELD_COUNT, "Field count: not the columns of a connection");
    }

    private boolean numbers(byte[] line, int from, int to) {
        int sent = Bytes.indexOf(line, SENT, from, to);
        int received = sent < 0 ? -1 : Bytes.indexOf(line, RECEIVED, sent + SENT.length, to);
        if (received < 0) {
            return false;
        }
        log.set(Column.DURATION, line, from, sent);
        log.set(Column.BYTES_SENT, line, sent + SENT.length, received);
        log.set(Column.BYTES_RECEIVED, line, received + RECEIVED.length, to);
        return true;
    }

    /** {@code address(service} up to, and without, the closing parenthesis. */
    private boolean side(byte[] line, int from, int to, Column address, Column service) {
        int open = Bytes.indexOf(line, '(', from, to);
        if (open < 0) {
            return false;
        }
        log.set(address, line, from, open);
        log.set(service, line, open + 1, to);
        return true;
    }
}
