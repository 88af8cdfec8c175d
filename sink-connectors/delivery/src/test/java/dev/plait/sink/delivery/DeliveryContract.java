package dev.plait.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.sink.delivery.HttpBackend.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;

/**
 * What every sink over HTTP keeps to, as a user would see it: nothing lost, order per key, a bad record alone, offsets only of what
 * was answered. A connector's test implements it and brings records of its own that its backend can be asked about.
 */
public interface DeliveryContract {
    String TOPIC = "in";

    SinkTask newTask();

    /** The least configuration that leads to the backend. */
    Map<String, String> settings(URI backend);

    /** Number {@code number} of {@code key}, as a converter hands it over: without schemas, or with. */
    SchemaAndValue value(String key, int number, boolean schemas);

    /** One that is not what its topic holds. */
    SchemaAndValue poison();

    /** Which {@code key/number} a request's body says, in order. */
    List<String> read(byte[] body);

    default Map<String, String> quick(URI backend) {
        Map<String, String> settings = new HashMap<>(settings(backend));
        settings.put("name", "contract-" + Long.toHexString(System.nanoTime()));
        settings.put("batch.size", "5");
        settings.put("batch.linger.ms", "0");
        settings.put("retry.backoff.ms", "1");
        settings.put("retry.backoff.max.ms", "20");
        settings.put("http.request.timeout.ms", "300");
        return settings;
    }

    private SinkRecord record(long offset, String key, SchemaAndValue value) {
        return new SinkRecord(
                TOPIC, 0, null, key, value.schema(), value.value(), offset, 1L, TimestampType.CREATE_TIME);
    }

