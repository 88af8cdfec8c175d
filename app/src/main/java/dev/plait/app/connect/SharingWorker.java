package dev.plait.app.connect;

import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;

/** Connect's distributed worker: those of one group share the tasks, and take over each other's. */
final class SharingWorker extends ConnectDistributed implements ConnectWorker.Kind<DistributedConfig> {
    @Override
    public DistributedConfig config(Map<String, String> settings) {
        return createConfig(settings);
    }

    @Override
    public Herder herder(
            DistributedConfig config,
            String workerId,
            Plugins plugins,
            ConnectorClientConfigOverridePolicy policy,
            ConnectRestServer rest,
            RestClient client) {
        return createHerder(config, workerId, plugins, policy, rest, client);
    }
}
