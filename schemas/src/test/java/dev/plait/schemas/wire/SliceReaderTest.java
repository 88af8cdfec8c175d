package dev.plait.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanStatus;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the slice reader makes of slices that are odd, cut or gone. */
class SliceReaderTest {
    private static final byte[] BAD_UTF8 = {'a', (byte) 0xff, 'b'};

    private final ProtoWriter out = new ProtoWriter();
    private final SliceReader reader = new SliceReader();

    @Test
    void reader_replacesBadUtf8() {
        out.bytes(5, BAD_UTF8, 0, 3);
        int attribute = out.begin(9);
        out.bytes(1, BAD_UTF8, 0, 3);
        int value = out.begin(2);
        out.bytes(1, BAD_UTF8, 0, 3);
        out.end(value);
        out.end(attribute);

        ReceivedSpan span = reader.span(frame(ItemFlags.SPAN), 0);

        assertThat(span.name()).isEqualTo("a\ufffdb");
        assertThat(span.attributes()).containsExactly(Map.entry("a\ufffdb", "a\ufffdb"));
    }

    @Test
    void accessLog_isOfWhenItsRequestBegan() {
        long loggedAt = 1_767_225_600_500_000_000L;
        Map<Double, Long> times = Map.of(
                1_767_225_600_381.0,
                1_767_225_600_381_000_000L,
                1_767_225_600_501.0,
                loggedAt,
                1_767_225_600.0,
                loggedAt,
                Double.NaN,
                loggedAt);

        times.forEach((startedAt, time) -> {
            out.clear();
            out.fixed64(1, loggedAt);
            int attribute = out.begin(6);
            out.text(1, "kong.request.started_at");
            int value = out.begin(2);
            out.fixed64(4, Double.doubleToRawLongBits(startedAt));
            out.end(value);
            out.end(attribute);

            assertThat(reader.log(frame(ItemFlags.LOG | ItemFlags.ACCESS_LOG), 0)
                            .timeEpochNanos())
                    .isEqualTo(time);
            assertThat(reader.log(frame(ItemFlags.LOG), 0).timeEpochNanos()).isEqualTo(loggedAt);
        });
    }

    @Test
    void reader_skipsFieldsOfOtherTypesAndUnknownOnes() {
        out.varint(5, 1);
        out.text(7, "no time");
        out.fixed32(9, 3);
        out.text(99, "unknown");
        out.text(5, "name");
        int status = out.begin(15);
        out.varint(3, 77);
        out.end(status);

        ReceivedSpan span = reader.span(frame(ItemFlags.span(3)), 0);

        assertThat(span.name()).isEqualTo("name");
        assertThat(span.startEpochNanos()).isZero();
        assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
        assertThat(span.attributes()).isEmpty();
    }

    @Test
    void reader_keepsWhatCameBeforeTheSliceBreaksOff() {
        out.text(5, "name");
        out.fixed64(7, 11);
        int before = out.size();
        out.fixed64(8, 12);
        byte[] cut = Arrays.copyOf(out.bytes(), before + 4);

        ReceivedSpan span = reader.span(frame(ItemFlags.SPAN, cut, 0), 0);

        assertThat(span.name()).isEqualTo("name");
        assertThat(span.startEpochNanos()).isEqualTo(11);
        assertThat(span.endEpochNanos()).isZero();
    }

    @Test
    void reader_takesTheLastOfFieldsThatComeTwice() {
        out.text(5, "first");
        out.text(5, "second");
        int attribute = out.begin(9);
        out.text(1, "key");
        int value = out.begin(2);
        out.text(1, "text");
        out.varint(3, 5);
        out.end(value);
        out.end(attribute);

        ReceivedSpan span = reader.span(frame(ItemFlags.SPAN), 0);

        assertThat(span.name()).isEqualTo("second");
        assertThat(span.attributes()).containsExactly(Map.entry("key", 5L));
    }

