package dev.plait.ingest.applog;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.ContainerLine;
import dev.plait.ingest.accesslog.JsonObjects;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.redact.Redaction;
import java.util.Optional;

/**
 * Reads logs as programs write them: JSON objects of whatever logging library, one, an array or one a line, also in lines of
 * container runtimes; and, with a line pattern, lines of text beside them. Each becomes an ordinary log record (no access log) of the resource {@code service.name}
 * that it names; what has no meaning here becomes attributes.
 *
 * <p>A record that is one JSON string is read as what the string holds, as collectors write text bodies. A bad line or item is
 * refused alone; a record of one bad item, or without any log, is refused whole. Bytes that are not UTF-8 are replaced. Time is
 * linear in the input.
 */
public final class AppLogDecoder implements Decoder {
    private final AppLog log = new AppLog();
    private final Batch batch = new Batch();
    private final AppLogWriter writer;
    private final ObjectReader reader;
    private final JsonObjects objects;
    private final Optional<TextLines> text;

    /** Of JSON alone, with times in the usual forms. */
    public AppLogDecoder() {
        this(AppLogForm.JSON);
    }

    public AppLogDecoder(AppLogForm form) {
        this(form, Redaction.DEFAULT);
    }

    public AppLogDecoder(AppLogForm form, Redaction redaction) {
        this.writer = new AppLogWriter(redaction);
        FieldNames names = new FieldNames();
        LogInterpreter interpreter = new LogInterpreter(names, form.timeFormat());
        this.reader = new ObjectReader(log, names, interpreter);
        this.objects = new JsonObjects(batch, reader::read, sink -> writer.handTo(sink, log));
        this.text = form.linePattern().map(pattern -> new TextLines(pattern, interpreter, batch, writer));
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        Optional<Rejected> refused = Payload.refuse(value);
        if (refused.isPresent()) {
            return refused;
        }
        byte[] bytes = Payload.text(value, sink);
        batch.clear();
        writer.clear();
        reader.begin();
        int start = Payload.firstNonBlank(bytes, Payload.afterByteOrderMark(bytes), bytes.length);
        if (start == bytes.length) {
            return Optional.of(empty());
        }
        if (JsonObjects.isDocument(bytes, start)) {
            return objects.read(bytes, start, sink);
        }
        lines(bytes, start, sink);
        return batch.items() == 0 ? Optional.of(empty()) : batch.verdict();
    }

    private static Rejected empty() {
        return Rejected.record(Reason.EMPTY, "Empty: nothing but blanks", -1);
    }

    private void lines(byte[] bytes, int start, SignalSink sink) {
        int from = start;
        while (from < bytes.length && !batch.isHopeless() && !batch.isFull()) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            line(bytes, from, to, sink);
            from = to + 1;
        }
        text.ifPresent(lines -> lines.finish(sink));
        batch.refuseRest(bytes, from, sink);
    }

    private void line(byte[] bytes, int start, int end, SignalSink sink) {
        int from = Payload.firstNonBlank(bytes, start, end);
        if (from == end) {
            return;
        }
        // what is indented in a text is a part of the line before
        if (bytes[from] == '{' && (from == start || text.isEmpty())) {
            object(bytes, from, end, start, sink);
        } else if (readBehindPrefix(bytes, from, end, start, sink)) {
            return;
        } else if (text.isPresent()) {
            text.get().line(bytes, start, end, sink);
        } else {
            Problem problem = new Problem(Reason.WRONG_FORMAT, "Wrong format: no JSON, and no line-pattern to read it");
            batch.refuse(problem, "in the line at byte ", start, sink);
        }
    }

    /** Reads the line if it is one of a container runtime with an object behind its prefix; whether it was. */
    private boolean readBehindPrefix(byte[] bytes, int from, int end, int start, SignalSink sink) {
        Optional<ContainerLine> line = ContainerLine.of(bytes, text.isPresent() ? start : from, end);
        if (line.isEmpty()) {
            return false;
        }
        int content = line.get().contentAt();
        int at = text.isPresent() ? content : Payload.firstNonBlank(bytes, content, end);
        if (at == end || bytes[at] != '{') {
            return false;
        }
        reader.within(line.get());
        object(bytes, at, end, start, sink);
        reader.outside();
        return true;
    }

    private void object(byte[] bytes, int from, int end, int start, SignalSink sink) {
        text.ifPresent(lines -> lines.finish(sink));
        objects.line(bytes, from, end, start, sink);
    }
}
