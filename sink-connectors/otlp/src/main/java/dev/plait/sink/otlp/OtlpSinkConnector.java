package dev.plait.sink.otlp;

import dev.plait.sink.delivery.HttpSettings;
import dev.plait.sink.delivery.PluginVersion;
import dev.plait.sink.delivery.TaskSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Sends records of {@code plait-traces}, {@code plait-red}, {@code plait-edges} and {@code plait-slo} to any backend that takes
 * OTLP, over HTTP (protobuf or JSON) or gRPC: traces as spans and logs with the join as {@code plait.*} attributes, the others as
 * metrics of delta temporality and gauges. Records may be schemaless JSON or structs.
 *
 * <p>At least once: a request whose answer was lost is sent again. Of one trace, series or SLO, records are sent in the order of
 * their partition. Configuration keys are told by {@link #config()}.
 */
public final class OtlpSinkConnector extends SinkConnector {
    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }

    @Override
    public ConfigDef config() {
        return OtlpKeys.define();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        boolean eachIsWell = config.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty());
        if (eachIsWell) {
            new OtlpSinkConfig(config(), connectorConfigs)
                    .problems(Optional.ofNullable(connectorConfigs.get(TOPICS_CONFIG)))
                    .forEach((key, text) -> told(config, key).addErrorMessage(text));
        }
        return config;
    }

    /** {@code topics} is Connect's own key, so what is wrong with it is told at those of this sink. */
    private static ConfigValue told(Config config, String key) {
        String own = key.equals(TOPICS_CONFIG) ? RecordKind.TRACES.key() : key;
        return config.configValues().stream()
                .filter(value -> value.name().equals(own))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key " + own));
    }

    /** Checks the configuration. @throws ConfigException naming the first key that is wrong, without any secret */
    @Override
    public void start(Map<String, String> props) {
        OtlpSinkConfig config = new OtlpSinkConfig(config(), props);
        config.problems(Optional.ofNullable(props.get(TOPICS_CONFIG))).forEach((key, text) -> {
            throw new ConfigException(key + ": " + text);
        });
        HttpSettings.of(config); // what is wrong with credentials and stores is said now, and not by a task
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return OtlpSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return TaskSettings.of(properties, maxTasks);
    }

    @Override
    public void stop() {
        // tasks are all there is
    }
}
