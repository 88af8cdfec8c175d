package dev.plait.app.connect;

import dev.plait.schemas.topic.Topics;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.SinkConfig;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static String topics(SinkConfig.Kind kind) {
        return switch (kind) {
            case ALERTMANAGER -> Topics.ALERTS;
            case OTLP -> Topics.TRACES;
        };
    }
}
