package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One correlated trace on one line, and on a second why it failed. */
public final class TraceLine {
    private static final int MAX_NAME = 60;
    private static final int MAX_REASON = 200;

    private TraceLine() {}

    /** The lines of one revision. */
    public static List<String> of(JsonNode trace) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s %-5s %10s  %s  %s  %s",
                Times.clock(trace.path("startEpochNanos").asLong()),
                text(trace.path("status")),
                Times.millis(trace.path("durationNanos").asLong()),
                text(trace.path("traceId")),
                request(trace),
                counts(trace)));
        JsonNode cause = trace.path("rootCause");
        if (cause.isObject()) {
            lines.add("             " + cause(cause));
        }
        return lines;
    }

    static String cause(JsonNode cause) {
        return "cause: " + text(cause.path("service")) + " " + text(cause.path("operation")) + " ("
                + text(cause.path("kind")) + "): "
                + Printable.of(cause.path("reason").asText("-"), MAX_REASON);
    }

    private static String request(JsonNode trace) {
        JsonNode gateway = trace.path("gateway");
        if (gateway.isObject()) {
            return text(gateway.path("product")) + " " + text(gateway.path("method")) + " " + text(gateway.path("path"))
                    + " " + gateway.path("status").asInt();
        }
        JsonNode root = trace.path("root");
        return root.isObject() ? text(root.path("service")) + " " + text(root.path("name")) : "(no root)";
    }

    private static String counts(JsonNode trace) {
        JsonNode counts = trace.path("counts");
        List<String> parts = new ArrayList<>();
        parts.add(trace.path("services").size() + " services");
        parts.add(counts.path("spans").asLong() + " spans");
        parts.add(counts.path("logs").asLong() + " logs");
        if (counts.path("exemplars").asLong() > 0) {
            parts.add(counts.path("exemplars").asLong() + " exemplars");
        }
        if (trace.path("revision").asInt() > 1) {
            parts.add("revision " + trace.path("revision").asInt() + (isDelta(trace) ? " (delta)" : ""));
        }
        if (!trace.path("verdict").path("complete").asBoolean()) {
            parts.add("incomplete");
        }
        return String.join(", ", parts);
    }

    private static boolean isDelta(JsonNode trace) {
        return trace.path("delta").asBoolean();
    }

    private static String text(JsonNode node) {
        return Printable.of(node.asText("-"), MAX_NAME);
    }
}
