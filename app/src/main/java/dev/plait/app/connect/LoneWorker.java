package dev.plait.app.connect;

import java.util.Map;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;

/** Connect's standalone worker: nothing to agree with others about, nothing kept but the offsets of sinks in Kafka. */
final class LoneWorker extends ConnectStandalone implements ConnectWorker.Kind<StandaloneConfig> {
    @Override
    public StandaloneConfig config(Map<String, String> settings) {
        return createConfig(settings);
    }

    @Override
    public Herder herder(
            StandaloneConfig config,
            String workerId,
            Plugins plugins,
            ConnectorClientConfigOverridePolicy policy,
            ConnectRestServer rest,
            RestClient client) {
        return createHerder(config, workerId, plugins, policy, rest, client);
    }
}
