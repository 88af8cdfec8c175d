package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Frames of random items: what went in comes out, and nothing else is ever taken for a frame. */
class FramePropertyTest {
    private static final int PARTITIONS = 3;

    private record Item(
            int partition,
            long high,
            long low,
            long spanId,
            long parent,
            int flags,
            ByteString resource,
            ByteString scope,
            ByteString bytes) {}

    @Property(tries = 200)
    void frames_giveBackEveryItemInOrder(@ForAll long seed, @ForAll @IntRange(max = 200) int count) {
        List<Item> items = items(new Random(seed), count, 2_000);
        FrameSet set = new FrameSet(PARTITIONS);
        write(set, items(new Random(seed + 1), 5, 100), Map.of("of", "another record"));

        List<List<Frame>> frames = write(set, items, Map.of("seed", Long.toString(seed)));

        expect(frames, items, new BitSet());
    }

    @Property(tries = 20)
    void frames_areSplitAndNeverAboveTheLimit(@ForAll long seed) {
        List<Item> items = items(new Random(seed), 120, 60_000);

        List<List<Frame>> frames = write(new FrameSet(PARTITIONS), items, Map.of());

        expect(frames, items, new BitSet());
        assertThat(frames.stream().mapToInt(List::size).max().orElseThrow()).isGreaterThan(1);
    }

    @Property(tries = 200)
    void without_dropsJustTheBytesOfTheItemsNamed(@ForAll long seed, @ForAll @IntRange(max = 100) int count) {
        Random random = new Random(seed);
        List<Item> items = items(random, count, 500);
        for (int i = 0; i < count; i++) {
            Item item = items.get(i);
            items.set(
                    i,
                    new Item(
                            0,
                            item.high,
                            item.low,
                            item.spanId,
                            item.parent,
                            item.flags,
                            item.resource,
                            item.scope,
                            item.bytes));
        }
        BitSet dropped = new BitSet();
        for (int i = 0; i < count; i++) {
            dropped.set(i, random.nextInt(3) > 0);
        }
        List<byte[]> bytes = bytes(new FrameSet(1), items, Map.of("a", "b"));

        for (byte[] frame : bytes) {
            byte[] less = Frame.of(frame).without(dropped);

            assertThat(Frame.of(less).bodyBytes())
                    .isLessThanOrEqualTo(Frame.of(frame).bodyBytes());
            expect(List.of(List.of(Frame.of(less))), items, dropped);
        }
    }

    @Property(tries = 30)
    void frame_cutAnywhereIsRefused(@ForAll long seed, @ForAll @IntRange(max = 20) int count) {
        for (byte[] frame : bytes(new FrameSet(PARTITIONS), items(new Random(seed), count, 100), Map.of("a", "b"))) {
            for (int length = 0; length < frame.length; length++) {
                byte[] cut = Arrays.copyOf(frame, length);
                assertThatIllegalStateException().isThrownBy(() -> Frame.of(cut));
            }
        }
    }

