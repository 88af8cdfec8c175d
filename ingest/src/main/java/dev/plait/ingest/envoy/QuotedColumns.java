package dev.plait.ingest.envoy;

import static dev.plait.ingest.envoy.TextLine.problem;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.schemas.model.Hex;
import java.util.Optional;

/**
 * Splits the quoted columns at the end of an HTTP line: five of Envoy's default; eight or nine of Kuma's, whose documentation
 * leaves out the trace ID that its code writes. Which of the two it is follows from the count alone.
 *
 * <p>The user agent may hold quotes. When it even holds {@code " "}, there are too many columns: then those after it are taken
 * from the right and must look like what they should be, or the line is AMBIGUOUS. A Kuma line of nine that was cut after the
 * eighth column would be taken for one of eight, were it not that its last column is then no upstream.
 */
final class QuotedColumns {
    private static final int MAX_COLUMNS = 32;
    private static final int ENVOY_COLUMNS = 5;
    private static final int KUMA_COLUMNS = 9;
    private static final int USER_AGENT = 1;
    private static final int UUID_LENGTH = 36;

    private static final Column[] ENVOY = {
        Column.FORWARDED_FOR, Column.USER_AGENT, Column.REQUEST_ID, Column.AUTHORITY, Column.UPSTREAM_HOST
    };
    private static final Column[] KUMA = {
        Column.FORWARDED_FOR,
        Column.USER_AGENT,
        Column.TRACE_ID,
        Column.REQUEST_ID,
        Column.AUTHORITY,
        Column.SOURCE,
        Column.DESTINATION,
        Column.SOURCE_ADDRESS,
        Column.UPSTREAM_HOST
    };
    private static final Column[] KUMA_WITHOUT_TRACE = {
        Column.FORWARDED_FOR,
        Column.USER_AGENT,
        Column.REQUEST_ID,
        Column.AUTHORITY,
        Column.SOURCE,
        Column.DESTINATION,
        Column.SOURCE_ADDRESS,
        Column.UPSTREAM_HOST
    };

    private final MeshLog log;
    private final int[] starts = new int[MAX_COLUMNS];
    private final int[] ends = new int[MAX_COLUMNS];
    private byte[] line = new byte[0];
    private boolean innerQuotes;

    QuotedColumns(MeshLog log) {
        this.log = log;
    }

    /** Reads {@code [open, to)}, which begins with the first column's quote. */
    Optional<Problem> read(byte[] line, int open, int to, boolean kuma) {
        this.line = line;
        if (line[to - 1] != '"' || to - 1 == open) {
            return unfinished(open, to);
        }
        int count = split(open + 1, to - 1);
        Column[] columns = kuma ? kumaColumns(count) : ENVOY;
        if (count < columns.length) {
            return problem(
                    Reason.FIELD_COUNT,
                    "Field count: " + count + " quoted columns instead of " + (kuma ? "8 or 9" : ENVOY_COLUMNS));
        }
        int extra = count - columns.length;
        if (columns == KUMA_WITHOUT_TRACE && !isUpstream(count - 1)) {
            return problem(Reason.TRUNCATED, "Truncated: the last of 8 quoted columns is no upstream");
        }
        if (count > MAX_COLUMNS || extra > 0 && !isAnchored(columns, count)) {
            return problem(Reason.AMBIGUOUS, "Ambiguous: " + count + " quoted columns");
        }
        return fill(columns, extra);
    }

    private Optional<Problem> unfinished(int open, int to) {
        int quotes = 0;
        for (int i = open; i < to; i++) {
            quotes += line[i] == '"' ? 1 : 0;
        }
        return quotes % 2 == 1
                ? problem(Reason.TRUNCATED, "Truncated: the last quote is not closed")
                : problem(Reason.FIELD_COUNT, "Field count: something follows the last quoted column");
    }

    private Optional<Problem> fill(Column[] columns, int extra) {
        for (int i = 0; i < columns.length; i++) {
            int first = i > USER_AGENT ? i + extra : i;
            int last = i >= USER_AGENT ? i + extra : i;
            boolean mustBeWhole = innerQuotes && i != USER_AGENT;
            if (mustBeWhole && Bytes.indexOf(line, '"', starts[first], ends[last]) >= 0) {
                return problem(Reason.AMBIGUOUS, "Ambiguous: a quote inside a column that has none");
            }
            log.set(columns[i], line, starts[first], ends[last]);
        }
        return log.problem();
    }

    private static Column[] kumaColumns(int count) {
        return count < KUMA_COLUMNS ? KUMA_WITHOUT_TRACE : KUMA;
    }

    /** Splits at every {@code " "}; the result counts all columns, the arrays hold the first of them. */
    private int split(int from, int to) {
        int count = 0;
        int start = from;
        innerQuotes = false;
        for (int at = from; at >= 0; ) {
            at = Bytes.indexOf(line, '"', at, to);
            boolean separator = at >= 0 && at + 2 < to && line[at + 1] == ' ' && line[at + 2] == '"';
            if (separator || at < 0) {
                if (count < MAX_COLUMNS) {
                    starts[count] = start;
                    ends[count] = at < 0 ? to : at;
                }
                count++;
                start = at + 3;
                at = at < 0 ? at : start;
            } else {
                innerQuotes = true;
                at++;
            }
        }
        return count;
    }

    /** Whether the columns counted from the right look like what they should be, so that the rest is the user agent. */
    private boolean isAnchored(Column[] columns, int count) {
        int shift = count - columns.length;
        for (int i = USER_AGENT + 1; i < columns.length; i++) {
            boolean fits = switch (columns[i]) {
                case TRACE_ID -> isTraceId(i + shift);
                case REQUEST_ID -> isUuid(i + shift);
                case UPSTREAM_HOST -> isUpstream(i + shift);
                default -> true;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean isTraceId(int column) {
        int length = ends[column] - starts[column];
        if (isAbsent(column)) {
            return true;
        }
        for (int i = starts[column]; i < ends[column]; i++) {
            if (Hex.digit(line[i]) < 0) {
                return false;
            }
        }
        return length == 16 || length == 32 || length >= 17 && length <= 20;
    }

    private boolean isUuid(int column) {
        return isAbsent(column) || ends[column] - starts[column] == UUID_LENGTH && line[starts[column] + 8] == '-';
    }

    /** {@code host:port}, {@code [v6]:port}, a pipe's path, or nothing. */
    private boolean isUpstream(int column) {
        int from = starts[column];
        int to = ends[column];
        if (isAbsent(column) || Bytes.indexOf(line, '/', from, to) >= 0) {
            return true;
        }
        int colon = line[from] == '[' ? Bytes.indexOf(line, ']', from, to) + 1 : Bytes.indexOf(line, ':', from, to);
        if (colon <= 0 || colon + 1 >= to || line[colon] != ':') {
            return false;
        }
        for (int i = colon + 1; i < to; i++) {
            if (!Bytes.isDigit(line[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isAbsent(int column) {
        int length = ends[column] - starts[column];
        return length == 0 || length == 1 && line[starts[column]] == '-';
    }
}
