package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.red.RedDelta;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.wire.Sender;
import dev.plait.schemas.wire.Sender.Stage;
import dev.plait.schemas.wire.SloDefinitionJson;
import dev.plait.topology.config.PlaitConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The window task as Kafka Streams sees it: senders that run ahead of each other, and restarts from nothing but its stores. */
class AggregateWindowsTest {
    private static final int ONE = new Sender(Stage.ASSEMBLE, 0).code();
    private static final int OTHER = new Sender(Stage.MATCH, 0).code();
    private static final long START_MS = 1_767_225_600_000L;
    private static final String SERIES = "service=orders,route=,method=GET,status_class=2xx,source=span";

    private static final SloDefinition SLO = new SloDefinition(
            "orders",
            "",
            "",
            "orders",
            0,
            new Indicator(RequestSource.SPAN, Optional.empty(), Filter.ALL, Filter.ALL, false),
            List.of(),
            0.99,
            30,
            30 * 86_400_000L,
            10,
            3,
            List.of());

    private final PlaitConfig config = PlaitConfig.parse("application: { partitions: 1 }", Map.of());

    @Test
    void deltas_areTakenInTheOrderOfArrivalWhoeverRunsAhead() {
        List<byte[]> one = deltas(ONE, new Random(1), 200);
        List<byte[]> other = deltas(OTHER, new Random(2), 200);
        Run inTurns = new Run();
        Run oneAhead = new Run();

        for (int i = 0; i < one.size(); i++) {
            inTurns.accept(one.get(i));
            inTurns.accept(other.get(i));
        }
        one.forEach(oneAhead::accept);
        other.forEach(oneAhead::accept);
        inTurns.end();
        oneAhead.end();

        assertThat(inTurns.written()).hasSizeGreaterThan(20);
        assertThat(oneAhead.written()).isEqualTo(inTurns.written());
    }

    @Test
    void restart_changesNothing() {
        List<byte[]> input = new ArrayList<>();
        List<byte[]> one = deltas(ONE, new Random(3), 200);
        List<byte[]> other = deltas(OTHER, new Random(4), 200);
        for (int i = 0; i < one.size(); i++) {
            input.add(one.get(i));
            input.add(other.get((i + 7) % other.size()));
        }
        Run uninterrupted = new Run();
        input.forEach(uninterrupted::accept);
        uninterrupted.end();

        for (int cut : new int[] {1, 2, 57, 200, 399}) {
            Run before = new Run();
            input.subList(0, cut).forEach(before::accept);
            Run after = new Run(before);
            input.subList(cut, input.size()).forEach(after::accept);
            after.end();

            List<String> both = new ArrayList<>(before.written());
            both.addAll(after.written());
            assertThat(both).as("restart after delta %d", cut).isEqualTo(uninterrupted.written());
        }
    }

    @Test
    void definitions_thatCannotBeReadAreIgnored() {
        SloDefinitionFeed feed = feed();
        long version = feed.snapshot().version();

        define(feed, "orders", "{\"version\":1,".getBytes(StandardCharsets.UTF_8));
        define(feed, "another name", SloDefinitionJson.write(SLO));

        assertThat(feed.snapshot().version()).isEqualTo(version);
        assertThat(feed.snapshot().current()).containsOnlyKeys("orders");
    }

    @Test
    void definition_thatIsDeletedIsForgotten() {
        Run run = new Run();
        deltas(ONE, new Random(5), 20).forEach(run::accept);
        define(run.feed, "orders", null);

        run.end();

        assertThat(run.slos.approximateNumEntries())
                .as("the time of the last evaluation")
                .isEqualTo(1);
    }

    @Test
    void definition_thatSaysTheSameAgainKeepsItsTime() {
        SloDefinitionFeed feed = feed();
        define(feed, "orders", SloDefinitionJson.write(grouped("route").effectiveAt(1_000)));
        long version = feed.snapshot().version();

        define(feed, "orders", SloDefinitionJson.write(grouped("route").effectiveAt(2_000)));

        assertThat(feed.snapshot().version()).isEqualTo(version);
        assertThat(feed.snapshot().replaced()).containsExactly(new SloDefinitionFeed.Replaced(SLO, 1_000));
    }

