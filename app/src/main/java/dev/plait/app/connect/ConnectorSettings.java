package dev.plait.app.connect;

import dev.plait.schemas.topic.Topics;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.SinkConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sink's configuration as Kafka Connect takes it: what the user wrote, over what Plait's topics need. Values on them are JSON
 * without a schema, keys are text; what a connector refuses goes to the dead letters with Connect's headers of why.
 */
final class ConnectorSettings {
    private static final Map<String, String> DEFAULTS = Map.of(
            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
            "value.converter", "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable", "false",
            "errors.tolerance", "all",
            "errors.deadletterqueue.topic.name", Topics.DEAD_LETTERS,
            "errors.deadletterqueue.context.headers.enable", "true");

    /** Keys of what a connector is given beside its own configuration. */
    private static final List<String> PASSED_ON = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "consumer.override.",
            "producer.override.",
            "admin.override.");

    /** Groups of the keys that every connector has. */
    private static final Set<String> OF_CONNECT = Set.of("Common", "Transforms", "Predicates", "Error Handling");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]+)}");

    private ConnectorSettings() {}

    static Map<String, String> of(SinkConfig sink) {
        Map<String, String> settings = new TreeMap<>(sink.settings());
        settings.put("name", sink.name());
        settings.put("connector.class", sink.connector());
        boolean ownConverter = settings.containsKey("value.converter");
        DEFAULTS.forEach((key, value) -> {
            if (!ownConverter || !key.startsWith("value.converter")) {
                settings.putIfAbsent(key, value);
            }
        });
        sink.kind().ifPresent(kind -> {
            if (!settings.containsKey("topics.regex")) {
                settings.putIfAbsent("topics", topics(kind));
            }
            settings.putIfAbsent("tasks.max", kind == SinkConfig.Kind.ALERTMANAGER ? "1" : "2");
        });
        return settings;
    }

    /** @throws ConfigException when a setting names a variable that is not set: Kafka Connect would take its name as the value */
    static void requireVariables(SinkConfig sink, Map<String, String> environment) {
        new TreeMap<>(sink.settings()).forEach((key, value) -> {
            Matcher variables = VARIABLE.matcher(value);
            while (variables.find()) {
                if (!environment.containsKey(variables.group(1))) {
                    throw new ConfigException("sinks." + sink.name() + "." + key + ": the environment has no variable "
                            + variables.group(1));
                }
            }
        });
    }

    /**
     * Kafka Connect passes over keys that nobody defines.
     *
     * @param defined group by key
     * @throws ConfigException when a sink of ours has such a key
     */
    static void requireKnown(SinkConfig sink, Map<String, String> defined) {
        if (sink.kind().isEmpty() || defined.isEmpty()) {
            return;
        }
        for (String key : new TreeSet<>(sink.settings().keySet())) {
            if (!defined.containsKey(key) && PASSED_ON.stream().noneMatch(key::startsWith)) {
                String own = defined.entrySet().stream()
                        .filter(one -> !OF_CONNECT.contains(one.getValue())
                                && !one.getKey().startsWith("ssl."))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", "));
                throw new ConfigException(
                        "sinks." + sink.name() + "." + key + ": unknown key; the connector knows " + own);
            }
        }
    }

    private static String topics(SinkConfig.Kind kind) {
        return switch (kind) {
            case ALERTMANAGER -> Topics.ALERTS;
            case OTLP -> Topics.TRACES;
        };
    }
}
