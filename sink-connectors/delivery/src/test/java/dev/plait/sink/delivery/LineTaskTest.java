package dev.plait.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
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

    private static Object attribute(ObjectName bean, String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name);
    }

    private static SinkRecord record(long offset, SchemaAndValue value) {
        return new SinkRecord(
                TOPIC, 0, null, "key", value.schema(), value.value(), offset, 1L, TimestampType.CREATE_TIME);
    }
}
