package dev.plait.app.connect;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;

/**
 * A Kafka Connect worker in this process. Unlike {@code Connect}, which the command lines of Kafka start, it neither ends the
 * process when it cannot start nor stops by a shutdown hook of its own: what started it closes it, in order.
 */
final class ConnectWorker implements AutoCloseable {
    private final Herder herder;
    private final ConnectRestServer rest;

    private ConnectWorker(Herder herder, ConnectRestServer rest) {
        this.herder = herder;
        this.rest = rest;
    }

    /** How the two kinds of workers differ. */
    interface Kind<C extends WorkerConfig> {
        C config(Map<String, String> settings);

        Herder herder(
                C config,
                String workerId,
                Plugins plugins,
                ConnectorClientConfigOverridePolicy policy,
                ConnectRestServer rest,
                RestClient client);
    }

    /** Starts a worker: some seconds. Changes the class loader of the calling thread, so that threads made there find plugins. */
    static <C extends WorkerConfig> ConnectWorker start(Kind<C> kind, Map<String, String> settings) {
        Plugins plugins = new Plugins(settings);
        plugins.compareAndSwapWithDelegatingLoader();
        C config = kind.config(settings);
        RestClient client = new RestClient(config);
        ConnectRestServer rest = new ConnectRestServer(config.rebalanceTimeout(), client, config.originals());
        try {
            rest.initializeServer();
            ConnectorClientConfigOverridePolicy policy = plugins.newPlugin(
                    config.getString(WorkerConfig.CONNECTOR_CLIENT_POLICY_CLASS_CONFIG),
                    config,
                    ConnectorClientConfigOverridePolicy.class);
            URI url = rest.advertisedUrl();
            Herder herder = kind.herder(config, url.getHost() + ":" + url.getPort(), plugins, policy, rest, client);
            herder.start();
            rest.initializeResources(herder);
            if (herder instanceof StandaloneHerder lone) {
                lone.ready(); // others say so themselves, when they have joined their group
            }
            return new ConnectWorker(herder, rest);
        } catch (RuntimeException failed) {
            Utils.closeQuietly(rest::stop, "REST server");
            throw failed;
        }
    }

    /** Where its REST interface is, for others; of a worker that listens on all interfaces this is not the loopback one. */
    URI url() {
        return rest.advertisedUrl();
    }

    /** What is under way is delivered or given up within Connect's own patience (5 s a task); offsets are committed. */
    @Override
    public void close() {
        Utils.closeQuietly(rest::stop, "REST server");
        herder.stop();
    }
}
