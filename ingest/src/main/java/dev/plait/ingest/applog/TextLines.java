package dev.plait.ingest.applog;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AnsiColour;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.ContainerLine;
import dev.plait.ingest.accesslog.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes logs of the text lines of a record. A line that the pattern does not find itself in continues the log before when it
 * looks like a stack trace; else it is a log of its own, whole and untraced ({@code unmatched_line}). A log is handed over when
 * the next one begins. Behind the prefix of a container runtime only what the program wrote is looked at, unless the pattern
 * finds itself in the whole line.
 */
final class TextLines {
    private static final int MAX_LINE = 256 * 1024;
    private static final byte[] REPLACED = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final LineMatcher pattern;
    private final LogInterpreter interpreter;
    private final Batch batch;
    private final AppLogWriter writer;
    private final AppLog log = new AppLog();
    private boolean open;

    TextLines(LinePattern pattern, LogInterpreter interpreter, Batch batch, AppLogWriter writer) {
        this.pattern = new LineMatcher(pattern);
        this.interpreter = interpreter;
        this.batch = batch;
        this.writer = writer;
    }

    /** Takes the line in {@code [start, end)} of valid UTF-8, which is not blank. */
    void line(byte[] bytes, int start, int end, SignalSink sink) {
        if (AnsiColour.isIn(bytes, start, end)) {
            sink.normalised("ansi_colour", 1);
            byte[] plain = AnsiColour.strip(bytes, start, end);
            line(plain, 0, plain.length, start, end - start, sink);
        } else {
            line(bytes, start, end, start, end - start, sink);
        }
    }

    private void line(byte[] bytes, int from, int end, int atByte, int sizeBytes, SignalSink sink) {
        int to = afterText(bytes, from, end);
        Optional<Problem> problem = problem(bytes, from, to, sizeBytes);
        if (problem.isPresent()) {
            finish(sink);
            batch.refuse(problem.get(), "in the line at byte ", atByte, sink);
            return;
        }
        boolean matches = pattern.find(bytes, from, to);
        // a pattern may read the prefix itself
        Optional<ContainerLine> around = matches ? Optional.empty() : ContainerLine.of(bytes, from, to);
        int content = around.map(ContainerLine::contentAt).orElse(from);
        if (content == to) {
            return;
        }
        matches |= around.isPresent() && pattern.find(bytes, content, to);
        if (open && !matches && StackTraceLine.is(bytes, content, to)) {
            log.append(bytes, content, to);
        } else {
            finish(sink);
            begin(bytes, content, to, matches, around);
        }
    }

    /** Hands the last log over, if there is one that was not. */
    void finish(SignalSink sink) {
        if (open) {
            open = false;
            writer.handTo(sink, log);
            batch.accept();
        }
    }

    private void begin(byte[] bytes, int from, int to, boolean matches, Optional<ContainerLine> around) {
        log.clear();
        open = true;
        if (matches) {
            pattern.read(log);
        } else {
            log.count("unmatched_line");
        }
        if (matches || around.isPresent()) {
            around.ifPresent(line -> log.around(line.fields()));
            interpreter.interpret(log);
        }
        if (log.body.isEmpty()) {
            log.append(bytes, from, to);
        }
    }

    /** Where what is not blank ends. */
    private static int afterText(byte[] bytes, int from, int end) {
        int to = end;
        while (to > from && bytes[to - 1] >= 0 && Character.isWhitespace(bytes[to - 1])) {
            to--;
        }
        return to > from && bytes[to - 1] < 0 ? afterWideText(bytes, from, to) : to;
    }

    /** Unicode has more blanks than ASCII. */
    private static int afterWideText(byte[] bytes, int from, int end) {
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8).stripTrailing();
        return from + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<Problem> problem(byte[] bytes, int from, int to, int sizeBytes) {
        if (sizeBytes > MAX_LINE) {
            return Optional.of(new Problem(Reason.TOO_LARGE, "Too large: a line above " + MAX_LINE + " bytes"));
        }
        int replaced = 0;
        int chars = 0;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b >= 0 && b < ' ' && b != '\t') {
                return Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: a control character"));
            }
            // in UTF-16, where what four bytes hold are two
            chars += (b & 0xC0) != 0x80 ? (b & 0xF8) == 0xF0 ? 2 : 1 : 0;
            replaced += b == REPLACED[0] && Arrays.equals(bytes, at, Math.min(at + 3, to), REPLACED, 0, 3) ? 1 : 0;
        }
        return replaced * 4 > chars
                ? Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: no UTF-8"))
                : Optional.empty();
    }
}
