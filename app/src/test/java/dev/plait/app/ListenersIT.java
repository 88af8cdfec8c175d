package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.app.kafka.LoopbackPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in through different ports meets in one trace. */
class ListenersIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER = "463ac35c9f6413ad48485a3953bb6124";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void gatewayMeshAndSpans_areJoinedWhicheverPortTheyComeThrough() throws Exception {
        int httpPort = LoopbackPorts.any();
        int zipkinPort = LoopbackPorts.any();
        int tcpPort = LoopbackPorts.any();
        Path config = Files.writeString(directory.resolve("plait.yaml"), """
                receivers: { http-port: %d, grpc-port: 0, zipkin-port: %d, tcp-port: %d }
                """.formatted(httpPort, zipkinPort, tcpPort));
        try (PlaitProcess up = PlaitProcess.main(
                directory,
                Main.class,
                "up",
                "--data",
                directory.resolve("data").toString(),
                "--port",
                Integer.toString(LoopbackPorts.any()),
                "--config",
                config.toString())) {
            String kafka = up.awaitLine("  Kafka    ").strip().replaceFirst("Kafka +", "");
            assertThat(up.awaitLine("  receives "))
                    .contains("Zipkin 127.0.0.1:" + zipkinPort, "TCP 127.0.0.1:" + tcpPort);

            assertThat(post(httpPort, "/kong/logs", kong(TRACE))).isEqualTo(200);
            assertThat(post(zipkinPort, "/api/v2/spans", span(TRACE))).isEqualTo(202);
            assertThat(post(zipkinPort, "/api/v2/spans", span(OTHER))).isEqualTo(202);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
                String lines = mesh(TRACE) + "\n" + kong(OTHER) + "\n";
                socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
            }

            try (EmittedTraces traces = new EmittedTraces(kafka)) {
                traces.await(
                        "both traces whole",
                        () -> traces.latest(TRACE).path("hops").size() == 1
                                && traces.latest(TRACE).path("spans").size() == 1
                                && traces.latest(OTHER).path("spans").size() == 1
                                && traces.latest(OTHER).path("gateway").has("product"));
                JsonNode joined = traces.latest(TRACE);
                assertThat(joined.path("gateway").path("product").asText()).isEqualTo("kong");
                assertThat(joined.path("hops").get(0).path("destination").asText())
                        .isEqualTo("backend");
                assertThat(traces.latest(OTHER).path("gateway").path("product").asText())
                        .isEqualTo("kong");
            }
            assertThat(up.stop()).isZero();
        }
    }

    private int post(int port, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String kong(String trace) {
        return "{\"request\":{\"id\":\"" + trace.replace('4', '5') + "\",\"method\":\"GET\",\"uri\":\"/orders\"},"
                + "\"response\":{\"status\":200},\"latencies\":{\"request\":12,\"kong\":2,\"proxy\":10},\"started_at\":"
                + System.currentTimeMillis() + ",\"trace_id\":{\"w3c\":\"" + trace + "\"}}";
    }

    private static String span(String trace) {
        return "[{\"traceId\":\"" + trace + "\",\"id\":\"00f067aa0ba902b7\",\"kind\":\"SERVER\",\"name\":\"get\","
                + "\"timestamp\":" + System.currentTimeMillis() * 1000 + ",\"duration\":9000,"
                + "\"localEndpoint\":{\"serviceName\":\"orders\"}}]";
    }

    private static String mesh(String trace) {
        return "[" + Instant.ofEpochMilli(System.currentTimeMillis())
                + "] default \"GET /orders HTTP/1.1\" 200 - 0 91 9 8 \"-\" \"kong\" \"" + trace
                + "\" \"0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b\" \"orders.mesh\" \"kong\" \"backend\" \"10.42.0.7\""
                + " \"10.42.1.9:8080\"";
    }
}
