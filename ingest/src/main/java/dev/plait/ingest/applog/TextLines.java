package dev.plait.ingest.applog;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AnsiColour;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes logs of the text lines of a record. A line that the pattern does not find itself in continues the log before when it
 * looks like a stack trace; else it is a log of its own, whole and untraced ({@code unmatched_line}). A log is handed over when
 * the next one begins.
 */
final class TextLines {
    private static final int MAX_LINE = 256 * 1024;
    private static final char REPLACED = '\uFFFD';

    /** Indented, a cause, or the head of a trace: {@code java.io.IOException: closed}, {@code ValueError}. */
    private static final Pattern CONTINUED = Pattern.compile(
            "[ \\t].*|Caused by: .*|Traceback \\(most recent call last\\):|[\\w.$]+(Exception|Error|Throwable)(: .*)?");

    private final LinePattern pattern;
    private final LogInterpreter interpreter;
    private final Batch batch;
    private final AppLogWriter writer;
    private final AppLog log = new AppLog();
    private boolean open;

    TextLines(LinePattern pattern, LogInterpreter interpreter, Batch batch, AppLogWriter writer) {
        this.pattern = pattern;
        this.interpreter = interpreter;
        this.batch = batch;
        this.writer = writer;
    }

    /** Takes the line in {@code [start, end)}, which is not blank. */
    void line(byte[] bytes, int start, int end, SignalSink sink) {
        String line = text(bytes, start, end, sink);
        Optional<Problem> problem = problem(line, end - start);
        if (problem.isPresent()) {
            finish(sink);
            batch.refuse(problem.get(), "in the line at byte ", start, sink);
            return;
        }
        Optional<Matcher> match = pattern.find(line);
        if (open && match.isEmpty() && CONTINUED.matches(line)) {
            log.append(line);
        } else {
            finish(sink);
            begin(line, match);
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

    private void begin(String line, Optional<Matcher> match) {
        log.clear();
        open = true;
        if (match.isPresent()) {
            pattern.read(match.get(), log);
            interpreter.interpret(log);
        } else {
            log.count("unmatched_line");
        }
        if (!log.hasBody()) {
            log.append(line);
        }
    }

    private static String text(byte[] bytes, int start, int end, SignalSink sink) {
        if (AnsiColour.isIn(bytes, start, end)) {
            sink.normalised("ansi_colour", 1);
            return new String(AnsiColour.strip(bytes, start, end), StandardCharsets.UTF_8).stripTrailing();
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8).stripTrailing();
    }

    private static Optional<Problem> problem(String line, int sizeBytes) {
        if (sizeBytes > MAX_LINE) {
            return Optional.of(new Problem(Reason.TOO_LARGE, "Too large: a line above " + MAX_LINE + " bytes"));
        }
        int replaced = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' && c != '\t') {
                return Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: a control character"));
            }
            replaced += c == REPLACED ? 1 : 0;
        }
        return replaced * 4 > line.length()
                ? Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: no UTF-8"))
                : Optional.empty();
    }
}
