package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** An Alertmanager as Debian's package has it, alone, on one port of the loopback interface. */
final class RealAlertmanager implements AutoCloseable {
    private final Process process;
    private final URI alerts;

    private RealAlertmanager(Process process, URI alerts) {
        this.process = process;
        this.alerts = alerts;
    }

    static boolean isInstalled() {
        return executable().isPresent();
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "prometheus-alertmanager"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static RealAlertmanager start(Path directory, String port) throws IOException {
        Path config = Files.writeString(
                directory.resolve("alertmanager.yml"), "route: { receiver: none }\nreceivers: [ { name: none } ]\n");
        Process process = new ProcessBuilder(
                        executable().orElseThrow().toString(),
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
        return new RealAlertmanager(process, URI.create("http://127.0.0.1:" + port + "/api/v2/alerts"));
    }

    /** Waits until it has an alert of this SLO. */
    void awaitAlert(String slo) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(alerts).build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            try {
                JsonNode all = new ObjectMapper()
                        .readTree(client.send(request, BodyHandlers.ofString()).body());
                for (JsonNode alert : all) {
                    if (alert.path("labels").path("slo").asText().equals(slo)) {
                        return;
                    }
                }
            } catch (IOException starting) {
                // it does not listen yet
            }
            LockSupport.parkNanos(200_000_000);
        }
        throw new AssertionError("no alert of " + slo + " came to " + alerts);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
