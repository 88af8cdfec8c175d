package dev.plait.ingest.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A line of the files that container runtimes write: {@code 2026-01-01T00:00:00.31Z stdout F } and what a program wrote. Source:
 * Kubernetes, CRI logging format.
 *
 * @param time as it stands there
 * @param stream {@code stdout} or {@code stderr}
 * @param contentAt where the program's own line begins; the end when it is empty
 */
public record ContainerLine(String time, String stream, int contentAt) {
    private static final int MAX_TIME = 40;
    private static final int STREAM = 6;

    /** Of the line in {@code [from, to)}; empty when it is no such line. */
    public static Optional<ContainerLine> of(byte[] bytes, int from, int to) {
        if (from == to || !isDigit(bytes[from])) {
            return Optional.empty();
        }
        int blank = blank(bytes, from, Math.min(to, from + MAX_TIME));
        int after = blank + 1 + STREAM;
        if (blank < 0 || after + 1 >= to || bytes[after] != ' ' || !isTagged(bytes, after + 1, to)) {
            return Optional.empty();
        }
        String stream = new String(bytes, blank + 1, STREAM, StandardCharsets.ISO_8859_1);
        boolean known = stream.equals("stdout") || stream.equals("stderr");
        if (!known || TimeText.nanos(bytes, from, blank) == TimeText.BAD) {
            return Optional.empty();
        }
        int tagEnd = blank(bytes, after + 1, to);
        String time = new String(bytes, from, blank - from, StandardCharsets.ISO_8859_1);
        return Optional.of(new ContainerLine(time, stream, tagEnd < 0 ? to : tagEnd + 1));
    }

    /** Whole or a part, by the first of the tags. */
    private static boolean isTagged(byte[] bytes, int at, int to) {
        boolean ends = at + 1 == to || bytes[at + 1] == ' ' || bytes[at + 1] == ':';
        return ends && (bytes[at] == 'F' || bytes[at] == 'P');
    }

    /** A record with blanks where the runtime's own words begin its lines; the record itself when none begin the first. */
    public static byte[] blanked(byte[] record, int start) {
        if (start == record.length || !isDigit(record[start])) {
            return record;
        }
        byte[] blanked = record;
        int at = start;
        while (at < record.length) {
            int newline = HostText.indexOf(record, (byte) '\n', at, record.length);
            int end = newline < 0 ? record.length : newline;
            Optional<ContainerLine> line = of(record, at, end);
            if (line.isEmpty() && blanked == record) {
                return record;
            }
            if (line.isPresent()) {
                blanked = blanked == record ? record.clone() : blanked;
                Arrays.fill(blanked, at, line.get().contentAt, (byte) ' ');
            }
            at = end + 1;
        }
        return blanked;
    }

    /** What the runtime says, as fields around the program's own. */
    public Map<String, String> fields() {
        return Map.of("time", time, "stream", stream);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static int blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == ' ') {
                return i;
            }
        }
        return -1;
    }
}
