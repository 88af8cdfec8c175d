package dev.plait.topology.config;

import dev.plait.ingest.frame.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One input of {@code sources}: a topic, or a pattern of topics whose named groups become tags.
 *
 * @param topic a topic name, or a regular expression that whole topic names match
 * @param pattern whether {@code topic} is a regular expression
 * @param framed whether Plait's receivers write frames there, each to its trace's partition ({@code partitioned-by: plait})
 * @param tags static tags of everything that comes from there; a named group of the same name wins
 * @param options how its bytes differ from the usual of their format
 */
public record SourceConfig(
        String topic,
        boolean pattern,
        Format format,
        Signal signal,
        boolean framed,
        Map<String, String> tags,
        FormatOptions options) {
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");
    private static final Pattern BACKREFERENCE = Pattern.compile("\\\\[1-9k]");
    private static final int MAX_TAGS = 32;
    private static final int MAX_TOPIC_CHARS = 249;

    /** What the topic for {@link #requestsTopic} has more in its name. */
    private static final String REQUESTS = "-requests";

    /** How the bytes are to be read. Protobuf and JSON of one format are told apart record by record. */
    public enum Format {
        OTLP,
        KONG,
        ENVOY,
        ZIPKIN,
        JAEGER,
        PROMETHEUS,
        LOG;

        /** What the bytes can hold. Where it is one signal, it need not be said. */
        List<Signal> signals() {
            return switch (this) {
                case OTLP -> List.of(Signal.TRACES, Signal.LOGS, Signal.METRICS);
                case KONG, ENVOY, LOG -> List.of(Signal.LOGS);
                case ZIPKIN, JAEGER -> List.of(Signal.TRACES);
                case PROMETHEUS -> List.of(Signal.METRICS);
            };
        }
    }

    /** What OTLP bytes hold; the three requests cannot be told apart by looking. */
    public enum Signal {
        TRACES,
        LOGS,
        METRICS;

        private final String label = name().toLowerCase(Locale.ROOT);

        private String label() {
            return label;
        }
    }

    public SourceConfig {
        tags = Map.copyOf(new TreeMap<>(tags));
    }

    /** Whether records of {@code name} belong to this source. */
    public boolean covers(String name) {
        return pattern ? Pattern.matches(topic, name) : topics().contains(name);
    }

    /** A regular expression of the topics that may stand beside others of its kind: without names of groups. */
    public String regex() {
        return "(?:" + (pattern ? GROUP.matcher(topic).replaceAll("(") : Pattern.quote(topic)) + ')';
    }

    /** The topics of a source that is no pattern: one, or two when it is {@link #framed}. */
    public List<String> topics() {
        return framed ? List.of(topic, requestsTopic()) : List.of(topic);
    }

    /** Beside a framed topic: frames of what has to find its trace by a request ID. */
    public String requestsTopic() {
        return topic + REQUESTS;
    }

    /** Where the frames of one of a framed source's topics go. */
    public Hop hop(String name) {
        return name.equals(topic) ? Hop.FRAMES : Hop.REQUESTS;
    }

    /** The static tags and the named groups of the pattern, for one topic that it covers. */
    public Map<String, String> tagsOf(String name) {
        if (!pattern) {
            return tags;
        }
        Map<String, String> all = new TreeMap<>(tags);
        Matcher matcher = Pattern.compile(topic).matcher(name);
        if (matcher.matches()) {
            for (String group : groups()) {
                String value = matcher.group(group);
                if (value != null) {
                    all.put(group, value);
                }
            }
        }
        return all;
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        Matcher matcher = GROUP.matcher(topic);
        while (matcher.find()) {
            groups.add(matcher.group(1));
        }
        return groups;
    }

    static SourceConfig of(Section section, Map<String, String> tags, Map<String, String> jsonFormat) {
        String topic = section.text("topic", "");
        if (section.has("pattern")) {
            if (!topic.isEmpty()) {
                throw section.bad("pattern", section.text("pattern", ""), "allowed beside topic; give one of the two");
            }
            topic = section.text("pattern", "");
        }
        boolean pattern = section.has("pattern") || !topic.matches("[a-zA-Z0-9._-]*");
        if (topic.isEmpty() || topic.length() > MAX_TOPIC_CHARS) {
            throw section.bad("topic", topic, "a topic name or pattern of 1 to 249 characters");
        }
        if (pattern) {
            if (BACKREFERENCE.matcher(topic).find()) {
                throw section.bad("topic", topic, "a regular expression without backreferences");
            }
            try {
                Pattern.compile(topic);
            } catch (java.util.regex.PatternSyntaxException invalid) {
                throw section.bad("topic", topic, "a regular expression: " + invalid.getDescription());
            }
        }
        Format format = format(section);
        Signal signal = signal(section, format);
        boolean framed = framed(section, pattern, topic, format, signal);
        FormatOptions options = FormatOptions.of(section, format, signal, jsonFormat);
        if (tags.size() > MAX_TAGS) {
            throw section.bad("tags", tags.size() + " tags", "at most " + MAX_TAGS);
        }
        section.end();
        return new SourceConfig(topic, pattern, format, signal, framed, tags, options);
    }

    private static boolean framed(Section section, boolean pattern, String topic, Format format, Signal signal) {
        String by = section.text("partitioned-by", "");
        if (by.isEmpty()) {
            return false;
        }
        if (!by.equals("plait")) {
            throw section.bad("partitioned-by", by, "plait, for topics that Plait's own receivers write, or left out");
        }
        if (pattern || format != Format.OTLP || signal == Signal.METRICS) {
            throw section.bad(
                    "partitioned-by", by, "of a source with one topic, format otlp and signal traces or logs");
        }
        if (topic.length() + REQUESTS.length() > MAX_TOPIC_CHARS) {
            throw section.bad("topic", topic, "so short that " + topic + REQUESTS + " is a topic name too");
        }
        return true;
    }

    private static Format format(Section section) {
        String text = section.text("format", "");
        return switch (text) {
            case "otlp", "otlp_proto", "otlp_json" -> Format.OTLP;
            case "kong" -> Format.KONG;
            case "envoy", "kuma", "mesh" -> Format.ENVOY;
            case "zipkin", "zipkin_proto", "zipkin_json" -> Format.ZIPKIN;
            case "jaeger", "jaeger_proto", "jaeger_json" -> Format.JAEGER;
            case "prometheus", "prometheus_remote_write" -> Format.PROMETHEUS;
            case "log", "raw", "text", "json" -> Format.LOG;
            default -> throw section.bad("format", text, "one of otlp, kong, envoy, zipkin, jaeger, prometheus, log");
        };
    }

    private static Signal signal(Section section, Format format) {
        boolean implied = format.signals().size() == 1;
        String text = section.text("signal", implied ? format.signals().get(0).label() : "");
        for (Signal signal : format.signals()) {
            if (signal.label().equals(text)) {
                return signal;
            }
        }
        throw section.bad(
                "signal",
                text,
                implied
                        ? format.signals().get(0).label() + ", the only signal of format "
                                + format.name().toLowerCase(Locale.ROOT)
                        : "one of traces, logs, metrics");
    }
}
