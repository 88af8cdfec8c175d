package dev.plait.app.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The embedded broker as a process of its own, for tests that kill it and for measurements that must not share a heap with
 * it. Arguments: directory, and a port unless the remembered one will do. Prints {@code READY host:port}; ends on SIGTERM.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : EmbeddedKafka.REMEMBERED_PORT;
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), port);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
        System.out.println("READY " + kafka.bootstrap());
        new CountDownLatch(1).await();
    }
}
