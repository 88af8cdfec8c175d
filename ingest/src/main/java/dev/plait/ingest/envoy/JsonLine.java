package dev.plait.ingest.envoy;

import com.fasterxml.jackson.core.JsonParser;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.accesslog.Problem;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one JSON access log: {@code json_format}, where everything is text and absent is {@code -}, and
 * {@code typed_json_format}, where numbers are numbers and absent is null. One pair of quotes around a text is taken off, as
 * the vendor's own sample configuration writes them. Members nobody knows are skipped.
 *
 * <p>An object counts as an access log when two of its members say so; a time or a duration alone is in every kind of log.
 */
final class JsonLine {
    private static final int MARKS = 2;
    private static final Set<Column> NO_MARK = EnumSet.of(
            Column.START_TIME,
            Column.DURATION,
            Column.TRACE_ID,
            Column.TRACEPARENT,
            Column.B3,
            Column.B3_TRACE_ID,
            Column.JAEGER,
            Column.DATADOG,
            Column.XRAY,
            Column.CLOUD_TRACE,
            Column.REQUEST_ID);
    private static final Set<Column> HTTP =
            EnumSet.of(Column.METHOD, Column.PATH, Column.STATUS, Column.PROTOCOL, Column.AUTHORITY);

    private final MeshLog log;
    private final Map<String, Column> columns;
    private final JsonScalar scalar = new JsonScalar();
    private boolean isTcp;

    JsonLine(MeshLog log, Set<String> traceIdKeys) {
        this.log = log;
        this.columns = JsonKeys.columns();
        traceIdKeys.forEach(key -> columns.put(key, Column.TRACE_ID));
    }

    /** Whether the line that was read last is of a connection: nothing of HTTP had a value. */
    boolean isTcp() {
        return isTcp;
    }

    /** Reads the object the parser stands at, to its end; what is wrong with it, if anything. */
    Optional<Problem> read(JsonParser parser) throws IOException {
        int marks = 0;
        isTcp = true;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            Column column = columns.get(name);
            if (column == null) {
                parser.skipChildren();
                continue;
            }
            marks += NO_MARK.contains(column) ? 0 : 1;
            isTcp &= !value(column, parser) || !HTTP.contains(column);
        }
        if (marks < MARKS) {
            return Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: no members of an access log"));
        }
        return log.problem();
    }

    private boolean value(Column column, JsonParser parser) throws IOException {
        if (!scalar.text(parser)) {
            return false;
        }
        byte[] bytes = scalar.bytes();
        int from = 0;
        int to = scalar.length();
        if (to > 1 && bytes[0] == '"' && bytes[to - 1] == '"') {
            from++;
            to--;
        }
        log.set(column, bytes, from, to);
        boolean absent = to == from || to - from == 1 && (bytes[from] == '-' || bytes[from] == '0');
        return !absent;
    }
}
