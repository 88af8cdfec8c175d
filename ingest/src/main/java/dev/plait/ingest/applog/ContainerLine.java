package dev.plait.ingest.applog;

import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of the files that container runtimes write: {@code 2026-01-01T00:00:00.31Z stdout F } and what a program wrote. Source:
 * Kubernetes, CRI logging format.
 *
 * @param time as it stands there
 * @param stream {@code stdout} or {@code stderr}
 * @param contentAt where the program's own line begins
 */
record ContainerLine(String time, String stream, int contentAt) {
    private static final int MAX_TIME = 40;
    private static final int STREAM = 6;

    /** Of the line in {@code [from, to)}; empty when it is no such line, or the program wrote no JSON object. */
    static Optional<ContainerLine> ofJson(byte[] bytes, int from, int to) {
        int blank = blank(bytes, from, Math.min(to, from + MAX_TIME));
        int after = blank + 1 + STREAM;
        if (blank < 0 || after + 2 >= to || bytes[after] != ' ' || TimeText.nanos(bytes, from, blank) == TimeText.BAD) {
            return Optional.empty();
        }
        String stream = new String(bytes, blank + 1, STREAM, StandardCharsets.ISO_8859_1);
        int tagEnd = blank(bytes, after + 1, to);
        int content = tagEnd < 0 ? to : Payload.firstNonBlank(bytes, tagEnd, to);
        boolean tagged = bytes[after + 1] == 'F' || bytes[after + 1] == 'P';
        if (content == to || bytes[content] != '{' || !tagged || !stream.equals("stdout") && !stream.equals("stderr")) {
            return Optional.empty();
        }
        return Optional.of(
                new ContainerLine(new String(bytes, from, blank - from, StandardCharsets.ISO_8859_1), stream, content));
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
