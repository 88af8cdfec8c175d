package dev.plait.app.connect;

import dev.plait.schemas.topic.TopicContract;
import dev.plait.topology.config.PlaitConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a Kafka Connect worker is configured with: Plait's defaults, the cluster and its security from {@code kafka}, then the
 * user's {@code connect} section over them. Only what is committed is delivered; what a killed worker leaves behind is taken
 * over within half a minute, well before Alertmanager takes an alert for resolved.
 */
final class WorkerSettings {
    /** More than a record of a topic has uncompressed; the topic itself limits it compressed. */
    private static final int MAX_REQUEST_BYTES = 8 * TopicContract.MAX_MESSAGE_BYTES;

    private static final Set<String> CLIENTS = Set.of("consumer.", "producer.", "admin.");
    private static final List<String> SECURITY = List.of("security.", "sasl.", "ssl.");
    private static final Set<String> CLUSTER =
            Set.of("bootstrap.servers", "client.dns.lookup", "bootstrap.controllers", "metadata.recovery.strategy");

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("listeners", "http://127.0.0.1:0"),
            Map.entry("plugin.discovery", "service_load"),
            Map.entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
            Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("value.converter.schemas.enable", "false"),
            Map.entry("offset.flush.interval.ms", "5000"),
            Map.entry("topic.tracking.enable", "false"),
            Map.entry("consumer.isolation.level", "read_committed"),
            Map.entry("consumer.session.timeout.ms", "10000"),
            Map.entry("consumer.heartbeat.interval.ms", "3000"),
            Map.entry("producer.compression.type", "lz4"),
            Map.entry("producer.max.request.size", Integer.toString(MAX_REQUEST_BYTES)),
            Map.entry("config.providers", "env,file,dir"),
            Map.entry("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider"),
            Map.entry("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"),
            Map.entry("config.providers.dir.class", "org.apache.kafka.common.config.provider.DirectoryConfigProvider"));

    /** Of workers that share their sinks. Replication -1: as many copies as the cluster makes by default. */
    private static final Map<String, String> SHARED = Map.ofEntries(
            Map.entry("group.id", "plait-connect"),
            Map.entry("config.storage.topic", "plait-connect-configs"),
            Map.entry("offset.storage.topic", "plait-connect-offsets"),
            Map.entry("status.storage.topic", "plait-connect-status"),
            Map.entry("config.storage.replication.factor", "-1"),
            Map.entry("offset.storage.replication.factor", "-1"),
            Map.entry("status.storage.replication.factor", "-1"),
            Map.entry("offset.storage.partitions", "4"),
            Map.entry("status.storage.partitions", "4"),
            Map.entry("session.timeout.ms", "10000"),
            Map.entry("heartbeat.interval.ms", "3000"),
            Map.entry("scheduled.rebalance.max.delay.ms", "15000"));

    private WorkerSettings() {}

    /** Of the only worker of its Kafka, which keeps its files in {@code directory}. */
    static Map<String, String> alone(PlaitConfig config, Path directory) {
        Map<String, String> settings = of(config);
        settings.putIfAbsent(
                "offset.storage.file.filename",
                directory.resolve("connect-offsets").toString());
        return settings;
    }

    /** Of one of several workers. */
    static Map<String, String> shared(PlaitConfig config) {
        Map<String, String> settings = of(config);
        SHARED.forEach(settings::putIfAbsent);
        return settings;
    }

    private static Map<String, String> of(PlaitConfig config) {
        Map<String, String> settings = new HashMap<>(DEFAULTS);
        config.kafka().forEach((key, value) -> {
            if (CLUSTER.contains(key) || SECURITY.stream().anyMatch(key::startsWith)) {
                settings.put(key, value);
                CLIENTS.forEach(client -> settings.put(client + key, value));
            }
        });
        settings.putAll(config.connect());
        settings.put("plugin.path", PluginPath.of(config.connect().get("plugin.path")));
        return settings;
    }
}