    private List<SinkRecord> records(int from, int to, int keys, boolean schemas) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String key = "key" + i % keys;
            records.add(record(i, key, value(key, i, schemas)));
        }
        return records;
    }

    private HttpBackend backend() throws IOException {
        return new HttpBackend(body -> 200);
    }

    private List<String> taken(HttpBackend backend) {
        return backend.accepted().stream().flatMap(body -> read(body).stream()).toList();
    }

    /** The last number of each key that the backend has heard is the newest, and numbers of a key never go back. */
    private void assertInOrder(List<String> taken) {
        Map<String, Integer> last = new HashMap<>();
        for (String one : taken) {
            String key = one.substring(0, one.indexOf('/'));
            int number = Integer.parseInt(one.substring(one.indexOf('/') + 1));
            assertThat(number).as("of %s", key).isGreaterThanOrEqualTo(last.getOrDefault(key, -1));
            last.put(key, number);
        }
    }

    @Test
    default void records_reachTheBackendInOrderPerKey() throws IOException {
        for (boolean schemas : new boolean[] {false, true}) {
            try (HttpBackend backend = backend();
                    TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
                run.put(records(0, 60, 7, schemas)).put(records(60, 100, 7, schemas));

                run.awaitAll();

                List<String> taken = taken(backend);
                assertInOrder(taken);
                for (int key = 0; key < 7; key++) {
                    int last = 93 + (key + 7 - 93 % 7) % 7;
                    assertThat(taken).contains("key" + key + "/" + last);
                }
                assertThat(run.context().reported()).isEmpty();
            }
        }
    }

    @Test
    default void backendThatSaysNotNow_getsEverythingLater() throws IOException {
        List<Fault> faults = List.of(
                Fault.status(429, "0"),
                Fault.status(503),
                Fault.status(503, DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.EPOCH.atZone(ZoneOffset.UTC))),
                Fault.status(502),
                Fault.HANG,
                Fault.HALF,
                Fault.ENDLESS);
        try (HttpBackend backend = backend();
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            faults.forEach(backend::next);
            run.put(records(0, 20, 3, false));

            run.awaitAll();

            assertInOrder(taken(backend));
            assertThat(taken(backend)).contains("key0/18", "key1/19", "key2/17");
            assertThat(backend.faultsLeft()).isZero();
            assertThat(run.context().reported()).isEmpty();
        }
    }

    @Test
    default void backendThatIsAway_stopsReadingAndLosesNothing() throws IOException {
        HttpBackend first = backend();
        int port = first.port();
        Map<String, String> settings = quick(first.url());
        settings.put("max.queued.records", "10");
        first.close();
        try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
            run.put(records(0, 20, 4, false));
            run.await("the task is paused", run.context()::isPaused);
            assertThat(run.committable(new TopicPartition(TOPIC, 0))).isZero();

            try (HttpBackend back = new HttpBackend(body -> 200, port)) {
                run.awaitAll();
                run.await("the task reads again", () -> !run.context().isPaused());

                assertThat(taken(back)).contains("key0/16", "key1/17", "key2/18", "key3/19");
            }
        }
    }

    @Test
    default void poison_isReportedAloneOrPassedOver() throws IOException {
        for (boolean reports : new boolean[] {true, false}) {
            try (HttpBackend backend = backend();
                    TaskRun run = TaskRun.start(newTask(), quick(backend.url()), reports)) {
                List<SinkRecord> records = records(0, 9, 2, false);
                records.add(record(9, "key0", poison()));
                records.add(record(10, "key1", new SchemaAndValue(null, "no object")));
                records.add(record(11, "key0", value("key0", 11, false)));
                run.put(records);

                run.awaitAll();

                assertThat(taken(backend)).contains("key0/11");
                if (reports) {
                    assertThat(run.context().reported()).containsExactlyInAnyOrder(9L, 10L);
                    assertThat(run.context().reasons())
                            .allSatisfy(why -> assertThat(why).isNotBlank());
                }
            }
        }
    }

    @Test
    default void tombstone_isPassedOver() throws IOException {
        try (HttpBackend backend = backend();
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            run.put(List.of(
                    record(0, "key1", new SchemaAndValue(null, null)), record(1, "key0", value("key0", 1, false))));

            run.awaitAll();

            assertThat(taken(backend)).contains("key0/1");
            assertThat(run.context().reported()).isEmpty();
        }
    }

    @Test
    default void offsets_areNotCommittedBeforeTheirAnswer() throws IOException {
        Map<String, String> settings;
        try (HttpBackend backend = backend()) {
            settings = quick(backend.url());
            settings.put("retry.backoff.max.ms", "5");
            backend.always(Fault.status(503));
            TaskRun run = TaskRun.start(newTask(), settings, true);
            run.put(records(0, 10, 2, false));
            run.await("something was sent", () -> !backend.paths().isEmpty());

            assertThat(run.committable(new TopicPartition(TOPIC, 0))).isZero();

            run.close();
            assertThat(taken(backend)).isEmpty();
        }
    }

    @Test
    default void partitionThatGoes_isNotSentAnyMore() throws IOException {
        try (HttpBackend backend = backend();
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            backend.always(Fault.status(503));
            run.put(records(0, 10, 2, false));
            run.await("something was sent", () -> !backend.paths().isEmpty());
            run.revoke(new TopicPartition(TOPIC, 0));
            backend.always(Fault.NONE);
            List<SinkRecord> other = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SchemaAndValue value = value("other" + i, i, false);
                other.add(new SinkRecord(
                        TOPIC, 1, null, "other" + i, value.schema(), value.value(), i, 1L, TimestampType.CREATE_TIME));
            }

            run.put(other);
            run.awaitAll();

            for (int i = 0; i < 8; i++) {
                assertThat(taken(backend)).contains("other" + i + "/" + i);
            }
        }
    }

    @Test
    default void secrets_reachTheBackend() throws IOException {
        try (HttpBackend backend = backend()) {
            Map<String, String> settings = quick(backend.url());
            settings.put("http.auth.basic.username", "me");
            settings.put("http.auth.basic.password", "s3cret");
            try (TaskRun run = TaskRun.start(newTask(), settings, true)) {
                run.put(records(0, 1, 1, false));
                run.awaitAll();

                assertThat(backend.authorizations()).contains("Basic bWU6czNjcmV0");
            }
        }
    }
}
