package dev.plait.app.backtest;

import dev.plait.app.capture.CaptureWriter;
import dev.plait.app.capture.CapturedRecord;
import dev.plait.app.capture.RecordSource;
import dev.plait.correlator.trace.TraceRules;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.SloDefinitionJson;
import dev.plait.topology.PlaitTopology;
import dev.plait.topology.StreamsSettings;
import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One replay: records through the topology, with one partition, as fast as they are read. Nothing but the records and the
 * configuration decides the result, so the same records give the same bytes. After the last record the clock goes on until
 * everything has closed. Records of topics that are no source are passed over.
 */
public final class Backtest {
    /** How the clock goes on at the end: in steps that let every deadline on the way be met in order. */
    private static final Duration END_STEP = Duration.ofSeconds(1);

    /** Windows and SLOs on which nothing changes are evaluated so often. */
    private static final Duration LAST_EVALUATION = Duration.ofSeconds(31);

    /** In which steps the clock goes through a gap in the records, and from where on it leaps. */
    private static final Duration GAP_STEP = Duration.ofSeconds(10);

    private static final Duration LONGEST_GAP = Duration.ofDays(1);

    /** Ticks are for the only partition. */
    private static final byte[] CLOCK_KEY = new byte[Integer.BYTES];

    /** What the topology keeps for itself is emptied so often; nobody reads it here. */
    private static final int DRAIN_EACH = 256;

    private final PlaitConfig config;
    private final List<SloDefinition> slos;
    private final Map<String, Long> passedOver = new TreeMap<>();

    /**
     * Of one configuration.
     *
     * @param config with {@code application.partitions} 1
     * @param slos what is kept over the records, from the first one
     */
    public Backtest(PlaitConfig config, List<SloDefinition> slos) {
        if (config.application().partitions() != 1) {
            throw new IllegalArgumentException("a replay has one partition");
        }
        this.config = config;
        this.slos = List.copyOf(slos);
    }

    /** How many records of the last run were of topics that are no source, by topic. */
    public Map<String, Long> passedOver() {
        return Map.copyOf(passedOver);
    }

    /**
     * Replays {@code source} and writes what came out.
     *
     * @param progress told how many records have been replayed
     * @return how many records came out
     */
    public int run(RecordSource source, CaptureWriter writer, LongConsumer progress) throws IOException {
        Optional<CapturedRecord> current = source.next();
        Optional<CapturedRecord> next = current.isPresent() ? source.next() : Optional.empty();
        ReplayClock clock = new ReplayClock(timestamp(current).orElse(0), timestamp(next));
        OutputLog log = new OutputLog();
        PlaitTopology topology = new PlaitTopology(config, 1);
        try (TopologyTestDriver driver = new TopologyTestDriver(
                topology.get(), StreamsSettings.of(config), Instant.ofEpochMilli(clock.nowMs()))) {
            Run run = new Run(driver, topology.clockTopics(), log, clock);
            slos.forEach(run::define);
            long replayed = 0;
            while (current.isPresent()) {
                run.advance(clock.stepMs(current.get().timestampMs(), timestamp(next)));
                if (isSource(current.get().topic())) {
                    run.pipe(current.get());
                } else {
                    passedOver.merge(current.get().topic(), 1L, Long::sum);
                }
                progress.accept(++replayed);
                current = next;
                next = next.isPresent() ? source.next() : next;
            }
            run.finish();
        }
        log.writeTo(writer);
        return log.size();
    }

    private boolean isSource(String topic) {
        return config.sources().stream().anyMatch(source -> source.covers(topic));
    }

    private static OptionalLong timestamp(Optional<CapturedRecord> one) {
        return one.isPresent() ? OptionalLong.of(one.get().timestampMs()) : OptionalLong.empty();
    }

    /** One driver and the topics in use. */
    private final class Run {
        private final TopologyTestDriver driver;
        private final OutputLog log;
        private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new TreeMap<>();
        private final Map<String, TestOutputTopic<byte[], byte[]>> produced = new TreeMap<>();
        private final List<String> clockTopics;
        private final ReplayClock clock;
        private int piped;

