package dev.plait.app.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The REST interface of a worker (Kafka's documentation, "Connect REST API"). Used even within the process: it hands a request
 * on to the leader of the group, whichever worker that is.
 */
final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ConnectRest(URI base) {
        this.base = base;
    }

    /** What the worker answered. */
    record Answer(int status, JsonNode body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** The worker cannot do it now: its group rebalances, it starts, it asks a leader that has gone. */
        boolean isMomentary() {
            return status == 409 || status >= 500;
        }

        String message() {
            return body.path("message").asText("answer " + status);
        }
    }

    /** Whether the worker takes part in its group and has read all configurations. */
    boolean isReady() throws IOException {
        return send("GET", "/health", BodyPublishers.noBody()).isSuccess();
    }

    /** Class names of the sink connectors on the plugin path. */
    List<String> plugins() throws IOException {
        List<String> classes = new ArrayList<>();
        send("GET", "/connector-plugins", BodyPublishers.noBody()).body().forEach(plugin -> {
            if (plugin.path("type").asText().equals("sink")) {
                classes.add(plugin.path("class").asText());
            }
        });
        return classes;
    }

    /** Puts a connector's configuration in the place of the one it has; the same again changes nothing. */
    Answer put(String name, Map<String, String> settings) throws IOException {
        return send(
                "PUT", "/connectors/" + name + "/config", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(settings)));
    }

    Map<String, String> config(String name) throws IOException {
        Answer answer = send("GET", "/connectors/" + name + "/config", BodyPublishers.noBody());
        return answer.isSuccess()
                ? JSON.convertValue(
                        answer.body(), JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class))
                : Map.of();
    }

    Answer delete(String name) throws IOException {
        return send("DELETE", "/connectors/" + name, BodyPublishers.noBody());
    }

    /** What the connector and Kafka Connect define: group by key. Empty when the worker cannot say. */
    Map<String, String> keys(String connector, Map<String, String> settings) throws IOException {
        Answer answer = send(
                "PUT",
                "/connector-plugins/" + connector + "/config/validate",
                BodyPublishers.ofByteArray(JSON.writeValueAsBytes(settings)));
        Map<String, String> keys = new TreeMap<>();
        answer.body().path("configs").forEach(key -> {
            JsonNode definition = key.path("definition");
            keys.put(definition.path("name").asText(), definition.path("group").asText());
        });
        return keys;
    }

    /** Names of the connectors that there are. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        send("GET", "/connectors", BodyPublishers.noBody()).body().forEach(name -> names.add(name.asText()));
        return names;
    }

    /** By connector name: {@code {"status": {"connector": …, "tasks": […]}}}. */
    JsonNode statuses() throws IOException {
        Answer answer = send("GET", "/connectors?expand=status", BodyPublishers.noBody());
        return answer.isSuccess() ? answer.body() : JSON.createObjectNode();
    }

    /** Restarts what has failed of a connector: itself, its tasks. */
    Answer restart(String path) throws IOException {
        return send("POST", "/connectors/" + path + "/restart", BodyPublishers.noBody());
    }

    private Answer send(String method, String path, BodyPublisher body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .method(method, body)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            JsonNode answer = response.body().length == 0 ? JSON.nullNode() : JSON.readTree(response.body());
            return new Answer(response.statusCode(), answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(method + " " + path);
        }
    }
}
