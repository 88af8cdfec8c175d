package dev.plait.ingest.envoy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.WrappedText;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one JSON access log: {@code json_format}, where everything is text and absent is {@code -}, and
 * {@code typed_json_format}, where numbers are numbers and absent is null. One pair of quotes around a text is taken off, as
 * the vendor's own sample configuration writes them. Members nobody knows become attributes ({@link MeshLog#others}).
 *
 * <p>An object counts as an access log when two of its members say so; a time or a duration alone is in every kind of log.
 */
final class JsonLine {
    static final int MARKS = 2;
    private static final Set<Column> NO_MARK = EnumSet.of(
            Column.START_TIME,
            Column.DURATION,
            Column.TRACE_ID,
            Column.SPAN_ID,
            Column.TRACEPARENT,
            Column.B3,
            Column.B3_TRACE_ID,
            Column.JAEGER,
            Column.DATADOG,
            Column.XRAY,
            Column.CLOUD_TRACE,
            Column.REQUEST_ID);
    private final MeshLog log;
    private final Map<String, Column> columns;
    private final Map<String, TextFormat> members;
    private final JsonScalar scalar = new JsonScalar();
    private final WrappedText wrapped = new WrappedText();

    /** The paths of the objects that hold configured members. */
    private final Set<String> parts = new HashSet<>();

    private int marks;
    private Optional<Problem> misfit = Optional.empty();

    /** Configured members count before the names that are known. */
    JsonLine(MeshLog log, MeshFormat format) {
        this.log = log;
        members = format.members();
        columns = format.columns();
        for (String path : members.keySet()) {
            for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
                parts.add(path.substring(0, dot));
            }
        }
    }

    /** Reads the object the parser stands at, to its end; what is wrong with it, if anything. */
    Optional<Problem> read(JsonParser parser) throws IOException {
        Optional<Problem> problem = members(parser);
        if (marks < MARKS) {
            return Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: no members of an access log"));
        }
        return problem.or(log::problem);
    }

    /** Reads the object the parser stands at, whatever it is; which member does not fit its format, if one does not. */
    Optional<Problem> members(JsonParser parser) throws IOException {
        marks = 0;
        misfit = Optional.empty();
        wrapped.clear();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (configured(name, parser)) {
                continue;
            }
            Column column = columns.get(name);
            if (column != null) {
                marks += isMark(column) ? 1 : 0;
                value(column, parser);
            } else {
                wrapped.take(name, parser);
                log.others().read(JsonKeys.attribute(name), parser);
            }
        }
        return misfit;
    }

    /** Takes the value the parser stands at if its format is configured, or that of something in it. */
    private boolean configured(String path, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT && parts.contains(path)) {
            part(path, parser);
            return true;
        }
        TextFormat member = members.get(path);
        if (member == null || token.isStructStart()) {
            return false;
        }
        marks += MARKS;
        Optional<Problem> problem = member(member, parser);
        misfit = misfit.isPresent() ? misfit : problem;
        return true;
    }

    private void part(String path, JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (!configured(path + '.' + name, parser)) {
                log.others().read(path, name, parser);
            }
        }
    }

    /** The text in the object that was read last in which a shipper passes on a line. */
    WrappedText wrapped() {
        return wrapped;
    }

    /** How many members of the object that was read last tell an access log from other logs. */
    int marks() {
        return marks;
    }

    /** Whether a value of that meaning tells an access log from other logs. */
    static boolean isMark(Column column) {
        return !NO_MARK.contains(column);
    }

    /** Null is an absent value. */
    private Optional<Problem> member(TextFormat format, JsonParser parser) throws IOException {
        return scalar.text(parser) ? format.read(log, scalar.bytes(), 0, scalar.length()) : Optional.empty();
    }

    private void value(Column column, JsonParser parser) throws IOException {
        if (!scalar.text(parser)) {
            return;
        }
        byte[] bytes = scalar.bytes();
        int from = 0;
        int to = scalar.length();
        if (to > 1 && bytes[0] == '"' && bytes[to - 1] == '"') {
            from++;
            to--;
        } else if (to > 1 && bytes[0] == '"' && column == Column.METHOD) {
            from++; // Kuma's documented configuration has no second one
        }
        log.set(column, bytes, from, to);
    }
}
