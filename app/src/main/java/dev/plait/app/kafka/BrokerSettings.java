package dev.plait.app.kafka;

import java.nio.file.Path;
import java.util.Properties;

/**
 * What one embedded broker is configured with: KRaft with broker and controller in one node, loopback only, replication
 * factor 1, small internal topics and buffers, no automatic topics. The quorum is static, so that the controller's port may
 * be another one at every start.
 */
record BrokerSettings(Path logDir, int port, int controllerPort) {
    static final String NODE_ID = "1";

    /** A record of {@code plait-traces} may have 4 MiB; the batch around it needs a little more. */
    private static final int MAX_MESSAGE_BYTES = 5 * 1024 * 1024;

    String bootstrap() {
        return LoopbackPorts.HOST + ":" + port;
    }

    Properties properties() {
        String controller = LoopbackPorts.HOST + ":" + controllerPort;
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://" + bootstrap() + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", "PLAINTEXT://" + bootstrap());
        settings.put("log.dirs", logDir.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("group.initial.rebalance.delay.ms", "0");
        putInternalTopics(settings);
        putSizes(settings);
        return settings;
    }

    private static void putInternalTopics(Properties settings) {
        for (String topic :
                new String[] {"offsets.topic.", "transaction.state.log.", "share.coordinator.state.topic."}) {
            settings.put(topic + "replication.factor", "1");
            settings.put(topic + "num.partitions", "4");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** One node for one person: the broker's defaults take 128 MiB of heap for the cleaner and 10 MiB per index file. */
    private static void putSizes(Properties settings) {
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("log.segment.bytes", "67108864");
        settings.put("log.retention.hours", "48");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
    }
}
