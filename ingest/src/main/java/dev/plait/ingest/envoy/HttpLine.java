package dev.plait.ingest.envoy;

import static dev.plait.ingest.envoy.TextLine.problem;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import java.util.Optional;

/**
 * Splits the HTTP lines of Envoy and Kuma from the request on: {@code "METHOD path protocol" code flags received sent duration
 * upstream-time "xff" "user agent" ...}.
 *
 * <p>Envoy does not escape quotes in header values, so nothing is found by pairing quotes. The request ends at the one quote
 * that six plain columns and another quote follow; if two quotes look so, the line is AMBIGUOUS. The quoted columns after it
 * are separated by {@code " "} and counted ({@link QuotedColumns}). One pass without backtracking: linear whatever the bytes
 * are, because a column that is tried ends at the next quote.
 */
final class HttpLine {
    private static final int PLAIN_COLUMNS = 6;
    private static final Column[] PLAIN = {
        Column.STATUS, Column.FLAGS, Column.BYTES_RECEIVED, Column.BYTES_SENT, Column.DURATION, Column.UPSTREAM_TIME
    };

    private final MeshLog log;
    private final QuotedColumns quoted;
    private final int[] starts = new int[PLAIN_COLUMNS + 1];

    HttpLine(MeshLog log) {
        this.log = log;
        this.quoted = new QuotedColumns(log);
    }

    /** Reads {@code [open, to)}, which begins with the request's quote; {@code kuma} when a mesh stood before it. */
    Optional<Problem> read(byte[] line, int open, int to, boolean kuma) {
        int close = nextClose(line, open + 1, to);
        if (close < 0) {
            return line[to - 1] == '"' && to - 1 > open
                    ? problem(Reason.FIELD_COUNT, "Field count: no six columns between the request and the next quote")
                    : problem(Reason.TRUNCATED, "Truncated: the line ends before its quoted columns");
        }
        if (nextClose(line, close + 1, to) >= 0) {
            return problem(Reason.AMBIGUOUS, "Ambiguous: two quotes could end the request");
        }
        arePlainColumns(line, close + 1, to);
        for (int i = 0; i < PLAIN_COLUMNS; i++) {
            log.set(PLAIN[i], line, starts[i], starts[i + 1] - 1);
        }
        int tail = starts[PLAIN_COLUMNS];
        if (!request(line, open + 1, close)) {
            return problem(Reason.FIELD_COUNT, "Field count: the request is not method, path and protocol");
        }
        return quoted.read(line, tail, to, kuma);
    }

    /** The next quote from {@code from} on that six plain columns and a quote follow, their starts in the array; or -1. */
    private int nextClose(byte[] line, int from, int to) {
        int at = Bytes.indexOf(line, '"', from, to);
        while (at >= 0 && !arePlainColumns(line, at + 1, to)) {
            at = Bytes.indexOf(line, '"', at + 1, to);
        }
        return at;
    }

    private boolean arePlainColumns(byte[] line, int from, int to) {
        int at = from;
        for (int column = 0; column < PLAIN_COLUMNS; column++) {
            if (at >= to || line[at] != ' ') {
                return false;
            }
            starts[column] = ++at;
            while (at < to && line[at] != ' ' && line[at] != '"') {
                at++;
            }
            // a column may be empty, as Envoy can be told to leave out what it does not know; the code may not
            if (column == 0 && (at == starts[0] || !isCode(line[starts[0]]))) {
                return false;
            }
        }
        starts[PLAIN_COLUMNS] = at + 1;
        return at + 1 < to && line[at] == ' ' && line[at + 1] == '"';
    }

    private static boolean isCode(byte first) {
        return Bytes.isDigit(first) || first == '-';
    }

    /** The method is before the first blank, the protocol after the last: a path may hold anything. */
    private boolean request(byte[] line, int from, int to) {
        int methodEnd = Bytes.indexOf(line, ' ', from, to);
        int pathEnd = to - 1;
        while (pathEnd > methodEnd && line[pathEnd] != ' ') {
            pathEnd--;
        }
        if (methodEnd < 0 || pathEnd <= methodEnd) {
            return false;
        }
        log.set(Column.METHOD, line, from, methodEnd);
        log.set(Column.PATH, line, methodEnd + 1, pathEnd);
        log.set(Column.PROTOCOL, line, pathEnd + 1, to);
        return true;
    }
}
