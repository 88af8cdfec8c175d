package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.wire.SloDefinitionJson;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology in a {@link TopologyTestDriver}, one partition. {@link #at} lets the wall clock and the decode task's
 * watermark reach a time; what is due by then is closed. Times are milliseconds since {@link Telemetry#EPOCH_MS}.
 */
final class TopologyHarness implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TopologyTestDriver driver;
    private final List<String> clockTopics;
    private long nowMs;

    TopologyHarness() {
        this("");
    }

    TopologyHarness(String yaml) {
        PlaitConfig config = PlaitConfig.parse(
                yaml, Map.of("PLAIT_APPLICATION_PARTITIONS", "1", "PLAIT_APPLICATION_COMMIT_INTERVAL", "1ms"));
        Properties settings = StreamsSettings.of(config);
        PlaitTopology topology = new PlaitTopology(config, 1);
        clockTopics = topology.clockTopics();
        driver = new TopologyTestDriver(topology.get(), settings, Instant.ofEpochMilli(Telemetry.EPOCH_MS));
    }

    TopologyHarness at(long timeMs) {
        if (timeMs > nowMs) {
            driver.advanceWallClockTime(Duration.ofMillis(timeMs - nowMs));
            nowMs = timeMs;
        }
        byte[] tick = PlaitTopology.tick(Telemetry.EPOCH_MS + nowMs);
        clockTopics.forEach(topic -> send(topic, PartitionKey.of(0), tick, nowMs));
        return this;
    }

    /** As {@link #at}, but only decode tasks tell that time goes on, and receivers do not. */
    TopologyHarness ticksOfDecoders(long timeMs) {
        driver.advanceWallClockTime(Duration.ofMillis(timeMs - nowMs));
        nowMs = timeMs;
        byte[] tick = PlaitTopology.tick(Telemetry.EPOCH_MS + nowMs);
        clockTopics.stream()
                .filter(topic -> topic.endsWith("-repartition"))
                .forEach(topic -> send(topic, PartitionKey.of(0), tick, nowMs));
        return this;
    }

    /** With one header. */
    TopologyHarness send(String topic, byte[] value, String header, String headerValue) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        TestRecord<byte[], byte[]> record =
                new TestRecord<>(null, value, new RecordHeaders(), Telemetry.EPOCH_MS + nowMs);
        record.headers().add(header, headerValue.getBytes(StandardCharsets.UTF_8));
        input.pipeInput(record);
        return this;
    }

    /** Every byte that was written since the last look, to whichever topic, one character each. */
    String everythingWritten() {
        StringBuilder all = new StringBuilder();
        for (String topic : driver.producedTopicNames()) {
            driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList()
                    .forEach(value -> all.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1)));
        }
        return all.toString();
    }

    TopologyHarness send(String topic, byte[] value) {
        return send(topic, value, nowMs);
    }

    TopologyHarness send(String topic, byte[] value, long timestampMs) {
        return send(topic, null, value, timestampMs);
    }

    private TopologyHarness send(String topic, byte[] key, byte[] value, long timestampMs) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key, value, null, Telemetry.EPOCH_MS + timestampMs));
        return this;
    }

    /** The wall clock goes on by {@code timeMs} in small steps and nothing comes in, not even a tick from outside. */
    TopologyHarness silence(long timeMs) {
        for (long passed = 0; passed < timeMs; passed += 100) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
            nowMs += 100;
        }
        return this;
    }

    List<JsonNode> traces() {
        return written("plait-traces");
    }

    /** Puts an SLO into effect, as the topic of definitions would. */
    TopologyHarness define(SloDefinition slo) {
        return send(
                "plait-slo-definitions",
                slo.name().getBytes(StandardCharsets.UTF_8),
                SloDefinitionJson.write(slo),
                nowMs);
    }

    /** What was written to an output topic since the last look. */
    List<JsonNode> written(String topic) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new StringDeserializer())
                .readValuesToList()
                .stream()
                .map(TopologyHarness::parse)
                .toList();
    }

    /** The only trace that was written since the last look. */
    JsonNode trace() {
        List<JsonNode> traces = traces();
        assertThat(traces).hasSize(1);
        return traces.get(0);
    }

    List<JsonNode> decisions() {
        return written("plait-decisions");
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic("plait-dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    static String header(TestRecord<byte[], byte[]> letter, String name) {
        var header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The sum of one of the topology's counters over its tasks and reasons. */
    long counted(String name) {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        nowMs += 1_000;
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(TaskCounter.GROUP)
                        && metric.getKey().name().equals(name + "-total"))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
