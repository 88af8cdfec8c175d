package dev.plait.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.MessageLite;
import dev.plait.app.kafka.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The OpenTelemetry Collector that {@code src/collector/build.sh} makes, with one of the examples as its configuration. */
final class CollectorProcess implements AutoCloseable {
    private static final Path BINARY =
            Path.of("target", "collector", "otelcol-plait").toAbsolutePath();
    private static final Path EXAMPLES = Path.of("src", "collector", "examples").toAbsolutePath();

    private final HttpClient client = HttpClient.newHttpClient();
    private final PlaitProcess process;
    private final int http;
    private final String grpc;

    private CollectorProcess(PlaitProcess process, int http, String grpc) {
        this.process = process;
        this.http = http;
        this.grpc = grpc;
    }

    /** Skips the test that asks when there is no Collector. */
    static void assumeBuilt() {
        assumeTrue(
                Files.isExecutable(BINARY),
                "no OpenTelemetry Collector at app/target/collector: app/src/collector/build.sh app/target/collector"
                        + " builds it and needs Go");
    }

    /** The names of the examples. */
    static List<String> examples() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The Collector's own check of a configuration file. */
    static PlaitProcess validate(Path directory, Path config) throws IOException {
        return PlaitProcess.program(
                directory, List.of(BINARY.toString(), "validate", "--config", config.toString()), Map.of());
    }

    static Path example(String name) {
        return EXAMPLES.resolve(name);
    }

    /** Starts it on free ports of its own, with values for the variables that the example names. */
    static CollectorProcess start(Path directory, String example, Map<String, String> variables) throws IOException {
        return start(directory, example(example), variables);
    }

    /** The same with any configuration that has the examples' variables. */
    static CollectorProcess start(Path directory, Path config, Map<String, String> variables) throws IOException {
        int http = LoopbackPorts.any();
        String grpc = "127.0.0.1:" + LoopbackPorts.any();
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("LISTEN_HTTP", "127.0.0.1:" + http);
        environment.put("LISTEN_GRPC", grpc);
        PlaitProcess process =
                PlaitProcess.program(directory, List.of(BINARY.toString(), "--config", config.toString()), environment);
        return new CollectorProcess(process, http, grpc);
    }

    /** Where it takes OTLP over gRPC: host and port. */
    String grpc() {
        return grpc;
    }

    /** Where it takes OTLP over HTTP. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http + path);
    }

    /** Sends an OTLP request until it is acknowledged. */
    void send(String path, MessageLite request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(PlaitProcess.PATIENCE_SECONDS))
                .header("content-type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!isAcknowledged(post)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the Collector takes nothing; it said " + process.errors());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isAcknowledged(HttpRequest post) throws InterruptedException {
        try {
            return client.send(post, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYetThere) {
            return false;
        }
    }

    /** SIGTERM, then the end, which sends what is queued. */
    int stop() throws InterruptedException, IOException {
        return process.stop();
    }

    String log() throws IOException {
        return process.errors();
    }

    @Override
    public void close() {
        process.close();
    }
}
