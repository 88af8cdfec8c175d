package dev.plait.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final byte[] RESOURCE = "the resource".getBytes(UTF_8);
    private static final byte[] SCOPE = "the scope".getBytes(UTF_8);
    private static final byte[] ITEM = "an item of some length, as spans are".getBytes(UTF_8);

    private final FrameSet set = new FrameSet(4);
    private final List<byte[]> frames = new ArrayList<>();
    private final List<Integer> partitions = new ArrayList<>();

    @Test
    void frame_tellsWhatWasAdded() {
        set.start(Source.KONG, Map.of("region", "eu-west-1", "gateway", "edge-eu"));
        int resource = set.resource(RESOURCE, 0, RESOURCE.length);
        int scope = set.scope(SCOPE, 4, 5);
        set.add(2, 0x11, -0x22, 0x33, -0x44, 0xf1e3, resource, scope, ITEM, 3, 4);

        drain(new Sender(Sender.Stage.MATCH, 7).code(), 1_000, 2_000);

        assertThat(partitions).containsExactly(2);
        Frame frame = Frame.of(frames.get(0));
        assertThat(Sender.ofCode(frame.sender())).isEqualTo(new Sender(Sender.Stage.MATCH, 7));
        assertThat(frame.watermarkMs()).isEqualTo(1_000);
        assertThat(frame.arrivalMs()).isEqualTo(2_000);
        assertThat(frame.source()).isEqualTo(Source.KONG);
        assertThat(frame.tags()).containsOnly(Map.entry("gateway", "edge-eu"), Map.entry("region", "eu-west-1"));
        assertThat(frame.size()).isEqualTo(1);
        assertThat(frame.traceHigh(0)).isEqualTo(0x11);
        assertThat(frame.traceLow(0)).isEqualTo(-0x22);
        assertThat(frame.spanId(0)).isEqualTo(0x33);
        assertThat(frame.parentSpanId(0)).isEqualTo(-0x44);
        assertThat(frame.contentHash(0)).isEqualTo(-0x44);
        assertThat(frame.flags(0)).isEqualTo(0xf1e3);
        assertThat(frame.sizeBytes(0)).isEqualTo(4);
        assertThat(text(frame, frame.offset(0), frame.length(0))).isEqualTo("item");
        assertThat(text(frame, frame.resourceOffset(0), frame.resourceLength(0)))
                .isEqualTo("the resource");
        assertThat(text(frame, frame.scopeOffset(0), frame.scopeLength(0))).isEqualTo("scope");
    }

    @Test
    void stampedFrame_differsInSenderAndTimesAlone() {
        set.start(Source.KONG, Map.of());
        set.add(2, 0x11, -0x22, 0x33, -0x44, 0xf1e3, FrameSet.NONE, FrameSet.NONE, ITEM, 3, 4);
        drain(0, 1_000, 2_000);
        byte[] original = frames.get(0).clone();

        int sender = new Sender(Sender.Stage.RECEIVE, 5).code();
        Frame stamped = Frame.of(Frame.of(frames.get(0)).stamped(sender, 3_000, 4_000));

        assertThat(Sender.ofCode(stamped.sender())).isEqualTo(new Sender(Sender.Stage.RECEIVE, 5));
        assertThat(stamped.watermarkMs()).isEqualTo(3_000);
        assertThat(stamped.arrivalMs()).isEqualTo(4_000);
        assertThat(frames.get(0)).isEqualTo(original);
        assertThat(stamped.stamped(0, 1_000, 2_000)).isEqualTo(original);
    }

    @Test
    void frame_carriesOnlyOriginsThatItsItemsReferTo() {
        set.start(Source.OTLP, Map.of());
        byte[] unused = new byte[5_000];
        set.resource(unused, 0, unused.length);
        int resource = set.resource(RESOURCE, 0, RESOURCE.length);
        set.add(0, 0, 1, 1, 0, ItemFlags.SPAN, resource, FrameSet.NONE, ITEM, 0, ITEM.length);
        set.add(1, 0, 2, 2, 0, ItemFlags.SPAN, FrameSet.NONE, FrameSet.NONE, ITEM, 0, ITEM.length);

        drain(0, 0, 0);

        assertThat(frames.get(0)).hasSize(44 + 48 + 16 + RESOURCE.length + ITEM.length);
        assertThat(frames.get(1)).hasSize(44 + 48 + ITEM.length);
        assertThat(Frame.of(frames.get(1)).resourceLength(0)).isZero();
    }

    @Test
    void frame_writesResourceOnceWhileScopesChangeAndItemsWithoutOriginComeBetween() {
        set.start(Source.OTLP, Map.of());
        int resource = set.resource(RESOURCE, 0, RESOURCE.length);
        for (int i = 0; i < 4; i++) {
            int scope = set.scope(SCOPE, 0, 3 + i);
            set.add(0, 0, 1, i, 0, ItemFlags.SPAN, resource, scope, ITEM, 0, 1);
            set.add(0, 0, 1, i, 0, ItemFlags.ANNOUNCEMENT, FrameSet.NONE, FrameSet.NONE, ITEM, 0, 0);
            set.add(0, 0, 1, i, 0, ItemFlags.SPAN, resource, scope, ITEM, 0, 1);
        }

        drain(0, 0, 0);

        Frame frame = Frame.of(frames.get(0));
        assertThat(frames.get(0)).hasSize(44 + 12 * 48 + 4 * 16 + RESOURCE.length + 3 + 4 + 5 + 6 + 8);
        assertThat(text(frame, frame.resourceOffset(11), frame.resourceLength(11)))
                .isEqualTo("the resource");
        assertThat(text(frame, frame.scopeOffset(11), frame.scopeLength(11))).isEqualTo("the sc");
        assertThat(frame.resourceLength(10)).isZero();
    }

    @Test
    void frameSet_splitsFramesAboveTheLimit() {
        set.start(Source.OTLP, Map.of("zone", "a"));
        byte[] large = new byte[200 * 1024];
        int resource = set.resource(RESOURCE, 0, RESOURCE.length);
        for (int i = 0; i < 5; i++) {
            set.add(3, 0, 1, i, 0, ItemFlags.SPAN, resource, FrameSet.NONE, large, 0, large.length);
        }

        drain(0, 0, 0);

        assertThat(partitions).containsExactly(3, 3, 3);
        assertThat(frames.stream().map(Frame::of).map(Frame::size)).containsExactly(2, 2, 1);
        for (byte[] bytes : frames) {
            Frame frame = Frame.of(bytes);
            assertThat(frame.tags()).containsEntry("zone", "a");
            assertThat(text(frame, frame.resourceOffset(0), frame.resourceLength(0)))
                    .isEqualTo("the resource");
        }
    }

    @Test
    void frameSet_forgetsWhatWasNotDrained() {
        set.start(Source.OTLP, Map.of());
        set.add(0, 0, 1, 1, 0, ItemFlags.SPAN, FrameSet.NONE, FrameSet.NONE, ITEM, 0, ITEM.length);
        set.start(Source.KONG, Map.of());

        drain(0, 0, 0);

        assertThat(frames).isEmpty();
    }

    @Test
    void frameSet_failsOnSlicesOfAnotherRecord() {
        set.start(Source.OTLP, Map.of());
        int resource = set.resource(RESOURCE, 0, RESOURCE.length);
        set.start(Source.OTLP, Map.of());

        assertThatThrownBy(() -> set.add(0, 0, 1, 1, 0, ItemFlags.SPAN, resource, FrameSet.NONE, ITEM, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void marked_setsBitsOfSomeItemsAndChangesNothingElse() {
        set.start(Source.KONG, Map.of());
        for (int i = 0; i < 3; i++) {
            set.add(0, 5, 6, i, 0, ItemFlags.LOG, FrameSet.NONE, FrameSet.NONE, ITEM, 0, ITEM.length);
        }
        drain(3, 4, 5);
        byte[] before = frames.get(0).clone();
        BitSet marked = new BitSet();
        marked.set(1);

        Frame frame = Frame.of(Frame.of(frames.get(0)).marked(marked, ItemFlags.COUNTED));

        assertThat(frame.flags(0)).isEqualTo(ItemFlags.LOG);
        assertThat(frame.flags(1)).isEqualTo(ItemFlags.LOG | ItemFlags.COUNTED);
        assertThat(frame.flags(2)).isEqualTo(ItemFlags.LOG);
        assertThat(text(frame, frame.offset(1), frame.length(1))).isEqualTo(new String(ITEM, UTF_8));
        assertThat(frames.get(0)).isEqualTo(before);
    }

    @Test
    void without_dropsBytesAndKeepsTheIndex() {
        set.start(Source.OTLP, Map.of("zone", "a"));
        int resource = set.resource(RESOURCE, 0, RESOURCE.length);
        int scope = set.scope(SCOPE, 0, SCOPE.length);
        for (int i = 0; i < 100; i++) {
            set.add(0, 5, 6, i, 0, ItemFlags.SPAN, resource, scope, ITEM, 0, ITEM.length);
        }
        drain(3, 4, 5);
        BitSet dropped = new BitSet();
        dropped.set(0, 99);

        byte[] less = Frame.of(frames.get(0)).without(dropped);

        Frame frame = Frame.of(less);
        assertThat(frame.size()).isEqualTo(100);
        assertThat(frame.tags()).containsEntry("zone", "a");
        assertThat(frame.sender()).isEqualTo(3);
        assertThat(frame.watermarkMs()).isEqualTo(4);
        assertThat(frame.arrivalMs()).isEqualTo(5);
        assertThat(frame.length(7)).isZero();
        assertThat(frame.sizeBytes(7)).isEqualTo(ITEM.length);
        assertThat(frame.spanId(7)).isEqualTo(7);
        assertThat(ItemFlags.has(frame.flags(7), ItemFlags.TRUNCATED)).isTrue();
        assertThat(ItemFlags.has(frame.flags(99), ItemFlags.TRUNCATED)).isFalse();
        assertThat(text(frame, frame.offset(99), frame.length(99))).isEqualTo(new String(ITEM, UTF_8));
        assertThat(text(frame, frame.resourceOffset(99), frame.resourceLength(99)))
                .isEqualTo("the resource");
        int tagBytes = 2 + 4 + 2 + 1;
        assertThat(less).hasSize(44 + 100 * 48 + 16 + tagBytes + RESOURCE.length + SCOPE.length + ITEM.length);
    }

    @Test
    void tick_hasNoItems() {
        Frame tick = Frame.of(Frame.tick(9, Frame.IDLE));

        assertThat(tick.size()).isZero();
        assertThat(tick.sender()).isEqualTo(9);
        assertThat(tick.watermarkMs()).isEqualTo(Frame.IDLE);
        assertThat(tick.tags()).isEmpty();
        assertThatThrownBy(() -> tick.traceLow(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void frame_failsOnCorruptBlock() {
        set.start(Source.OTLP, Map.of());
        byte[] zeros = new byte[4_000];
        set.add(0, 0, 1, 1, 0, ItemFlags.SPAN, FrameSet.NONE, FrameSet.NONE, zeros, 0, zeros.length);
        drain(0, 0, 0);
        byte[] bytes = frames.get(0);
        bytes[bytes.length - 12] ^= 0x55;
        bytes[93] ^= 0x70;

        Frame frame = Frame.of(bytes);

        assertThat(bytes.length).isLessThan(200);
        assertThatIllegalStateException().isThrownBy(frame::body).withMessageContaining("corrupt frame");
    }

    private void drain(int sender, long watermarkMs, long arrivalMs) {
        set.drain(sender, watermarkMs, arrivalMs, (partition, frame) -> {
            partitions.add(partition);
            frames.add(frame);
        });
    }

    private static String text(Frame frame, int offset, int length) {
        return new String(frame.body(), offset, length, UTF_8);
    }
}
