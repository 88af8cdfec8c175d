package dev.plait.app.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks a Kafka Connect worker how its connectors are. Answers are bounded; of configurations only the names of topics are kept. */
final class ConnectRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_CONNECTORS = 1_000;
    private static final String CAUSED_BY = "Caused by: ";

    private final URI address;

    /** @throws IOException when it is no address of a worker */
    ConnectRest(String address) throws IOException {
        try {
            this.address = new URI(address.replaceAll("/+$", "") + "/connectors?expand=status&expand=info");
        } catch (java.net.URISyntaxException e) {
            throw new IOException("'" + address + "' is no address such as http://host:8083", e);
        }
        if (!List.of("http", "https").contains(String.valueOf(this.address.getScheme()))
                || this.address.getHost() == null) {
            throw new IOException("'" + address + "' is no address such as http://host:8083");
        }
    }

    /** @throws IOException when the worker does not answer as one */
    List<SinkState> sinks() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES);
                if (response.statusCode() != 200) {
                    throw new IOException("status " + response.statusCode());
                }
                return sinks(new ObjectMapper().readTree(bytes));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static List<SinkState> sinks(JsonNode connectors) {
        List<SinkState> sinks = new ArrayList<>();
        connectors.properties().forEach(entry -> {
            JsonNode status = entry.getValue().path("status");
            JsonNode config = entry.getValue().path("info").path("config");
            if (sinks.size() < MAX_CONNECTORS
                    && !status.path("type").asText("sink").equals("source")) {
                List<SinkState.Task> tasks = new ArrayList<>();
                status.path("tasks")
                        .forEach(task -> tasks.add(new SinkState.Task(
                                task.path("id").asInt(), task.path("state").asText("UNKNOWN"), reason(task))));
                sinks.add(new SinkState(
                        entry.getKey(),
                        status.path("connector").path("state").asText("UNKNOWN"),
                        tasks,
                        reason(status.path("connector")),
                        config.path("consumer.override.group.id").asText("connect-" + entry.getKey()),
                        Stream.of(config.path("topics").asText("").split(","))
                                .map(String::strip)
                                .filter(topic -> !topic.isEmpty())
                                .toList(),
                        config.path("errors.deadletterqueue.topic.name").asText(""),
                        0));
            }
        });
        return sinks;
    }

    /** The innermost cause: what is around it is Connect's, and the same for all. */
    private static String reason(JsonNode failed) {
        String trace = failed.path("trace").asText("");
        return trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .map(line -> line.substring(CAUSED_BY.length()))
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> trace.lines().findFirst().orElse(""));
    }
}
