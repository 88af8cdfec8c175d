package dev.plait.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.sink.delivery.HttpBackend;
import dev.plait.sink.delivery.TaskRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Alertmanager itself: what fires is notified once, and once when it is over. */
class RealAlertmanagerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void alert_firesOnceAndResolvesOnce() throws IOException {
        Optional<Path> binary = RealAlertmanager.binary();
        assumeTrue(binary.isPresent(), "no Alertmanager on the path; .ci/install installs it");
        long nowMs = System.currentTimeMillis();
        try (HttpBackend webhook = new HttpBackend(body -> 200);
                RealAlertmanager alertmanager = RealAlertmanager.start(binary.get(), directory, webhook.url());
                TaskRun run = TaskRun.start(
                        new AlertmanagerSinkTask(),
                        Map.of(
                                "name", "real",
                                "urls", alertmanager.url().toString(),
                                "resend.interval.ms", "1000",
                                "batch.linger.ms", "0"),
                        true)) {
            run.put(List.of(
                    record(0, Alerts.map("PaymentsBurn", "FIRING", 1, nowMs, -1, nowMs)),
                    record(1, Alerts.map("Pending", "PENDING", 1, nowMs, -1, nowMs))));
            run.awaitAll();
            run.await("Alertmanager has told of it", () -> notified(webhook, "firing") == 1);
            assertThat(JSON.readTree(alertmanager.alerts()))
                    .singleElement()
                    .satisfies(
                            alert -> assertThat(alert.at("/annotations/traces").asText())
                                    .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));

            run.put(List.of(record(2, Alerts.map("PaymentsBurn", "FIRING", 2, nowMs, -1, nowMs + 1))));
            run.put(List.of(record(3, Alerts.map("PaymentsBurn", "RESOLVED", 3, nowMs, nowMs + 2, nowMs + 2))));
            run.awaitAll();
            run.await("Alertmanager has told that it is over", () -> notified(webhook, "resolved") == 1);

            // the sink goes on telling that it is over; another alert shows that Alertmanager has heard it and told
            // nobody
            run.put(List.of(record(4, Alerts.map("Other", "FIRING", 1, nowMs, -1, nowMs + 3))));
            run.await("the other one is told", () -> notified(webhook, "firing") == 2);
            assertThat(notified(webhook, "resolved")).isEqualTo(1);
        }
    }

    private static long notified(HttpBackend webhook, String status) {
        return webhook.accepted().stream()
                .flatMap(body -> {
                    try {
                        JsonNode alerts = JSON.readTree(body).get("alerts");
                        return java.util.stream.StreamSupport.stream(alerts.spliterator(), false);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .filter(alert -> alert.get("status").asText().equals(status))
                .count();
    }

    private static SinkRecord record(long offset, Map<String, Object> alert) {
        return new SinkRecord(
                "plait-alerts", 0, null, alert.get("fingerprint"), null, alert, offset, 1L, TimestampType.CREATE_TIME);
    }
}