    @Test
    void reader_endsDeepNestingWithNull() {
        AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
        for (int i = 0; i < 90; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        byte[] bytes = value.toByteArray();
        out.bytes(5, bytes, 0, bytes.length);

        ReceivedLog log = reader.log(frame(ItemFlags.LOG), 0);

        assertThat(log.body()).isEqualTo("[".repeat(65) + "null" + "]".repeat(65));
    }

    @Test
    void reader_givesItemsWithoutBytesFromTheIndex() {
        out.text(5, "name");
        byte[] bytes = out.toByteArray();
        BitSet all = new BitSet();
        all.set(0);
        Frame dropped = Frame.of(
                frame(ItemFlags.span(2) | ItemFlags.ERROR, bytes, 1_500).without(all));

        ReceivedSpan span = reader.span(dropped, 0);
        ReceivedLog log = reader.log(dropped, 0);
        ReceivedExemplar exemplar = reader.exemplar(dropped, 0);

        assertThat(span.spanId()).isEqualTo(3);
        assertThat(span.parentSpanId()).isEqualTo(4);
        assertThat(span.name()).isEmpty();
        assertThat(span.error()).isTrue();
        assertThat(span.origin().tags()).containsEntry("region", "eu");
        assertThat(log.timeEpochNanos()).isEqualTo(1_500_000_000L);
        assertThat(log.body()).isEmpty();
        assertThat(log.joinedBy()).isEqualTo(JoinedBy.TRACE_ID);
        assertThat(exemplar.timeEpochNanos()).isEqualTo(1_500_000_000L);
        assertThat(exemplar.metric()).isEmpty();
    }

    @Test
    void reader_sharesOriginsOfAFrame() {
        FrameSet set = new FrameSet(1);
        set.start(Source.KONG, Map.of("region", "eu"));
        ProtoWriter resource = new ProtoWriter();
        int attribute = resource.begin(1);
        resource.text(1, "service.name");
        int value = resource.begin(2);
        resource.text(1, "kong");
        resource.end(value);
        resource.end(attribute);
        int number = set.resource(resource.bytes(), 0, resource.size());
        byte[] item = new byte[0];
        set.add(0, 1, 2, 3, 4, ItemFlags.SPAN, number, FrameSet.NONE, item, 0, 0);
        set.add(0, 1, 2, 4, 4, ItemFlags.LOG, number, FrameSet.NONE, item, 0, 0);
        set.add(0, 1, 2, 5, 4, ItemFlags.LOG, FrameSet.NONE, FrameSet.NONE, item, 0, 0);
        AtomicReference<byte[]> bytes = new AtomicReference<>();
        set.drain(0, 0, 0, (partition, frame) -> bytes.set(frame));
        Frame frame = Frame.of(bytes.get());

        assertThat(reader.span(frame, 0).origin()).isSameAs(reader.log(frame, 1).origin());
        assertThat(reader.span(frame, 0).origin().resource()).containsExactly(Map.entry("service.name", "kong"));
        assertThat(reader.span(frame, 0).origin().source()).isEqualTo(Source.KONG);
        assertThat(reader.log(frame, 2).origin().resource()).isEmpty();
    }

    @Test
    void texts_thatShareASlotStayApart() {
        TextCache texts = new TextCache();

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5_000; i++) {
                byte[] utf8 = ("key é " + i).getBytes(UTF_8);
                assertThat(texts.text(utf8, 0, utf8.length)).isEqualTo("key é " + i);
            }
        }
        byte[] key = "url.path".getBytes(UTF_8);
        assertThat(texts.text(key, 0, key.length)).isSameAs(texts.text(key, 0, key.length));
    }

    private Frame frame(int flags) {
        return frame(flags, out.toByteArray(), 0);
    }

    private static Frame frame(int flags, byte[] item, long arrivalMs) {
        FrameSet set = new FrameSet(1);
        set.start(Source.OTLP, Map.of("region", "eu"));
        set.add(0, 1, 2, 3, 4, flags, FrameSet.NONE, FrameSet.NONE, item, 0, item.length);
        AtomicReference<byte[]> bytes = new AtomicReference<>();
        set.drain(0, 0, arrivalMs, (partition, frame) -> bytes.set(frame));
        return Frame.of(bytes.get());
    }
}
