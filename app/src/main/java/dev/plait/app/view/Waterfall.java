package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A trace in a terminal: what is known of the request, then its spans as a tree with bars on one time scale, each log under
 * the span it names, and the logs that name none, or one that is not here, at the end.
 */
public final class Waterfall {
    private static final int BAR = 32;
    private static final int NAME = 52;
    private static final int BODY = 160;

    private final JsonNode trace;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<JsonNode>> logsBySpan = new LinkedHashMap<>();
    private final long startEpochNanos;
    private final long durationNanos;

    private Waterfall(JsonNode trace) {
        this.trace = trace;
        this.startEpochNanos = trace.path("startEpochNanos").asLong();
        this.durationNanos = Math.max(1, trace.path("durationNanos").asLong());
    }

    /**
     * The lines of one trace.
     *
     * @param revisions as {@link TraceRevisions#current} gives them
     */
    public static List<String> of(List<JsonNode> revisions) {
        List<String> lines = new ArrayList<>();
        for (JsonNode revision : revisions) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(new Waterfall(revision).draw());
        }
        return lines;
    }

    private List<String> draw() {
        lines.addAll(TraceHead.of(trace));
        lines.add("");
        for (JsonNode log : trace.path("logs")) {
            logsBySpan
                    .computeIfAbsent(log.path("spanId").asText(""), id -> new ArrayList<>())
                    .add(log);
        }
        for (SpanTree.Row row : SpanTree.rows(trace.path("spans"))) {
            lines.add(span(row));
            List<JsonNode> logs = logsBySpan.remove(row.span().path("spanId").asText(""));
            if (logs != null) {
                logs.forEach(log -> lines.add(log(log, row.depth() + 1)));
            }
        }
        logsBySpan.values().forEach(logs -> logs.forEach(log -> lines.add(log(log, 0))));
        return lines;
    }

    private String span(SpanTree.Row row) {
        JsonNode span = row.span();
        long offset = span.path("startEpochNanos").asLong() - startEpochNanos;
        long nanos = span.path("durationNanos").asLong();
        String name = "  ".repeat(Math.min(row.depth(), 15))
                + Printable.of(
                        span.path("service").asText("?") + " "
                                + span.path("name").asText(""),
                        NAME);
        return String.format(
                Locale.ROOT,
                "%-" + NAME + "s |%s| %8.1f +%.1f ms%s",
                name,
                bar(offset, nanos, span.path("onCriticalPath").asBoolean()),
                offset / 1e6,
                nanos / 1e6,
                span.path("error").asBoolean() ? "  ERROR" + message(span) : "");
    }

    private static String message(JsonNode span) {
        JsonNode message = span.path("statusMessage");
        return message.isTextual() ? " " + Printable.of(message.asText(), BODY) : "";
    }

    private String bar(long offset, long nanos, boolean critical) {
        int from = Math.min(BAR - 1, column(offset));
        int to = Math.max(from + 1, column(offset + nanos));
        return " ".repeat(from) + (critical ? "=" : "-").repeat(to - from) + " ".repeat(BAR - to);
    }

    private int column(long offset) {
        return (int) Math.max(0, Math.min(BAR, (double) offset / durationNanos * BAR));
    }

    private static String log(JsonNode log, int depth) {
        return "  ".repeat(Math.min(depth, 16)) + "> "
                + Times.clock(log.path("timeEpochNanos").asLong()) + " "
                + Printable.of(log.path("severity").asText(log.path("source").asText("")), 12) + " "
                + Printable.of(log.path("service").asText("-"), NAME) + ": "
                + Printable.of(log.path("body").asText(""), BODY)
                + (log.path("joinedBy").asText("").equals("REQUEST_ID") ? "  (by request ID)" : "");
    }
}
