package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Prometheus as Debian's package has it, which scrapes itself every second and writes that to a port. */
final class RealPrometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final PlaitProcess process;
    private final int port;

    private RealPrometheus(PlaitProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return executable().isPresent();
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static RealPrometheus start(Path directory, int port, int receiver) throws IOException {
        Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s }
                scrape_configs:
                  - { job_name: itself, static_configs: [ { targets: [ "127.0.0.1:%d" ] } ] }
                remote_write:
                  - url: "http://127.0.0.1:%d/api/v1/write"
                    queue_config: { batch_send_deadline: 1s, max_backoff: 1s }
                """.formatted(port, receiver));
        PlaitProcess process = PlaitProcess.program(
                directory,
                List.of(
                        executable().orElseThrow().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port),
                Map.of());
        return new RealPrometheus(process, port);
    }

    /** The sum of its own metric over all label values; 0 without one. */
    double metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$").matcher(get("/metrics"));
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }

    /** What it has scraped, each as its labels in order and its time in milliseconds. */
    Set<String> samples() throws IOException, InterruptedException {
        String query = URLEncoder.encode("{job=\"itself\"}[10m]", StandardCharsets.UTF_8);
        Set<String> samples = new HashSet<>();
        for (JsonNode series :
                JSON.readTree(get("/api/v1/query?query=" + query)).at("/data/result")) {
            Map<String, String> labels = new TreeMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            series.path("values")
                    .forEach(value ->
                            samples.add(sample(labels, Math.round(value.get(0).asDouble() * 1000))));
        }
        return samples;
    }

    static String sample(Map<String, String> labels, long timeMs) {
        return timeMs + " " + labels;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    String log() throws IOException {
        return process.errors();
    }

    @Override
    public void close() {
        process.close();
    }
}
