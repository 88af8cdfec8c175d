package dev.plait.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.sink.delivery.HttpBackend.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;

/** The shared core keeps to the contract by itself. */
class LineTaskTest implements DeliveryContract {
    private static final Schema LINE =
            SchemaBuilder.struct().field("line", Schema.STRING_SCHEMA).build();

    @Override
    public SinkTask newTask() {
        return new LineTask();
    }

    @Override
    public Map<String, String> settings(URI backend) {
        return Map.of("url", backend.toString());
    }

    @Override
    public SchemaAndValue value(String key, int number, boolean schemas) {
        String line = key + "/" + number;
        return schemas
                ? new SchemaAndValue(LINE, new Struct(LINE).put("line", line))
                : new SchemaAndValue(null, Map.of("line", line));
    }

    @Override
    public SchemaAndValue poison() {
        return new SchemaAndValue(null, Map.of("line", 7L));
    }

    @Override
    public List<String> read(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void metrics_sayWhatBecameOfRecords() throws Exception {
        try (HttpBackend backend = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(backend.url());
            settings.put("name", "a \"quoted\", name");
            ObjectName bean = new ObjectName(
                    "dev.plait:type=sink,connector=" + ObjectName.quote(settings.get("name")) + ",task=0");
            try (TaskRun run = TaskRun.start(newTask(), settings, false)) {
                run.put(List.of(record(0, value("a", 0, false)), record(1, poison()), record(2, value("b", 2, false))));
                run.awaitAll();

                assertThat(attribute(bean, "RecordsReceived")).isEqualTo(3L);
                assertThat(attribute(bean, "RecordsDelivered")).isEqualTo(2L);
                assertThat(attribute(bean, "RecordsRefused")).isEqualTo(1L);
                assertThat(attribute(bean, "RecordsInFlight")).isEqualTo(0L);
                assertThat((String) attribute(bean, "LastProblem")).contains("line: a text is expected");
            }
            assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(bean))
                    .isFalse();
        }
    }

    @Test
    void metrics_ofATaskThatEndsLateDoNotTakeAwayThoseOfTheNext() throws Exception {
        DeliveryMetrics late = DeliveryMetrics.register("twice", "0");
        DeliveryMetrics next = DeliveryMetrics.register("twice", "0");
        ObjectName bean = new ObjectName("dev.plait:type=sink,connector=" + ObjectName.quote("twice") + ",task=0");

        late.close();

        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(bean))
                .isTrue();
        next.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(bean))
                .isFalse();
    }

    @Test
    void keysOfBytes_keepTheirOrder() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(backend.url());
            settings.put("batch.size", "1");
            settings.put("max.in.flight", "8");
            List<String> sent = new ArrayList<>();
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sent.add("a/" + i);
                records.add(record(i, new byte[] {1, 2}, value("a", i, false)));
            }
            try (TaskRun run = TaskRun.start(newTask(), settings, false)) {
                run.put(records).awaitAll();
            }

            assertThat(backend.accepted().stream().flatMap(body -> read(body).stream()))
                    .containsExactlyElementsOf(sent);
        }
    }

    @Test
    void partitionThatComesBackPaused_isReadAgain() throws Exception {
        try (HttpBackend backend = new HttpBackend(body -> 200)) {
            Map<String, String> settings = quick(backend.url());
            settings.put("max.queued.records", "2");
            ObjectName bean = new ObjectName(
                    "dev.plait:type=sink,connector=" + ObjectName.quote(settings.get("name")) + ",task=0");
            backend.always(Fault.status(503));
            try (TaskRun run = TaskRun.start(newTask(), settings, false)) {
                run.put(List.of(record(0, value("a", 0, false)), record(1, value("a", 1, false))));
                run.await("the task is paused", run.context()::isPaused);

                run.reassign(new TopicPartition(TOPIC, 0), () -> awaitZero(bean, "RecordsInFlight"));

                run.await("it reads again", () -> !run.context().isPaused());
            }
        }
    }

    @Test
    void refusedRecord_isNotCommittedBeforeItsReportIsKept() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200);
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            CompletableFuture<Void> kept = new CompletableFuture<>();
            run.context().keepReportsBy(kept);
            run.put(List.of(record(0, poison()), record(1, value("a", 1, false))));
            run.await("it is reported", () -> !run.context().reported().isEmpty());

            assertThat(run.committable(new TopicPartition(TOPIC, 0))).isZero();

            kept.complete(null);
            run.awaitAll();
        }
    }

    @Test
    void reportThatIsLost_stopsTheTask() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200);
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), true)) {
            run.context().keepReportsBy(CompletableFuture.failedFuture(new IOException("no such topic")));
            run.put(List.of(record(0, poison())));

            assertThatThrownBy(() -> run.await("nothing", () -> false))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("no such topic");
        }
    }

    @Test
    void commit_waitsForTheAnswersThatAreOnTheirWay() throws IOException {
        try (HttpBackend backend = new HttpBackend(body -> 200);
                TaskRun run = TaskRun.start(newTask(), quick(backend.url()), false)) {
            run.put(List.of(record(0, value("a", 0, false)))).awaitAll();

            run.put(List.of(record(1, value("a", 1, false)), record(2, value("b", 2, false))));

            assertThat(run.committable(new TopicPartition(TOPIC, 0))).isEqualTo(3);
        }
    }

    @Test
    void errorInALane_stopsTheTask() {
        DeliveringTask broken = new DeliveringTask() {
            @Override
            protected Way way(Map<String, String> settings, DeliveryMetrics metrics) {
                ConfigDef keys = DeliverySettings.define(new ConfigDef());
                return new Way(DeliverySettings.of(new AbstractConfig(keys, settings, false)), new BrokenSender());
            }
        };
        try (TaskRun run = TaskRun.start(broken, Map.of("name", "broken", "batch.linger.ms", "0"), false)) {
            run.put(List.of(record(0, value("a", 0, false))));

            assertThatThrownBy(() -> run.await("nothing", () -> false))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("a class is missing");
        }
    }

    private static final class BrokenSender implements Sender {
        @Override
        public Attempt begin(List<SinkRecord> records) {
            throw new NoClassDefFoundError("a class is missing");
        }

        @Override
        public void close() {
            // has nothing
        }
    }

    private static void awaitZero(ObjectName bean, String attribute) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try {
            while (!attribute(bean, attribute).equals(0L) && System.nanoTime() < deadlineNanos) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(attribute(bean, attribute)).isEqualTo(0L);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object attribute(ObjectName bean, String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name);
    }

    private static SinkRecord record(long offset, SchemaAndValue value) {
        return record(offset, "key", value);
    }

    private static SinkRecord record(long offset, Object key, SchemaAndValue value) {
        return new SinkRecord(
                TOPIC, 0, null, key, value.schema(), value.value(), offset, 1L, TimestampType.CREATE_TIME);
    }
}
