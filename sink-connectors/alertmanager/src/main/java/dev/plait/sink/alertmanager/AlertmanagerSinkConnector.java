package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.PluginVersion;
import dev.plait.sink.delivery.TaskSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Carries {@code plait-alerts} to every replica of an Alertmanager. One task whatever {@code tasks.max} is: it remembers what
 * fires, and two would contradict each other while partitions move; a thousand alerts a minute are little for one.
 */
public final class AlertmanagerSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }

    @Override
    public void start(Map<String, String> settings) {
        AlertmanagerConfig.of(settings); // what is wrong is said now, and not by a task
        this.settings = Map.copyOf(settings);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AlertmanagerSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return TaskSettings.of(settings, 1);
    }

    @Override
    public void stop() {
        settings = Map.of();
    }

    @Override
    public ConfigDef config() {
        return AlertmanagerConfig.keys();
    }
}
