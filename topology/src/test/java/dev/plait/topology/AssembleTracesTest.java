package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.graph.EdgeDelta;
import dev.plait.correlator.measure.MeasureDelta;
import dev.plait.correlator.red.RedDelta;
import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloEvidence;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.FrameSet;
import dev.plait.schemas.wire.ProtoWriter;
import dev.plait.schemas.wire.Sender;
import dev.plait.schemas.wire.Sender.Stage;
import dev.plait.topology.config.PlaitConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The assembler as Kafka Streams sees it: several senders, and a restart from nothing but its stores. */
class AssembleTracesTest {
    private static final int ONE = new Sender(Stage.DECODE, 0).code();
    private static final int OTHER = new Sender(Stage.DECODE, 1).code();
    private static final long HOUR_MS = 3_600_000;

    private final PlaitConfig config = PlaitConfig.defaults();
    private final FrameSet frames = new FrameSet(1);
    private final ProtoWriter proto = new ProtoWriter();

    @Test
    void assembler_waitsForASenderThatIsAnHourBehind() {
        Run run = new Run(Set.of(ONE, OTHER));

        run.frame(ONE, HOUR_MS, span(1, 10, 0));
        run.frame(OTHER, 0, span(2, 20, 0));
        run.frame(ONE, HOUR_MS + 60_000, span(3, 30, 0));
        run.frame(OTHER, 3_000, span(2, 21, 20));
        run.frame(OTHER, 7_000, span(4, 40, 0));

        assertThat(run.revisions()).containsExactly("00000000000000000000000000000002 r1 s2");
    }

    @Test
    void assembler_waitsForASenderThatWasNotHeardYet() {
        Run run = new Run(Set.of(ONE, OTHER));

        run.frame(ONE, HOUR_MS, span(1, 10, 0));
        run.frame(ONE, HOUR_MS + 60_000, span(3, 30, 0));

        assertThat(run.revisions()).isEmpty();
    }

    @Test
    void assembler_leavesOutASenderThatHasNothingToSend() {
        Run run = new Run(Set.of(ONE, OTHER));

        run.tick(OTHER, Frame.IDLE);
        run.frame(ONE, HOUR_MS, span(1, 10, 0));
        run.tick(ONE, HOUR_MS + 6_000);

        assertThat(run.revisions()).containsExactly("00000000000000000000000000000001 r1 s1");
    }

    @Test
    void assembler_goesOnAfterARestartAsIfNothingHadHappened() {
        long seed = 20261120L;
        List<byte[]> input = randomFrames(new Random(seed), 600);
        Run uninterrupted = new Run(Set.of(ONE));
        input.forEach(uninterrupted::accept);

        for (int cut : new int[] {1, 50, 199, 333, 480, 599}) {
            Run before = new Run(Set.of(ONE));
            input.subList(0, cut).forEach(before::accept);
            Run after = new Run(Set.of(ONE), before.open, before.closed);
            input.subList(cut, input.size()).forEach(after::accept);

            List<String> both = new ArrayList<>(before.revisions());
            both.addAll(after.revisions());
            assertThat(both).as("seed %d, restart after frame %d", seed, cut).isEqualTo(uninterrupted.revisions());
            assertThat(after.stored()).isEqualTo(uninterrupted.stored());
        }
    }

