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
 * Demo traffic into a Kafka whose default input topics exist: 10 to 20 requests a second through gateway, mesh and services,
 * with payments failing for 40 s in every 120 s. Runs in daemon threads until it is closed.
 */
public final class Demo implements AutoCloseable {
    /** The topics it writes to. */
    public static final List<String> TOPICS = List.of(
            Topics.OTLP_SPANS, Topics.OTLP_LOGS, Topics.OTLP_METRICS, Topics.KONG_LOGS, Topics.MESH_ACCESS_LOGS);

    /** What it does, for people. */
    public static final String SUMMARY =
            "a shop behind a gateway and a mesh; payments fails for 40 s in every 120 s, first after 20 s";

    /** Where the shop's SLOs are. */
    public static final String SLOS = "demo/slo.yaml";

    /** Kept, so that its level is: the SDK reports a failed export here, and nothing can be done about it while closing. */
    private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

    private final TopicWriter topics;
    private final DemoCollector collector;
    private final Shop shop;
    private final Traffic traffic;

    private Demo(TopicWriter topics, DemoCollector collector, Shop shop) {
        this.topics = topics;
        this.collector = collector;
        this.shop = shop;
        this.traffic = new Traffic(shop.entry());
    }

    /** What the shop promises: OpenSLO text, under the name {@link #SLOS}. */
    public static String slos() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/" + SLOS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Starts sending. @throws IOException when no port is free for the demo's own collector */
    public static Demo start(String bootstrap) throws IOException {
        SDK_LOG.setLevel(Level.SEVERE);
        long startNanos = System.nanoTime();
        TopicWriter topics = new TopicWriter(bootstrap);
        DemoCollector collector = new DemoCollector(topics);
        Shop shop = new Shop(
                collector,
                topics,
                () -> FaultSchedule.USUAL.isFailing(Duration.ofNanos(System.nanoTime() - startNanos)));
        Demo demo = new Demo(topics, collector, shop);
        demo.traffic.start();
        return demo;
    }

    /** Stops the clients, then sends what the services still hold. */
    @Override
    public void close() {
        traffic.close();
        shop.close();
        collector.close();
        topics.close();
    }
}
