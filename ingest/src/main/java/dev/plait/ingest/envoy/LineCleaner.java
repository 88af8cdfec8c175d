package dev.plait.ingest.envoy;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AnsiColour;
import dev.plait.ingest.accesslog.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the access log in a line that shippers have decorated: blanks at the end, ANSI colours, a syslog header, the prefix
 * of a container runtime. Refuses what is too long, holds NUL, or begins like no access log.
 */
final class LineCleaner {
    /** Envoy takes 60 KiB of headers; a longer line than four times that is something else. */
    private static final int MAX_LINE = 256 * 1024;

    private static final int MAX_PREFIX = 256;
    /** What the default line of Emissary begins with, before Envoy's. */
    private static final byte[] EMISSARY = "ACCESS [".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] STDOUT = " stdout ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STDERR = " stderr ".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private boolean plain;

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    byte first() {
        return bytes[from];
    }

    /** Takes the line in {@code [start, end)}, which is not blank; what is wrong with it, if anything. */
    Optional<Problem> clean(byte[] line, int start, int end, SignalSink sink) {
        Optional<Problem> problem = decolour(line, start, end, sink);
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        return problem.or(() -> start(sink));
    }

    /** Takes a line as it is but for colours and the carriage return at its end, which no format has. */
    Optional<Problem> bare(byte[] line, int start, int end, SignalSink sink) {
        return decolour(line, start, end, sink).or(this::nul);
    }

    private Optional<Problem> decolour(byte[] line, int start, int end, SignalSink sink) {
        bytes = line;
        from = start;
        to = end > start && line[end - 1] == '\r' ? end - 1 : end;
        if (to - from > MAX_LINE) {
            return TextLine.problem(Reason.TOO_LARGE, "Too large: a line above " + MAX_LINE + " bytes");
        }
        plain = Bytes.indexOfControl(bytes, from, to) < 0;
        if (!plain && AnsiColour.isIn(bytes, from, to)) {
            sink.normalised("ansi_colour", 1);
            bytes = AnsiColour.strip(bytes, from, to);
            from = 0;
            to = bytes.length;
        }
        return Optional.empty();
    }

    private Optional<Problem> start(SignalSink sink) {
        if (Bytes.startsWith(bytes, EMISSARY, from, to)) {
            from += EMISSARY.length - 1;
        } else if (from < to && !isStart(from)) {
            prefix(sink);
        }
        if (from >= to || !isStart(from)) {
            return foreign();
        }
        return nul();
    }

    private Optional<Problem> nul() {
        return !plain && Bytes.indexOf(bytes, '\0', from, to) >= 0
                ? TextLine.problem(Reason.BAD_VALUE, "Bad value: a NUL byte")
                : Optional.empty();
    }

    private Optional<Problem> foreign() {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') {
                return TextLine.problem(Reason.WRONG_FORMAT, "Wrong format: binary");
            }
        }
        return TextLine.problem(Reason.WRONG_FORMAT, "Wrong format: begins neither with [time] nor with {");
    }

    /** Moves behind {@code <14>... } or {@code time stdout F }. */
    private void prefix(SignalSink sink) {
        int limit = Math.min(to, from + MAX_PREFIX);
        boolean syslog = bytes[from] == '<' && to - from > 1 && Bytes.isDigit(bytes[from + 1]);
        boolean container =
                Bytes.indexOf(bytes, STDOUT, from, limit) >= 0 || Bytes.indexOf(bytes, STDERR, from, limit) >= 0;
        if (!syslog && !(container && Bytes.isDigit(bytes[from]))) {
            return;
        }
        for (int at = from + 1; at < limit; at++) {
            boolean log = bytes[at] == '{' || bytes[at] == '[' && at + 5 < to && bytes[at + 5] == '-';
            if (log && bytes[at - 1] == ' ') {
                sink.normalised("line_prefix", 1);
                from = at;
                return;
            }
        }
    }

    private boolean isStart(int at) {
        return bytes[at] == '[' || bytes[at] == '{';
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