    @Test
    void definition_withoutAKeyIsIgnored() {
        SloDefinitionFeed feed = feed();

        define(feed, null, null);

        assertThat(feed.snapshot().current()).containsOnlyKeys("orders");
    }

    @Test
    void groups_endWhenTheDefinitionGroupsByAnother() {
        Run run = new Run();
        define(run.feed, "orders", SloDefinitionJson.write(grouped("route")));
        run.accept(groups(2, START_MS));
        run.accept(Delta.tick(OTHER, START_MS));
        assertThat(run.keys()).anyMatch(key -> key.startsWith("orders/route=%2F1"));

        define(run.feed, "orders", SloDefinitionJson.write(grouped("service")));
        run.accept(groups(2, START_MS + 10_000));
        run.end();

        assertThat(run.keys()).noneMatch(key -> key.contains("route="));
    }

    @Test
    void catchUp_doesNotDoTheWorkOfAnHourInOneCall() {
        Run run = new Run();
        define(run.feed, "orders", SloDefinitionJson.write(grouped("route")));
        run.accept(groups(2_000, START_MS));
        run.accept(Delta.tick(OTHER, START_MS + 3_600_000));
        int before = run.context.forwarded().size();

        run.accept(Delta.tick(ONE, START_MS + 3_600_000));

        assertThat(run.context.forwarded().size() - before).isBetween(2_000, 25_000);
        for (int call = 0; call < 40; call++) {
            run.accept(Delta.tick(ONE, START_MS + 3_600_000));
        }
        assertThat(run.lastWrittenMs()).isEqualTo(START_MS + 3_600_000);
    }

    @Test
    void clock_thatBeganIn1970DoesNotPassThroughAllYearsSince() {
        Run run = new Run();
        run.accept(Delta.tick(ONE, 1_000));
        run.accept(Delta.tick(OTHER, 1_000));

        for (int call = 0; call < 2_500; call++) {
            run.accept(Delta.tick(ONE, START_MS));
            run.accept(Delta.tick(OTHER, START_MS));
        }

        assertThat(run.lastWrittenMs()).isEqualTo(START_MS);
    }

    private static SloDefinition grouped(String by) {
        return new SloDefinition(
                SLO.name(),
                SLO.displayName(),
                SLO.description(),
                SLO.service(),
                0,
                SLO.indicator(),
                List.of(by),
                SLO.target(),
                SLO.windowDays(),
                SLO.periodMs(),
                SLO.minEvents(),
                SLO.minBad(),
                SLO.alerts());
    }

    /** One good request of each of so many routes. */
    private static byte[] groups(int count, long arrivalMs) {
        DeltaPart part = new DeltaPart();
        for (int i = 0; i < count; i++) {
            part.slo(new SloKey("orders", Map.of("route", "/" + i)), SloSelector.bucketMs(arrivalMs))
                    .good(1);
        }
        List<byte[]> deltas = new ArrayList<>();
        part.write(piece -> deltas.add(Delta.bytes(ONE, arrivalMs, arrivalMs, piece)));
        assertThat(deltas).hasSize(1);
        return deltas.get(0);
    }

    /** What one sender counts: a delta each second or so, of requests of the last ten seconds. */
    private static List<byte[]> deltas(int sender, Random random, int count) {
        List<byte[]> deltas = new ArrayList<>();
        long arrivalMs = START_MS;
        for (int i = 0; i < count; i++) {
            arrivalMs += random.nextInt(2_000);
            DeltaPart part = new DeltaPart();
            for (int n = random.nextInt(4); n >= 0; n--) {
                long endMs = arrivalMs - random.nextInt(10_000);
                boolean bad = random.nextInt(5) == 0;
                RedDelta red = part.red(SERIES, Math.floorDiv(endMs, 10_000) * 10_000);
                red.add(request(endMs, bad, random.nextInt(1_000_000_000)));
                SloTally tally = part.slo(new SloKey("orders", Map.of()), SloSelector.bucketMs(endMs));
                if (bad) {
                    tally.bad(request(endMs, true, 1), 1);
                } else {
                    tally.good(1);
                }
            }
            long atMs = arrivalMs;
            part.write(piece -> deltas.add(Delta.bytes(sender, atMs, atMs, piece)));
        }
        return deltas;
    }

