package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is known of a request besides its spans and logs: identity, proxies, cause, what is missing. */
final class TraceHead {
    private static final int MAX_TEXT = 100;

    private TraceHead() {}

    static List<String> of(JsonNode trace) {
        List<String> lines = new ArrayList<>();
        lines.add("trace   " + text(trace, "traceId") + "  " + text(trace, "status") + "  "
                + Times.millis(trace.path("durationNanos").asLong()) + "  "
                + Times.full(trace.path("startEpochNanos").asLong()) + "  revision "
                + trace.path("revision").asInt() + " (" + text(trace, "closedBecause")
                + (trace.path("delta").asBoolean() ? ", only the late pieces" : "") + ")");
        if (trace.path("gateway").isObject()) {
            lines.add("gateway " + proxy(trace.path("gateway")));
        }
        trace.path("hops").forEach(hop -> lines.add("hop     " + proxy(hop)));
        if (trace.path("rootCause").isObject()) {
            lines.add(TraceLine.cause(trace.path("rootCause")));
        }
        lines.add("verdict " + verdict(trace.path("verdict")) + "; " + counts(trace.path("counts")));
        return lines;
    }

    private static String proxy(JsonNode log) {
        StringBuilder line = new StringBuilder(text(log, "product"));
        for (String field : new String[] {"method", "path", "status"}) {
            line.append(' ').append(text(log, field));
        }
        if (log.path("totalMs").isNumber()) {
            line.append(
                    String.format(Locale.ROOT, "  %.0f ms", log.path("totalMs").asDouble()));
        }
        append(line, "  gateway ", log.path("gatewayMs"), " ms");
        append(line, "  upstream ", log.path("upstreamMs"), " ms");
        append(line, "  route ", log.path("route"), "");
        append(line, "  service ", log.path("service"), "");
        append(line, "  consumer ", log.path("consumer"), "");
        append(line, "  from ", log.path("source"), "");
        append(line, "  to ", log.path("destination"), "");
        append(line, "  client ", log.path("clientAddress"), "");
        append(line, "  request ID ", log.path("requestId"), "");
        return line.toString();
    }

    private static void append(StringBuilder line, String label, JsonNode value, String unit) {
        if (!value.isMissingNode() && !value.isNull()) {
            line.append(label).append(Printable.of(value.asText(), MAX_TEXT)).append(unit);
        }
    }

    private static String verdict(JsonNode verdict) {
        List<String> parts = new ArrayList<>();
        parts.add(verdict.path("complete").asBoolean() ? "complete" : "incomplete");
        if (!verdict.path("rootSeen").asBoolean()) {
            parts.add("no root span");
        }
        if (!verdict.path("gatewayLogSeen").asBoolean()) {
            parts.add("no gateway log");
        }
        if (verdict.path("missingParents").asInt() > 0) {
            parts.add(verdict.path("missingParents").asInt() + " missing parents");
        }
        if (verdict.path("ambiguousId").asBoolean()) {
            parts.add("ambiguous ID");
        }
        if (verdict.path("truncated").asBoolean()) {
            parts.add("truncated");
        }
        return String.join(", ", parts);
    }

    private static String counts(JsonNode counts) {
        List<String> parts = new ArrayList<>();
        for (String name : new String[] {"spans", "errors", "logs", "exemplars", "duplicates", "dropped"}) {
            long count = counts.path(name).asLong();
            if (count > 0) {
                parts.add(count + " " + name);
            }
        }
        return String.join(", ", parts);
    }

    private static String text(JsonNode node, String field) {
        return Printable.of(node.path(field).asText("-"), MAX_TEXT);
    }
}
