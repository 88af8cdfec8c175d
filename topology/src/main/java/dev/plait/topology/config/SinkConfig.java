package dev.plait.topology.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One sink of {@code sinks}: a Kafka Connect connector that carries output topics to a backend.
 *
 * @param name its key: the connector's name; Kafka keeps its offsets under the group {@code connect-<name>}
 * @param type {@code type}: one of {@link Kind}, or the class name of any sink connector on the plugin path
 * @param settings every other key: the connector's own configuration, which the connector checks; nested mappings have
 *     dots in their keys. Values may be secrets, so they are never printed
 */
public record SinkConfig(String name, String type, Map<String, String> settings) {
    /** What Plait says itself by {@code type}. */
    private static final Set<String> FIXED = Set.of("name", "connector.class");

    /** A backend that Plait has a connector for. */
    public enum Kind {
        ALERTMANAGER("alertmanager", "dev.plait.sink.alertmanager.AlertmanagerSinkConnector"),
        OTLP("otlp", "dev.plait.sink.otlp.OtlpSinkConnector");

        private final String shortName;
        private final String connector;

        Kind(String shortName, String connector) {
            this.shortName = shortName;
            this.connector = connector;
        }

        public String shortName() {
            return shortName;
        }
    }

    public SinkConfig {
        settings = Map.copyOf(settings);
    }

    /** The kind of backend; none of ours when {@code type} is a class name. */
    public Optional<Kind> kind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.shortName.equals(type) || kind.connector.equals(type))
                .findFirst();
    }

    /** The connector's class name. */
    public String connector() {
        return kind().map(kind -> kind.connector).orElse(type);
    }

    static SinkConfig of(String name, Map<String, String> values) {
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}")) {
            throw ConfigException.bad("sinks", name, "a name of 1 to 100 of the characters a-z A-Z 0-9 . _ -");
        }
        String key = "sinks." + name + ".";
        String type = values.getOrDefault("type", "");
        List<String> known = Arrays.stream(Kind.values()).map(Kind::shortName).toList();
        if (!known.contains(type) && !type.matches("([\\w$]+\\.)+[\\w$]+")) {
            throw ConfigException.bad(key + "type", type, "one of " + String.join(", ", known) + ", or a class name");
        }
        Map<String, String> settings = new TreeMap<>(values);
        settings.remove("type");
        settings.keySet().stream().filter(FIXED::contains).findFirst().ifPresent(fixed -> {
            throw new ConfigException(key + fixed + ": follows from the sink's name and type; leave it out");
        });
        SinkConfig sink = new SinkConfig(name, type, settings);
        if (sink.kind().isEmpty() && !settings.containsKey("topics") && !settings.containsKey("topics.regex")) {
            throw new ConfigException(key + "topics: is missing; what topics go to " + type + "?");
        }
        return sink;
    }

    @Override
    public String toString() {
        return "SinkConfig[name=" + name + ", type=" + type + ", settings=" + new TreeMap<>(settings).keySet() + "]";
    }
}