    private static CountedRequest request(long endMs, boolean error, long durationNanos) {
        return new CountedRequest(
                RequestSource.SPAN,
                "orders",
                "",
                "GET",
                "/orders",
                error ? 500 : 200,
                error,
                "server",
                "",
                Map.of(),
                Map.of(),
                endMs * 1_000_000,
                durationNanos,
                0,
                0);
    }

    private static SloDefinitionFeed feed() {
        SloDefinitionFeed feed = new SloDefinitionFeed();
        define(feed, "orders", SloDefinitionJson.write(SLO));
        return feed;
    }

    private static void define(SloDefinitionFeed feed, String name, byte[] value) {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store(context, TraceStores.DEFINITIONS, Serdes.String());
        var reader = feed.get();
        reader.init(context);
        reader.process(new Record<>(name, value, 0));
        reader.close();
    }

    private static <K> KeyValueStore<K, byte[]> store(MockProcessorContext<?, ?> context, String name, Serde<K> keys) {
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    /** One life of the processor, over stores of its own or copies of those that an earlier life left. */
    private final class Run {
        private final MockProcessorContext<String, Windowed> context = new MockProcessorContext<>();
        private final SloDefinitionFeed feed = feed();
        private final KeyValueStore<Long, byte[]> deltas = store(context, TraceStores.DELTAS, Serdes.Long());
        private final KeyValueStore<String, byte[]> red = store(context, TraceStores.RED, Serdes.String());
        private final KeyValueStore<String, byte[]> edges = store(context, TraceStores.EDGES, Serdes.String());
        private final KeyValueStore<String, byte[]> measures = store(context, TraceStores.MEASURES, Serdes.String());
        private final KeyValueStore<String, byte[]> slos = store(context, TraceStores.SLOS, Serdes.String());
        private final AggregateWindows windows = new AggregateWindows(config, feed, Set.of(ONE, OTHER));

        Run() {
            start();
        }

        Run(Run before) {
            copy(before.deltas, deltas);
            copy(before.red, red);
            copy(before.edges, edges);
            copy(before.measures, measures);
            copy(before.slos, slos);
            start();
        }

        private void start() {
            context.setCurrentSystemTimeMs(START_MS);
            windows.init(context);
        }

        void accept(byte[] delta) {
            windows.process(new Record<>(PartitionKey.of(0), delta, 0));
        }

        /** Both senders are far ahead, so that every window is final. */
        void end() {
            long endMs = START_MS + 3_600_000;
            accept(Delta.tick(ONE, endMs));
            accept(Delta.tick(OTHER, endMs));
        }

        List<String> keys() {
            List<String> keys = new ArrayList<>();
            try (KeyValueIterator<String, byte[]> all = slos.all()) {
                all.forEachRemaining(entry -> keys.add(entry.key));
            }
            return keys;
        }

        long lastWrittenMs() {
            var forwarded = context.forwarded();
            return forwarded.get(forwarded.size() - 1).record().timestamp();
        }

        List<String> written() {
            List<String> written = new ArrayList<>();
            context.forwarded()
                    .forEach(one -> written.add(
                            one.record().timestamp() + " " + one.record().key() + " "
                                    + new String(one.record().value().bytes(), StandardCharsets.UTF_8)));
            return Collections.unmodifiableList(written);
        }

        private <K> void copy(KeyValueStore<K, byte[]> from, KeyValueStore<K, byte[]> to) {
            Map<K, byte[]> all = new HashMap<>();
            try (KeyValueIterator<K, byte[]> entries = from.all()) {
                while (entries.hasNext()) {
                    KeyValue<K, byte[]> entry = entries.next();
                    all.put(entry.key, entry.value);
                }
            }
            all.forEach(to::put);
        }
    }
}
