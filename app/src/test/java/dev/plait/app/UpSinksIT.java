package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.kafka.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpSinksIT {
    private static final int EACH = 40;

    @TempDir
    private Path directory;

    @Test
    void sinks_deliverThoughUpIsKilledAndAnotherSinkFails() throws Exception {
        Path data = directory.resolve("data");
        String bootstrap = "127.0.0.1:" + LoopbackPorts.any();
        try (AlertReceiver backend = new AlertReceiver()) {
            String config = config(backend.url());
            try (PlaitProcess first = up(data, bootstrap, config)) {
                first.awaitLine("  sinks    pager (alertmanager), absent (com.example.Absent)");
                try (AlertWriter alerts = new AlertWriter(bootstrap)) {
                    alerts.fire(0, EACH);
                    await(() -> backend.states().equals(alerts.written()));
                    await(() ->
                            first.errors().contains("sinks.absent.type: 'com.example.Absent' is not a sink connector"));
                    assertThat(data.resolve("connect")).content().startsWith("http://127.0.0.1:");

                    alerts.fire(EACH, 2 * EACH);
                    first.kill();
                    try (PlaitProcess second = up(data, bootstrap, config)) {
                        second.awaitLine("Plait is up");
                        alerts.fire(2 * EACH, 3 * EACH);
                        await(() -> backend.states().equals(alerts.written()));
                        assertThat(backend.states()).isEqualTo(alerts.written());
                        assertThat(second.stop()).isZero();
                        assertThat(data.resolve("connect")).doesNotExist();
                    }
                }
            }
        }
    }

    private PlaitProcess up(Path data, String bootstrap, String config) throws IOException {
        return PlaitProcess.main(
                directory,
                Main.class,
                "up",
                "--data",
                data.toString(),
                "--port",
                bootstrap.replaceFirst(".*:", ""),
                "--config",
                config);
    }

    private String config(String url) throws IOException {
        return Files.writeString(directory.resolve("plait.yaml"), """
                receivers: { http-port: 0, grpc-port: 0, zipkin-port: 0, tcp-port: 0 }
                sinks:
                  pager: { type: alertmanager, urls: "%s" }
                  absent: { type: com.example.Absent, topics: plait-traces }
                """.formatted(url))
                .toString();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!condition.holds() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(condition.holds()).isTrue();
    }
}
