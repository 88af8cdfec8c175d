package dev.plait.sink.alertmanager;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An Alertmanager process of this machine, on a free port, its data in a directory of the test. */
final class RealAlertmanager implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();

    private RealAlertmanager(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** The binary, as Debian and as the project itself name it, if it is on the path. */
    static Optional<Path> binary() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> List.of("prometheus-alertmanager", "alertmanager").stream()
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static RealAlertmanager start(Path binary, Path directory, URI webhook) throws IOException {
        Path config = directory.resolve("alertmanager.yml");
        Files.writeString(config, """
                route: { receiver: test, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
                receivers: [ { name: test, webhook_configs: [ { url: "%s", send_resolved: true } ] } ]
                """.formatted(webhook));
        int port = freePort();
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
        RealAlertmanager started = new RealAlertmanager(process, URI.create("http://127.0.0.1:" + port));
        started.awaitReady();
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadlineNanos) {
            try {
                if (get("/-/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        close();
        throw new IOException("Alertmanager is not ready");
    }

    URI url() {
        return url;
    }

    /** What it says fires. */
    String alerts() throws IOException {
        return get("/api/v2/alerts").body();
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
