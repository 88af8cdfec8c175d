package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What an Alertmanager is told over HTTP: how each alert stands after the last post of it, by its label {@code number}. */
final class AlertReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<Integer, String> states = new TreeMap<>();

    AlertReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v2/alerts", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code firing} or {@code resolved} by number. */
    synchronized Map<Integer, String> states() {
        return new TreeMap<>(states);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode alerts = JSON.readTree(exchange.getRequestBody());
            synchronized (this) {
                alerts.forEach(alert -> states.put(
                        alert.path("labels").path("number").asInt(),
                        Instant.parse(alert.path("endsAt").asText()).isAfter(Instant.now()) ? "firing" : "resolved"));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
