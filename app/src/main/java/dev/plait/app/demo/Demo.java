package dev.plait.app.demo;

import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Demo traffic: 10 to 20 requests a second through gateway, mesh and services, with payments failing for 40 s in every
 * 120 s. The services send OTLP to receivers, gateway and mesh write their logs to Kafka, whose topics exist. Runs in daemon
 * threads until it is closed.
 */
public final class Demo implements AutoCloseable {
    /** The topics it writes to itself. */
    public static final List<String> TOPICS = List.of(Topics.KONG_LOGS, Topics.MESH_ACCESS_LOGS);

    /** What it does, for people. */
    public static final String SUMMARY =
            "a shop behind a gateway and a mesh; payments fails for 40 s in every 120 s, first after 20 s";

    /** Where the shop's SLOs are. */
    public static final String SLOS = "demo/slo.yaml";

    /** Kept, so that its level is: the SDK reports a failed export here, and nothing can be done about it while closing. */
    private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

    private final TopicWriter topics;
    private final Shop shop;
    private final Traffic traffic;

    private Demo(TopicWriter topics, Shop shop) {
        this.topics = topics;
        this.shop = shop;
        this.traffic = new Traffic(shop.entry());
    }

    /** What the shop promises: OpenSLO text, under the name {@link #SLOS}. */
    public static String slos() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/" + SLOS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Starts sending: what services measure to {@code otlp}, access logs to the Kafka at {@code bootstrap}. */
    public static Demo start(String bootstrap, OtlpEndpoints otlp) {
        SDK_LOG.setLevel(Level.SEVERE);
        long startNanos = System.nanoTime();
        TopicWriter topics = new TopicWriter(bootstrap);
        Shop shop = new Shop(
                otlp, topics, () -> FaultSchedule.USUAL.isFailing(Duration.ofNanos(System.nanoTime() - startNanos)));
        Demo demo = new Demo(topics, shop);
        demo.traffic.start();
        return demo;
    }

    /** Stops the clients, then sends what the services still hold. */
    @Override
    public void close() {
        traffic.close();
        shop.close();
        topics.close();
    }
}
