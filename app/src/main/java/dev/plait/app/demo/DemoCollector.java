package dev.plait.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OTLP/HTTP receiver on the loopback interface that writes each request's body to Kafka as it came, as a collector's Kafka
 * exporter does with {@code otlp_proto}.
 */
final class DemoCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, Daemons.named("demo-collector"));
    private final TopicWriter topics;

    DemoCollector(TopicWriter topics) throws IOException {
        this.topics = topics;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        forward("/v1/traces", Topics.OTLP_SPANS);
        forward("/v1/logs", Topics.OTLP_LOGS);
        forward("/v1/metrics", Topics.OTLP_METRICS);
        server.start();
    }

    /** The address of one signal's receiver. */
    String endpoint(String path) {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void forward(String path, String topic) {
        server.createContext(path, exchange -> receive(exchange, topic));
    }

    private void receive(HttpExchange exchange, String topic) throws IOException {
        try (exchange) {
            topics.write(topic, exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
