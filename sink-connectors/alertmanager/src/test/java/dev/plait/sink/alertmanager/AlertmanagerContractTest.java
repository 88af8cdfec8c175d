package dev.plait.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.sink.delivery.DeliveryContract;
import dev.plait.sink.delivery.HttpBackend;
import dev.plait.sink.delivery.HttpBackend.Fault;
import dev.plait.sink.delivery.TaskRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.management.ObjectName;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerContractTest implements DeliveryContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long nowMs = System.currentTimeMillis();

    @Override
    public SinkTask newTask() {
        return new AlertmanagerSinkTask();
    }

    @Override
    public Map<String, String> settings(URI backend) {
        return Map.of("urls", backend.toString());
    }

    @Override
    public SchemaAndValue value(String key, int number, boolean schemas) {
        Map<String, Object> alert = Alerts.map(key, "FIRING", number, nowMs - 60_000, -1, nowMs + number);
        return schemas ? Alerts.struct(alert) : new SchemaAndValue(null, alert);
    }

    @Override
    public SchemaAndValue poison() {
        Map<String, Object> alert = Alerts.map("key0", "FIRING", 1, nowMs, -1, nowMs);
        alert.put("state", "SLEEPING");
        return new SchemaAndValue(null, alert);
    }

    @Override
    public List<String> read(byte[] body) {
        List<String> read = new ArrayList<>();
        json(body)
                .forEach(alert -> read.add(alert.at("/labels/alertname").asText() + "/"
                        + alert.at("/annotations/summary").asText().replace("revision ", "")));
        return read;
    }

    @Test
    void firingAlert_isSaidToEndThreeIntervalsLaterAndSaysWhatAPersonNeeds() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(backend.url());
            settings.put("labels", "cluster=eu-1, severity=never");
            settings.put("generator.url", "http://console/alerts/{fingerprint}?slo={slo}&trace={trace}");
            try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
                run.put(List.of(record(0, Alerts.map("Burning", "FIRING", 3, nowMs - 90_000, -1, nowMs))));
                run.awaitAll();
            }

            JsonNode alert = json(backend.accepted().get(0)).get(0);
            assertThat(backend.paths()).contains("/api/v2/alerts");
            assertThat(alert.get("labels")).isEqualTo(json("""
                    {"alertname":"Burning","cluster":"eu-1","severity":"page","slo":"orders"}"""));
            assertThat(alert.get("annotations")).isEqualTo(json("""
                    {"summary":"revision 3","traces":"4bf92f3577b34da6a3ce929d0e0e4736",
                     "root_causes":"payments POST /charges (90.0%)","contributors":"route=orders-v1 (100.0%)",
                     "log":"card declined","budget_remaining":"25.0%"}"""));
            assertThat(Instant.parse(alert.get("startsAt").asText())).isEqualTo(Instant.ofEpochMilli(nowMs - 90_000));
            assertThat(Instant.parse(alert.get("endsAt").asText()))
                    .isAfterOrEqualTo(Instant.ofEpochMilli(nowMs + 180_000));
            assertThat(alert.get("generatorURL").asText())
                    .isEqualTo("http://console/alerts/" + Integer.toHexString("Burning".hashCode())
                            + "?slo=orders&trace=4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    @Test
    void invalidAlert_isRefusedAloneAndTheOthersAreStored() throws IOException {
        // as Alertmanager: valid ones are stored although the answer is 400
        List<String> stored = new ArrayList<>();
        try (HttpBackend backend = new HttpBackend(body -> {
                    boolean bad = false;
                    for (String one : read(body)) {
                        bad |= one.startsWith("Bad");
                        if (!one.startsWith("Bad")) {
                            stored.add(one);
                        }
                    }
                    return bad ? 400 : 200;
                });
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                String name = i == 4 || i == 7 ? "Bad" + i : "Good" + i;
                records.add(record(i, Alerts.map(name, "FIRING", i, nowMs, -1, nowMs)));
            }

            run.put(records).awaitAll();

            assertThat(run.context().reported()).containsExactlyInAnyOrder(4L, 7L);
            assertThat(run.context().reasons())
                    .allSatisfy(why -> assertThat(why).contains("HTTP 400"));
            assertThat(stored).contains("Good0/0", "Good3/3", "Good5/5", "Good6/6", "Good8/8");
        }
    }

    @Test
    void replicaThatIsAway_holdsUpNoneAndHearsEverythingWhenItIsBack() throws IOException {
        HttpBackend away = new HttpBackend(body -> 200);
        int port = away.port();
        away.close();
        try (HttpBackend here = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(here.url());
            settings.put("urls", here.url() + ",http://127.0.0.1:" + port);
            try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
                run.put(List.of(
                        record(0, Alerts.map("A", "FIRING", 1, nowMs, -1, nowMs)),
                        record(1, Alerts.map("B", "FIRING", 2, nowMs, -1, nowMs)),
                        record(2, Alerts.map("B", "RESOLVED", 3, nowMs, nowMs + 1, nowMs + 1))));
                run.awaitAll();
                assertThat(readAll(here)).contains("A/1", "B/3");

                try (HttpBackend back = new HttpBackend(body -> 200, port)) {
                    run.await(
                            "the replica that was away has heard",
                            () -> readAll(back).containsAll(List.of("A/1", "B/3")));
                    assertThat(readAll(back)).doesNotContain("B/2");
                }
            }
        }
    }

    @Test
    void replicaThatHangs_isNotAskedForEachBatchWhenAnotherTakesThem() throws IOException {
        int batches = 40;
        try (HttpBackend hangs = new HttpBackend(body -> 200);
                HttpBackend here = new HttpBackend(body -> 200)) {
            hangs.always(Fault.HANG);
            Map<String, String> settings = quick(here.url());
            settings.put("urls", hangs.url() + "," + here.url());
            settings.put("max.in.flight", "1");
            settings.put("batch.size", "1");
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                records.add(record(i, Alerts.map("A" + i, "FIRING", i, nowMs, -1, nowMs)));
            }
            try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
                run.put(records).awaitAll();

                assertThat(readAll(here)).contains("A0/0", "A39/39");
                assertThat(hangs.paths()).isNotEmpty().hasSizeLessThan(batches);

                hangs.always(Fault.NONE);
                run.await("it has heard of all", () -> readAll(hangs).contains("A39/39"));
            }
        }
    }

    @Test
    void alerts_areToldAgainEachIntervalUntilTheyAreStaleAndResolvedOnesForAWhile() throws Exception {
        try (HttpBackend backend = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(backend.url());
            settings.put("resend.interval.ms", "1000");
            settings.put("resolved.resend.ms", "600000");
            try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
                run.put(List.of(
                        record(0, Alerts.map("Fires", "FIRING", 1, nowMs, -1, nowMs)),
                        record(1, Alerts.map("Ended", "RESOLVED", 1, nowMs - 5_000, nowMs - 1_000, nowMs - 1_000)),
                        record(2, Alerts.map("Waits", "PENDING", 1, nowMs, -1, nowMs)),
                        record(3, Alerts.map("Stale", "FIRING", 1, nowMs - 9_000_000, -1, nowMs - 8_000_000))));
                run.await(
                        "told three times",
                        () -> readAll(backend).stream()
                                        .filter("Fires/1"::equals)
                                        .count()
                                >= 3);

                assertThat(readAll(backend).stream().filter("Ended/1"::equals).count())
                        .isGreaterThanOrEqualTo(2);
                assertThat(readAll(backend)).doesNotContain("Waits/1", "Stale/1");
                ObjectName bean = new ObjectName(
                        "dev.plait:type=sink,connector=" + ObjectName.quote(settings.get("name")) + ",task=0");
                assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(bean, "StatesLetGo"))
                        .isEqualTo(1L);
                JsonNode ended = backend.accepted().stream()
                        .flatMap(body -> StreamSupport.stream(json(body).spliterator(), false))
                        .filter(alert ->
                                alert.path("labels").path("alertname").asText().equals("Ended"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Instant.parse(ended.get("endsAt").asText())).isEqualTo(Instant.ofEpochMilli(nowMs - 1_000));
            }
        }
    }

    @Test
    void backlog_tellsHowItEndsAndNotHowItWent() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(backend.url());
            settings.put("batch.size", "100");
            settings.put("batch.linger.ms", "50");
            settings.put("max.in.flight", "1");
            try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
                run.put(List.of(
                                record(0, Alerts.map("A", "FIRING", 1, nowMs - 9_000, -1, nowMs - 9_000)),
                                record(1, Alerts.map("A", "RESOLVED", 2, nowMs - 9_000, nowMs - 5_000, nowMs - 5_000)),
                                record(2, Alerts.map("A", "FIRING", 1, nowMs - 9_000, -1, nowMs - 8_000))))
                        .awaitAll();
            }
            assertThat(read(backend.accepted().get(0))).containsExactly("A/2");
        }
    }

    @Test
    void wrongPathOrMissingRights_concernTheReplicaAndLoseNothing() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200);
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            List.of(401, 403, 404, 500).forEach(status -> backend.next(Fault.status(status)));

            run.put(List.of(record(0, Alerts.map("A", "FIRING", 1, nowMs, -1, nowMs))))
                    .awaitAll();

            assertThat(readAll(backend)).contains("A/1");
            assertThat(run.context().reported()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "urls | '' | urls",
                "urls | http://good:9093,ftp://x | urls: 'ftp://x': http:// or https:// URLs",
                "urls | http://me:secret@x | 'http://***@x'",
                "labels | 1=2 | name=value is expected",
                "resend.interval.ms | 5 | resend.interval.ms",
                "max.in.flight | 0 | max.in.flight"
            })
    void badConfiguration_isRefusedNamingTheKey(String key, String value, String message) {
        Map<String, String> settings = new HashMap<>(Map.of("urls", "http://alertmanager:9093"));
        settings.put(key, value);

        assertThatThrownBy(() -> new AlertmanagerSinkConnector().start(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    private List<String> readAll(HttpBackend backend) {
        return backend.accepted().stream().flatMap(body -> read(body).stream()).toList();
    }

    private static SinkRecord record(long offset, Map<String, Object> alert) {
        return new SinkRecord(
                TOPIC, 0, null, alert.get("fingerprint"), null, alert, offset, 1L, TimestampType.CREATE_TIME);
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }
}