        Run(TopologyTestDriver driver, List<String> clockTopics, OutputLog log, ReplayClock clock) {
            this.driver = driver;
            this.clockTopics = clockTopics;
            this.log = log;
            this.clock = clock;
        }

        /**
         * All that comes from now on arrives at this time or later: what is due before is closed before. The clock goes through
         * a gap in the records in steps, as it does live.
         */
        void advance(long stepMs) {
            long longMs = Math.max(0, stepMs - LONGEST_GAP.toMillis());
            tick(longMs, clock.nowMs() - stepMs + longMs);
            for (long left = stepMs - longMs; left > 0; left -= GAP_STEP.toMillis()) {
                long pieceMs = Math.min(left, GAP_STEP.toMillis());
                tick(pieceMs, clock.nowMs() - left + pieceMs);
            }
        }

        private void tick(long stepMs, long atMs) {
            if (stepMs > 0) {
                driver.advanceWallClockTime(Duration.ofMillis(stepMs));
                byte[] tick = PlaitTopology.tick(atMs);
                clockTopics.forEach(topic -> input(topic).pipeInput(new TestRecord<>(CLOCK_KEY, tick, null, atMs)));
                drain();
            }
        }

        private TestInputTopic<byte[], byte[]> input(String topic) {
            return inputs.computeIfAbsent(
                    topic, name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
        }

        /** As the topic of definitions gives it to every instance before anything else is read. */
        void define(SloDefinition slo) {
            byte[] key = slo.name().getBytes(StandardCharsets.UTF_8);
            byte[] value = SloDefinitionJson.write(slo.effectiveAt(0));
            input(Topics.SLO_DEFINITIONS).pipeInput(new TestRecord<>(key, value, null, clock.nowMs()));
        }

        void pipe(CapturedRecord one) {
            RecordHeaders headers = new RecordHeaders();
            one.headers()
                    .forEach(header -> headers.add(header.name(), header.value().orElse(null)));
            input(one.topic())
                    .pipeInput(new TestRecord<>(
                            one.key().orElse(null), one.value().orElse(null), headers, Math.max(0, one.timestampMs())));
            if (++piped % DRAIN_EACH == 0) {
                drain();
            }
        }

        /**
         * A limit closes a trace at most max-age after it began, and one more revision may follow at idle. Its edges may come
         * into a window that began then, and that is final after its grace.
         */
        void finish() {
            TraceRules rules = config.traces().rules();
            long untilClosedMs = config.traces().sourceIdle().toMillis()
                    + rules.maxAgeMs()
                    + 2 * rules.idleGapMs()
                    + 2 * rules.afterRootMs()
                    + config.red().window().toMillis()
                    + config.red().grace().toMillis()
                    + LAST_EVALUATION.toMillis();
            for (long at = 0; at < untilClosedMs; at += END_STEP.toMillis()) {
                clock.advance(END_STEP.toMillis());
                advance(END_STEP.toMillis());
            }
            drain();
        }

        private void drain() {
            for (String topic : driver.producedTopicNames()) {
                List<TestRecord<byte[], byte[]>> records = produced.computeIfAbsent(
                                topic,
                                name -> driver.createOutputTopic(
                                        name, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                        .readRecordsToList();
                if (TopicAdmin.OUTPUTS.contains(topic)) {
                    records.forEach(one -> log.add(captured(topic, one)));
                }
            }
        }

        private CapturedRecord captured(String topic, TestRecord<byte[], byte[]> one) {
            List<CapturedRecord.Header> headers = new ArrayList<>();
            for (Header header : one.headers()) {
                headers.add(new CapturedRecord.Header(header.key(), Optional.ofNullable(header.value())));
            }
            return new CapturedRecord(
                    topic,
                    one.timestamp(),
                    Optional.ofNullable(one.key()),
                    headers,
                    Optional.ofNullable(one.value()),
                    OptionalInt.empty(),
                    OptionalLong.empty());
        }
    }
}