    @Test
    void assembler_countsFramesThatWaitedAtACrashOnce() {
        Run before = new Run(Set.of(ONE));
        for (int frame = 0; frame < 3; frame++) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                items.add(span(1 + frame * 1_000 + i, 10, 0));
            }
            before.frame(ONE, frame, items.toArray(Item[]::new));
        }
        before.frame(ONE, 60_000, span(5_000, 10, 0));

        Run after = new Run(Set.of(ONE), before.open, before.closed);
        after.frame(ONE, 60_001, span(5_001, 10, 0));
        after.tick(ONE, 70_000);
        after.look();

        assertThat(before.revisions()).as("a frame closes no more").hasSize(ClosingShare.PIECES_PER_FRAME + 4);
        assertThat(before.counted()).as("the fourth frame waits").isEqualTo(3_000);
        assertThat(after.counted()).isEqualTo(2);
        assertThat(before.revisions().size() + after.revisions().size()).isEqualTo(3_002);
    }

    /** A thread's tasks have one transaction between them, whose timeout must not depend on how much is due. */
    @Test
    void assembler_closesAShareOfWhatIsDueInOneLook() {
        Run run = new Run(Set.of(ONE));
        int tasks = config.application().partitions() / config.application().threads();
        int share = ClosingShare.PIECES_PER_ROUND / tasks;
        for (int frame = 0; frame < 2 * share / 1_000; frame++) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                items.add(span(1 + frame * 1_000 + i, 10, 0));
            }
            run.frame(ONE, frame, items.toArray(Item[]::new));
        }
        run.tick(ONE, 60_000);
        int before = run.revisions().size();

        run.look();

        assertThat(run.revisions()).hasSize(before + share);
        run.look();
        assertThat(run.revisions()).hasSize(2 * share);
    }

    /** Its trace of many spans is more than the others, and is closed nevertheless. */
    @Test
    void assembler_closesLessWithAFrameThanInALook_andMoreThanTheFrameBrings() {
        Run run = new Run(Set.of(ONE));
        for (int frame = 0; frame < 40; frame++) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                items.add(span(1 + frame, 1 + i, i));
            }
            run.frame(ONE, frame, items.toArray(Item[]::new));
        }

        run.tick(ONE, 60_000);
        assertThat(run.revisions()).as("begun while there was a share").hasSize(1);
        run.frame(ONE, 60_001, span(1_000, 1, 0), span(1_000, 2, 1));
        assertThat(run.revisions()).hasSize(2);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(span(1_001, 1 + i, i));
        }
        run.frame(ONE, 60_002, items.toArray(Item[]::new));
        assertThat(run.revisions()).as("four times what it brings, and some").hasSize(7);
    }

    @Test
    void assembler_doesNotWaitForASlowSenderWhenItKeepsTooMuch() {
        PlaitConfig small = PlaitConfig.parse("traces: { max-open-bytes: 1MiB }", Map.of());
        Run run = new Run(small, Set.of(ONE, OTHER));
        run.frame(OTHER, 0, span(1_000_000, 10, 0));

        for (int i = 0; i < 12_000; i++) {
            run.frame(ONE, HOUR_MS + i, span(1 + i, 10, 0));
        }
        run.frame(ONE, HOUR_MS + 60_000, span(2_000_000, 10, 0));

        assertThat(run.revisions()).hasSizeGreaterThan(2_000);
    }

    @Test
    void assembler_startsOverWhenItsTaskIsRevived() {
        List<byte[]> input = randomFrames(new Random(99), 200);
        Run uninterrupted = new Run(Set.of(ONE));
        input.forEach(uninterrupted::accept);

        Run revived = new Run(Set.of(ONE));
        input.subList(0, 120).forEach(revived::accept);
        revived.assembler.close();
        revived.assembler.init(revived.context);
        input.subList(120, 200).forEach(revived::accept);

        assertThat(revived.revisions()).isEqualTo(uninterrupted.revisions());
    }

    @Test
    void assembler_keepsNothingForever() {
        Run run = new Run(Set.of(ONE));
        randomFrames(new Random(7), 300).forEach(run::accept);

        for (int hours = 100; hours < 103; hours++) {
            run.tick(ONE, hours * HOUR_MS);
            run.look();
        }

        assertThat(run.stored()).isZero();
    }

    /** Frames of some items each: traces of up to ten spans, out of order, some twice, some late. */
    private List<byte[]> randomFrames(Random random, int count) {
        List<byte[]> input = new ArrayList<>();
        long nowMs = 0;
        for (int i = 0; i < count; i++) {
            nowMs += random.nextInt(500);
            List<Item> items = new ArrayList<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                int trace = 1 + Math.max(0, i / 6 - random.nextInt(random.nextInt(10) == 0 ? 40 : 4));
                int span = 1 + random.nextInt(10);
                items.add(span(trace, span, span == 1 ? 0 : 1 + random.nextInt(span - 1)));
            }
            input.add(bytes(ONE, nowMs, nowMs, items.toArray(Item[]::new)));
        }
        return input;
    }

    private static Item span(long trace, long span, long parent) {
        return new Item(trace, span, parent);
    }

    private byte[] bytes(int sender, long watermarkMs, long arrivalMs, Item... items) {
        frames.start(Source.OTLP, Map.of());
        byte[] name = "resource".getBytes(StandardCharsets.UTF_8);
        for (Item item : items) {
            proto.clear();
            proto.id(1, 0, item.trace);
            proto.id(2, item.span);
            if (item.parent != 0) {
                proto.id(4, item.parent);
            }
            proto.bytes(5, name, 0, name.length);
            proto.fixed64(7, 1_000_000);
            proto.fixed64(8, 2_000_000 + item.span);
            int flags = ItemFlags.span(2) | ItemFlags.ENDED | (item.parent == 0 ? ItemFlags.ROOT : 0);
            frames.add(
                    0,
                    0,
                    item.trace,
                    item.span,
                    item.parent,
                    flags,
                    FrameSet.NONE,
                    FrameSet.NONE,
                    proto.bytes(),
                    0,
                    proto.size());
        }
        List<byte[]> out = new ArrayList<>();
        frames.drain(sender, watermarkMs, arrivalMs, (partition, frame) -> out.add(frame));
        return out.get(0);
    }

    private record Item(long trace, long span, long parent) {}

    /** One life of the processor, over stores of its own or those that an earlier life left. */
    private final class Run {
        private final MockProcessorContext<String, Emitted> context = new MockProcessorContext<>();
        private final KeyValueStore<Long, byte[]> open = store(TraceStores.OPEN);
        private final KeyValueStore<Long, byte[]> closed = store(TraceStores.CLOSED);
        private final AssembleTraces assembler;

        Run(Set<Integer> senders) {
            this(config, senders);
        }

        Run(PlaitConfig config, Set<Integer> senders) {
            context.setCurrentSystemTimeMs(0);
            assembler = new AssembleTraces(config, new SloDefinitionFeed(), senders);
            assembler.init(context);
        }

        Run(Set<Integer> senders, KeyValueStore<Long, byte[]> open, KeyValueStore<Long, byte[]> closed) {
            copy(open, this.open);
            copy(closed, this.closed);
            context.setCurrentSystemTimeMs(0);
            assembler = new AssembleTraces(config, new SloDefinitionFeed(), senders);
            assembler.init(context);
        }

        void frame(int sender, long atMs, Item... items) {
            accept(bytes(sender, atMs, atMs, items));
        }

        void tick(int sender, long watermarkMs) {
            accept(Frame.tick(sender, watermarkMs));
        }

        /** As each commit interval. */
        void look() {
            context.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(0));
        }

        void accept(byte[] frame) {
            assembler.process(new Record<>(PartitionKey.of(0), frame, 0));
        }

        /** What was emitted: ID, revision, spans in it. */
        List<String> revisions() {
            List<String> revisions = new ArrayList<>();
            for (var forward : context.forwarded()) {
                if (forward.record().value() instanceof Emitted.ToTraces trace) {
                    String json = new String(trace.bytes(), StandardCharsets.UTF_8);
                    revisions.add(forward.record().key() + " r" + between(json, "\"revision\":", ",") + " s"
                            + (json.split("\"parentSpanId\":", -1).length - 1));
                }
            }
            return revisions;
        }

        /** Requests that the window tasks were told of. */
        long counted() {
            long[] counted = {0};
            for (var forward : context.forwarded()) {
                if (forward.record().value() instanceof Emitted.ToWindows delta) {
                    counted[0] += requests(Delta.of(delta.bytes()));
                }
            }
            return counted[0];
        }

        private long requests(Delta delta) {
            long[] requests = {0};
            DeltaPart.read(delta.content(), new DeltaPart.Target() {
                @Override
                public void red(String series, long windowStartMs, RedDelta red) {
                    requests[0] += red.requests();
                }

                @Override
                public void edge(String edge, long windowStartMs, EdgeDelta delta) {}

                @Override
                public void measure(String series, long windowStartMs, MeasureDelta delta) {}

                @Override
                public void slo(SloKey key, SloCount count) {}

                @Override
                public void evidence(SloKey key, SloEvidence evidence) {}
            });
            return requests[0];
        }

        long stored() {
            return open.approximateNumEntries() + closed.approximateNumEntries();
        }

        private KeyValueStore<Long, byte[]> store(String name) {
            KeyValueStore<Long, byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.Long(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .withCachingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            return store;
        }

        private void copy(KeyValueStore<Long, byte[]> from, KeyValueStore<Long, byte[]> to) {
            Map<Long, byte[]> all = new HashMap<>();
            try (KeyValueIterator<Long, byte[]> entries = from.all()) {
                while (entries.hasNext()) {
                    KeyValue<Long, byte[]> entry = entries.next();
                    all.put(entry.key, entry.value);
                }
            }
            all.forEach(to::put);
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
