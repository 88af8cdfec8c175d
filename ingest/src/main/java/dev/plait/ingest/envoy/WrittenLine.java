package dev.plait.ingest.envoy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.ShortJson;
import java.io.IOException;
import java.util.Optional;

/**
 * A text that holds one access log, as a collector or a shipper passes it on: a line of the configured or of a default format, or
 * JSON. A text of another kind is none. Not thread safe.
 */
final class WrittenLine {
    private final MeshLog log;
    private final TextLine text;
    private final Optional<TextFormat> format;
    private final JsonLine json;
    private final LineCleaner cleaner = new LineCleaner();
    private final ShortJson objects = new ShortJson();
    private boolean line;
    private boolean tcp;
    private int marks;

    WrittenLine(MeshLog log, MeshFormat format) {
        this.log = log;
        this.text = new TextLine(log);
        this.format = format.text();
        this.json = new JsonLine(log, format);
    }

    void clear() {
        line = false;
        tcp = false;
        marks = 0;
    }

    /** Whether it was a line of a text format. */
    boolean isLine() {
        return line;
    }

    /** Whether what was read is of a connection. */
    boolean isTcp() {
        return line ? tcp : log.isTcp();
    }

    /** How many members of the JSON tell an access log from other logs. */
    int marks() {
        return marks;
    }

    /** Reads the text in {@code [from, end)}; what is wrong with it, if anything. */
    Optional<Problem> read(byte[] bytes, int from, int end, SignalSink sink) {
        clear();
        int to = end > from && bytes[end - 1] == '\n' ? end - 1 : end;
        if (to == from) {
            return Optional.empty();
        }
        if (configured(bytes, from, to, sink)) {
            line = true;
            Optional<Problem> problem = format.get().read(log, cleaner.bytes(), cleaner.from(), cleaner.to());
            tcp = log.isTcp();
            return problem;
        }
        if (bytes[from] == '{') {
            return json(bytes, from, to);
        }
        if (bytes[from] != '[' || !isOneLine(bytes, from, to)) {
            return Optional.empty();
        }
        line = true;
        Optional<Problem> problem =
                cleaner.clean(bytes, from, to, sink).or(() -> text.read(cleaner.bytes(), cleaner.from(), cleaner.to()));
        tcp = text.isTcp();
        return problem;
    }

    private static boolean isOneLine(byte[] bytes, int from, int to) {
        return Bytes.indexOf(bytes, '\n', from, to) < 0;
    }

    private boolean configured(byte[] bytes, int from, int to, SignalSink sink) {
        return format.isPresent()
                && isOneLine(bytes, from, to)
                && cleaner.bare(bytes, from, to, sink).isEmpty()
                && format.get().fits(cleaner.bytes(), cleaner.from(), cleaner.to());
    }

    private Optional<Problem> json(byte[] bytes, int from, int to) {
        JsonParser parser = objects.open(bytes, from, to);
        try {
            parser.nextToken();
            Optional<Problem> problem = json.members(parser);
            marks = json.marks();
            return parser.nextToken() == null
                    ? problem
                    : Optional.of(new Problem(Reason.TRAILING_DATA, "Trailing data: two values"));
        } catch (JsonProcessingException broken) {
            return Optional.of(new Problem(Reason.WRONG_FORMAT, "Malformed: not JSON"));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }
}
