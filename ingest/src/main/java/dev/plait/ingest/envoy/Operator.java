package dev.plait.ingest.envoy;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command operator of an Envoy format, such as {@code %REQ(USER-AGENT)%}, and where its value goes: a column, or an attribute
 * named after it ({@code http.request.header.x-tenant}, {@code envoy.route_name}) when it has no column. Source: Envoy,
 * substitution_formatter; Kuma, meshaccesslog configurer.
 *
 * @param text as it is written, for messages
 * @param column {@link Column#OTHER} for an attribute
 * @param attribute the attribute's name, "" for a column
 * @param word whether its values hold neither blanks nor quotes
 * @param msPerUnit of a duration in a unit of its own, how many milliseconds one is; else 0
 */
record Operator(String text, Column column, String attribute, boolean word, double msPerUnit) {
    private static final Set<String> NEED_NAME = Set.of("REQ", "RESP", "TRAILER", "DYNAMIC_METADATA", "FILTER_STATE");

    /** Names by which the same is known: those of Envoy 1.37 on, and the path without its query. */
    private static final Map<String, String> ALIASES = Map.of(
            "REQUEST_HEADER", "REQ",
            "RESPONSE_HEADER", "RESP",
            "RESPONSE_TRAILER", "TRAILER",
            "REQ_WITHOUT_QUERY", "REQ");

    private static final Pattern READABLE_TIME =
            Pattern.compile("(%s(\\.?%[1-9]?f)?)?|%Y([-/])%m\\3%d[T ]%H:%M:(%S([.,]%[1-9]?f)?|%E[1-9*]S)(Z|%z|%Ez)?");

    /** Columns whose values the proxy makes, and no client. */
    private static final Set<Column> WORDS = EnumSet.of(
            Column.START_TIME,
            Column.MESH,
            Column.SPAN_ID,
            Column.LOG_TYPE,
            Column.METHOD,
            Column.PROTOCOL,
            Column.STATUS,
            Column.GRPC_STATUS,
            Column.FLAGS,
            Column.BYTES_RECEIVED,
            Column.BYTES_SENT,
            Column.DURATION,
            Column.UPSTREAM_TIME,
            Column.SOURCE,
            Column.DESTINATION,
            Column.SOURCE_ADDRESS,
            Column.UPSTREAM_HOST,
            Column.DOWNSTREAM_ADDRESS);

    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            Map.entry("START_TIME", Column.START_TIME),
            Map.entry("PROTOCOL", Column.PROTOCOL),
            Map.entry("RESPONSE_CODE", Column.STATUS),
            Map.entry("GRPC_STATUS", Column.GRPC_STATUS),
            Map.entry("GRPC_STATUS_NUMBER", Column.GRPC_STATUS),
            Map.entry("RESPONSE_FLAGS", Column.FLAGS),
            Map.entry("RESPONSE_FLAGS_LONG", Column.FLAGS),
            Map.entry("BYTES_RECEIVED", Column.BYTES_RECEIVED),
            Map.entry("BYTES_SENT", Column.BYTES_SENT),
            Map.entry("DURATION", Column.DURATION),
            Map.entry("UPSTREAM_HOST", Column.UPSTREAM_HOST),
            Map.entry("UPSTREAM_REMOTE_ADDRESS", Column.UPSTREAM_HOST),
            Map.entry("UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", Column.UPSTREAM_HOST),
            Map.entry("DOWNSTREAM_REMOTE_ADDRESS", Column.DOWNSTREAM_ADDRESS),
            Map.entry("DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", Column.DOWNSTREAM_ADDRESS),
            Map.entry("PATH", Column.PATH),
            Map.entry("ACCESS_LOG_TYPE", Column.LOG_TYPE),
            Map.entry("TRACE_ID", Column.TRACE_ID),
            Map.entry("SPAN_ID", Column.SPAN_ID),
            Map.entry("STREAM_ID", Column.REQUEST_ID),
            Map.entry("KUMA_MESH", Column.MESH),
            Map.entry("KUMA_SOURCE_SERVICE", Column.SOURCE),
            Map.entry("KUMA_DESTINATION_SERVICE", Column.DESTINATION),
            Map.entry("KUMA_SOURCE_ADDRESS", Column.SOURCE_ADDRESS),
            Map.entry("KUMA_SOURCE_ADDRESS_WITHOUT_PORT", Column.SOURCE_ADDRESS));

    private static final Map<String, Column> HEADERS = new HashMap<>(Map.of(
            ":method", Column.METHOD,
            ":path", Column.PATH,
            "x-envoy-original-path", Column.PATH,
            ":authority", Column.AUTHORITY,
            "host", Column.AUTHORITY,
            "x-forwarded-for", Column.FORWARDED_FOR,
            "user-agent", Column.USER_AGENT,
            "x-request-id", Column.REQUEST_ID));

    static {
        HEADERS.put("traceparent", Column.TRACEPARENT);
        HEADERS.put("b3", Column.B3);
        HEADERS.put("x-b3-traceid", Column.B3_TRACE_ID);
        HEADERS.put("uber-trace-id", Column.JAEGER);
        HEADERS.put("x-datadog-trace-id", Column.DATADOG);
        HEADERS.put("x-datadog-traceid", Column.DATADOG);
        HEADERS.put("x-amzn-trace-id", Column.XRAY);
        HEADERS.put("x-cloud-trace-context", Column.CLOUD_TRACE);
    }

    /**
     * Of {@code %name(argument)%}; the argument is "" when there is none.
     *
     * @throws IllegalArgumentException with a clause that says what is wrong
     */
    static Operator of(String text, String command, String argument) {
        String name = ALIASES.getOrDefault(command, command);
        if (argument.isEmpty() && NEED_NAME.contains(name)) {
            throw new IllegalArgumentException(text + " names nothing");
        }
        if (name.equals("REQ")) {
            return header(text, argument.toLowerCase(Locale.ROOT));
        }
        if (name.equals("RESP") || name.equals("TRAILER")) {
            return response(text, name, argument.toLowerCase(Locale.ROOT).replaceFirst("\\?.*", ""));
        }
        if (name.equals("COMMON_DURATION")) {
            return duration(text, argument);
        }
        // an address of which a mask is left is no address
        boolean masked = name.endsWith("_WITHOUT_PORT") && !argument.isEmpty();
        Column column = masked ? null : COLUMNS.get(name);
        if (column == Column.START_TIME) {
            String time = argument.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S");
            if (!READABLE_TIME.matcher(time).matches()) {
                throw new IllegalArgumentException(text + " is neither ISO 8601 nor epoch time (%s.%3f)");
            }
            return column(text, column, time.indexOf(' ') < 0);
        }
        return column != null ? column(text, column, true) : attribute(text, name, argument);
    }

    /** {@code A?B} is A, or B where A is missing. Trace IDs of two forms in one column are read by their looks. */
    private static Operator header(String text, String names) {
        Set<Column> columns = EnumSet.noneOf(Column.class);
        String[] alternatives = names.split("\\?", -1);
        for (String name : alternatives) {
            columns.add(HEADERS.getOrDefault(name, Column.OTHER));
        }
        Column first = HEADERS.getOrDefault(alternatives[0], Column.OTHER);
        if (first == Column.OTHER) {
            return attributeOf(text, "http.request.header." + alternatives[0]);
        }
        boolean mixed = columns.size() > 1 && first.isTrace();
        return column(text, mixed ? Column.TRACE_ID : first, !mixed && WORDS.contains(first));
    }

    /** Of a response's header or trailer; another that may stand in for it goes under the name of the first. */
    private static Operator response(String text, String name, String header) {
        boolean trailer = name.equals("TRAILER");
        if (header.equals("grpc-status")) {
            return column(text, Column.GRPC_STATUS, true);
        }
        if (!trailer && header.equals("x-envoy-upstream-service-time")) {
            return column(text, Column.UPSTREAM_TIME, true);
        }
        return attributeOf(text, (trailer ? "http.response.trailer." : "http.response.header.") + header);
    }

    private static Operator column(String text, Column column, boolean word) {
        boolean made = WORDS.contains(column) || text.startsWith("%TRACE_ID");
        return new Operator(text, column, "", word && made, 0);
    }

    private static Operator attribute(String text, String name, String argument) {
        String key = name.startsWith("KUMA_")
                ? "kuma." + name.substring("KUMA_".length()).toLowerCase(Locale.ROOT)
                : "envoy." + name.toLowerCase(Locale.ROOT);
        String of = name.equals("FILTER_STATE") ? argument.replaceFirst(":.*", "") : argument;
        return attributeOf(text, of.isEmpty() ? key : key + '.' + of.replace(':', '.'));
    }

    private static Operator attributeOf(String text, String key) {
        return new Operator(text, Column.OTHER, key, false, 0);
    }

    /** {@code from:to:unit}, two points of time; from the first byte received to the last one sent is the whole request. */
    private static Operator duration(String text, String argument) {
        String[] parts = argument.split(":", -1);
        double msPerUnit = parts.length < 2 ? 0 : msPerUnit(parts.length > 2 ? parts[2] : "ms");
        if (msPerUnit == 0 || parts.length > 3) {
            throw new IllegalArgumentException(text + " is not from:to, from:to:ms, from:to:us or from:to:ns");
        }
        boolean whole = parts[0].equals("DS_RX_BEG") && parts[1].equals("DS_TX_END");
        return whole
                ? new Operator(text, Column.DURATION, "", true, msPerUnit)
                : new Operator(
                        text, Column.OTHER, "envoy.common_duration." + parts[0] + '.' + parts[1], true, msPerUnit);
    }

    private static double msPerUnit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "us" -> 1e-3;
            case "ns" -> 1e-6;
            default -> 0;
        };
    }

    /** Gives the value in {@code [from, to)} to the line. */
    void set(MeshLog log, byte[] bytes, int from, int to) {
        if (msPerUnit > 0) {
            log.duration(attribute, bytes, from, to, msPerUnit);
        } else if (column == Column.OTHER) {
            log.attribute(attribute, bytes, from, to);
        } else {
            log.set(column, bytes, from, to);
        }
    }
}
