package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One alert as it stands: what happens, how fast the budget burns, and what an on-call engineer looks at first. */
public final class AlertLines {
    private static final int MAX_NAME = 60;
    private static final int MAX_TEXT = 300;
    private static final String INDENT = "             ";

    private AlertLines() {}

    /** The lines of one revision. */
    public static List<String> of(JsonNode alert) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s %-8s %-6s %s  since %s, revision %d",
                clock(alert.path("updatedAtMs")),
                text(alert.path("state")),
                text(alert.path("severity")),
                text(alert.path("annotations").path("summary"), MAX_TEXT),
                clock(alert.path("startsAtMs")),
                alert.path("revision").asInt()));
        if (!alert.path("state").asText().equals("FIRING")) {
            return lines;
        }
        for (JsonNode burn : alert.path("burn")) {
            if (burn.path("exceeded").asBoolean()) {
                lines.add(INDENT + burn(burn));
            }
        }
        JsonNode evidence = alert.path("evidence");
        evidence.path("rootCauses").forEach(cause -> lines.add(INDENT + cause(cause)));
        for (JsonNode part : evidence.path("contributors")) {
            lines.add(INDENT + share(part) + " of the bad requests have " + text(part.path("dimension")) + " "
                    + text(part.path("value")));
        }
        List<String> traces = new ArrayList<>();
        evidence.path("traces").forEach(trace -> traces.add(text(trace.path("traceId"))));
        if (!traces.isEmpty()) {
            lines.add(INDENT + "traces: " + String.join(" ", traces));
        }
        evidence.path("logs").forEach(log -> lines.add(INDENT + "log: " + text(log.path("body"), MAX_TEXT)));
        return lines;
    }

    private static String burn(JsonNode burn) {
        return String.format(
                Locale.ROOT,
                "burns %.1f x in %s and %.1f x in %s, limit %.1f",
                burn.path("longRate").asDouble(),
                text(burn.path("longWindow")),
                burn.path("shortRate").asDouble(),
                text(burn.path("shortWindow")),
                burn.path("factor").asDouble());
    }

    private static String cause(JsonNode cause) {
        return "cause: " + text(cause.path("service")) + " " + text(cause.path("operation")) + " ("
                + text(cause.path("kind")) + ") " + share(cause);
    }

    private static String share(JsonNode part) {
        return Math.round(100 * part.path("share").asDouble()) + " %";
    }

    private static String clock(JsonNode ms) {
        return Times.clock(TimeUnit.MILLISECONDS.toNanos(ms.asLong()));
    }

    private static String text(JsonNode node) {
        return text(node, MAX_NAME);
    }

    private static String text(JsonNode node, int most) {
        return Printable.of(node.asText("-"), most);
    }
}