    @Property(tries = 60)
    void frame_withAFlippedBitIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int count) {
        Random random = new Random(seed);
        SliceReader slices = new SliceReader();
        for (byte[] frame : bytes(new FrameSet(PARTITIONS), items(random, count, 300), Map.of("a", "b"))) {
            for (int bit = random.nextInt(8); bit < frame.length * 8; bit += 1 + random.nextInt(40)) {
                byte[] flipped = frame.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                readAll(flipped, slices);
            }
        }
    }

    private static void readAll(byte[] bytes, SliceReader slices) {
        try {
            Frame frame = Frame.of(bytes);
            frame.tags();
            for (int i = 0; i < frame.size(); i++) {
                slices.span(frame, i);
                slices.log(frame, i);
                slices.exemplar(frame, i);
            }
            BitSet even = new BitSet();
            even.set(0);
            frame.without(even);
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageStartingWith("corrupt frame");
        }
    }

    private static List<Item> items(Random random, int count, int maxBytes) {
        List<Item> items = new ArrayList<>();
        ByteString resource = slice(random, 200);
        ByteString scope = slice(random, 50);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                resource = random.nextInt(4) == 0 ? ByteString.EMPTY : slice(random, 200);
            }
            if (random.nextInt(4) == 0) {
                scope = random.nextInt(4) == 0 ? ByteString.EMPTY : slice(random, 50);
            }
            items.add(new Item(
                    random.nextInt(PARTITIONS),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextInt(1 << 16),
                    resource,
                    scope,
                    slice(random, maxBytes)));
        }
        return items;
    }

    /** Half of them compress. */
    private static ByteString slice(Random random, int maxBytes) {
        byte[] bytes = new byte[random.nextInt(maxBytes)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        } else {
            Arrays.fill(bytes, (byte) random.nextInt(256));
        }
        return ByteString.copyFrom(bytes);
    }

    private static List<List<Frame>> write(FrameSet set, List<Item> items, Map<String, String> tags) {
        List<List<Frame>> frames = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            frames.add(new ArrayList<>());
        }
        add(set, items, tags);
        set.drain(3, 4, 5, (partition, bytes) -> {
            assertThat(bytes).hasSizeLessThanOrEqualTo(FrameSet.MAX_FRAME_BYTES);
            Frame frame = Frame.of(bytes);
            assertThat(frame.tags()).isEqualTo(tags);
            assertThat(frame.source()).isEqualTo(Source.ENVOY);
            frames.get(partition).add(frame);
        });
        return frames;
    }

    private static List<byte[]> bytes(FrameSet set, List<Item> items, Map<String, String> tags) {
        List<byte[]> frames = new ArrayList<>();
        add(set, items, tags);
        set.drain(3, 4, 5, (partition, bytes) -> frames.add(bytes));
        return frames;
    }

    private static void add(FrameSet set, List<Item> items, Map<String, String> tags) {
        set.start(Source.ENVOY, tags);
        ByteString lastResource = ByteString.EMPTY;
        ByteString lastScope = ByteString.EMPTY;
        int resource = FrameSet.NONE;
        int scope = FrameSet.NONE;
        for (Item item : items) {
            if (!item.resource.equals(lastResource)) {
                byte[] bytes = item.resource.toByteArray();
                resource = bytes.length == 0 ? FrameSet.NONE : set.resource(bytes, 0, bytes.length);
                lastResource = item.resource;
            }
            if (!item.scope.equals(lastScope)) {
                byte[] bytes = item.scope.toByteArray();
                scope = bytes.length == 0 ? FrameSet.NONE : set.scope(bytes, 0, bytes.length);
                lastScope = item.scope;
            }
            byte[] bytes = item.bytes.toByteArray();
            set.add(
                    item.partition,
                    item.high,
                    item.low,
                    item.spanId,
                    item.parent,
                    item.flags,
                    resource,
                    scope,
                    bytes,
                    0,
                    bytes.length);
        }
    }

    private static void expect(List<List<Frame>> frames, List<Item> items, BitSet dropped) {
        int[] frame = new int[frames.size()];
        int[] next = new int[frames.size()];
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            List<Frame> own = frames.get(item.partition);
            if (next[item.partition] == own.get(frame[item.partition]).size()) {
                frame[item.partition]++;
                next[item.partition] = 0;
            }
            expect(own.get(frame[item.partition]), next[item.partition]++, item, dropped.get(i));
        }
        assertThat(frames.stream().flatMap(List::stream).mapToInt(Frame::size).sum())
                .isEqualTo(items.size());
    }

    private static void expect(Frame frame, int i, Item item, boolean dropped) {
        assertThat(frame.traceHigh(i)).isEqualTo(item.high);
        assertThat(frame.traceLow(i)).isEqualTo(item.low);
        assertThat(frame.spanId(i)).isEqualTo(item.spanId);
        assertThat(frame.parentSpanId(i)).isEqualTo(item.parent);
        assertThat(frame.flags(i)).isEqualTo(dropped ? item.flags | ItemFlags.TRUNCATED : item.flags);
        assertThat(frame.sizeBytes(i)).isEqualTo(item.bytes.size());
        assertThat(frame.length(i)).isEqualTo(dropped ? 0 : item.bytes.size());
        if (!dropped) {
            assertThat(slice(frame, frame.offset(i), frame.length(i))).isEqualTo(item.bytes);
            assertThat(slice(frame, frame.resourceOffset(i), frame.resourceLength(i)))
                    .isEqualTo(item.resource);
            assertThat(slice(frame, frame.scopeOffset(i), frame.scopeLength(i))).isEqualTo(item.scope);
        }
    }

    private static ByteString slice(Frame frame, int offset, int length) {
        return ByteString.copyFrom(frame.body(), offset, length);
    }
}
