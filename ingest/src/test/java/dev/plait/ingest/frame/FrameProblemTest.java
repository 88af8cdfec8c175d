package dev.plait.ingest.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.FrameSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameProblemTest {
    private static final int PARTITIONS = 8;
    private static final byte[] SPANS =
            """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},\
            "scopeSpans":[{"spans":[\
            {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","kind":2,"name":"%1$s"},\
            {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b8","kind":3,"name":"%1$s"}]}]}]}""".formatted("a name that repeats ".repeat(60)).getBytes(UTF_8);
    private static final byte[] LOGS = """
            {"request":{"id":"9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f","method":"GET","uri":"/"},"response":{"status":200},\
            "latencies":{"kong":3,"proxy":41,"request":46},"started_at":1767225600123,"client_ip":"10.0.0.9"}
            {"request":{"method":"GET","uri":"/"},"response":{"status":200},\
            "latencies":{"kong":3,"proxy":41,"request":46},"started_at":1767225600123,"client_ip":"10.0.0.9"}
            {"request":{"id":"8f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f","method":"GET","uri":"/"},"response":{"status":500},\
            "latencies":{"kong":3,"proxy":41,"request":46},"started_at":1767225600123,"client_ip":"10.0.0.9",\
            "trace_id":{"w3c":"4bf92f3577b34da6a3ce929d0e0e4736"}}
            """.getBytes(UTF_8);

    @Test
    void frames_asReceiversWriteThem_haveNone() {
        Framed spans = Framed.of(OtlpDecoder.traces(), SPANS, PARTITIONS);
        Framed logs = Framed.of(new KongDecoder(), LOGS, PARTITIONS);

        assertThat(spans.frames()).hasSize(2);
        assertThat(logs.frames()).hasSize(1);
        assertThat(logs.requests()).isNotEmpty();
        List<Framed.Placed> frames = new ArrayList<>(spans.frames());
        frames.addAll(logs.frames());
        assertThat(frames)
                .allSatisfy(
                        frame -> assertThat(FrameProblem.of(frame.bytes(), Hop.FRAMES, frame.partition(), PARTITIONS))
                                .isEmpty());
        assertThat(logs.requests())
                .allSatisfy(
                        frame -> assertThat(FrameProblem.of(frame.bytes(), Hop.REQUESTS, frame.partition(), PARTITIONS))
                                .isEmpty());
        assertThat(FrameProblem.of(Frame.tick(0, 0), Hop.FRAMES, 3, PARTITIONS)).isEmpty();
    }

    @Test
    void frame_inAnotherPartition_isOne() {
        for (Framed.Placed frame :
                Framed.of(OtlpDecoder.traces(), SPANS, PARTITIONS).frames()) {
            int other = (frame.partition() + 1) % PARTITIONS;

            assertThat(FrameProblem.of(frame.bytes(), Hop.FRAMES, other, PARTITIONS))
                    .contains("item 0 belongs to partition " + frame.partition() + " of 8");
        }
        for (Framed.Placed frame :
                Framed.of(new KongDecoder(), LOGS, PARTITIONS).requests()) {
            int other = (frame.partition() + 1) % PARTITIONS;

            assertThat(FrameProblem.of(frame.bytes(), Hop.REQUESTS, other, PARTITIONS))
                    .hasValueSatisfying(problem -> assertThat(problem).contains("belongs to partition"));
        }
    }

    @Test
    void frame_ofTheOtherHop_isOne() {
        Framed spans = Framed.of(OtlpDecoder.traces(), SPANS, 1);
        Framed logs = Framed.of(new KongDecoder(), LOGS, 1);

        assertThat(FrameProblem.of(spans.frames().get(0).bytes(), Hop.REQUESTS, 0, 1))
                .contains("item 0 is none that receivers write to this topic");
        // item 0 has a request ID where a trace ID would be; item 1 has neither
        assertThat(FrameProblem.of(logs.requests().get(0).bytes(), Hop.FRAMES, 0, 1))
                .contains("item 1 is none that receivers write to this topic");
    }

    /** Flags that only tasks of the topology set, and combinations that no one does. */
    @ParameterizedTest
    @CsvSource({
        "FRAMES, 2", // an exemplar
        "FRAMES, 3", // an announcement
        "FRAMES, 8194", // a point
        "FRAMES, 769", // an access log that was counted
        "FRAMES, 1281", // one that met its trace
        "FRAMES, 16384",
        "FRAMES, 32769",
        "REQUESTS, 8", // a span
        "REQUESTS, 769",
        "REQUESTS, 8194",
        "REQUESTS, 67", // an announcement that is ended
    })
    void item_thatReceiversDoNotWrite_isOne(Hop hop, int flags) {
        assertThat(FrameProblem.of(frame(7, flags), hop, 0, 1))
                .contains("item 0 is none that receivers write to this topic");
    }

    @Test
    void logOfAProgram_isOneForMatchersWithoutItsRequestId() {
        assertThat(FrameProblem.of(frame(0, ItemFlags.LOG), Hop.REQUESTS, 0, 1)).isPresent();
        assertThat(FrameProblem.of(frame(7, ItemFlags.LOG), Hop.REQUESTS, 0, 1)).isEmpty();
        assertThat(FrameProblem.of(frame(0, ItemFlags.LOG | ItemFlags.ACCESS_LOG), Hop.REQUESTS, 0, 1))
                .isEmpty();
    }

    @Test
    void item_withoutATraceId_isOneForAssemblers() {
        assertThat(FrameProblem.of(frame(0, ItemFlags.span(2)), Hop.FRAMES, 0, 1))
                .isPresent();
        assertThat(FrameProblem.of(frame(7, ItemFlags.span(2)), Hop.FRAMES, TraceId.partition(7, 4), 4))
                .isEmpty();
        assertThat(FrameProblem.of(frame(7, ItemFlags.span(1) | ItemFlags.ROOT), Hop.FRAMES, 0, 1))
                .isEmpty();
    }

    @Test
    void bytes_ofAnythingElse_areOne() {
        for (byte[] other : List.of(SPANS, LOGS, new byte[0], new byte[] {1}, new byte[100_000])) {
            assertThat(FrameProblem.of(other, Hop.FRAMES, 0, PARTITIONS))
                    .hasValueSatisfying(problem -> assertThat(problem).startsWith("not a frame as Plait's receivers"));
        }
    }

    /** Cut, or with a bit or a byte changed, it is refused or it is harmless; the lz4 block of the body included. */
    @Test
    void damagedFrame_isOneOrCanBeReadToTheEnd() {
        Framed.Placed good = Framed.of(OtlpDecoder.traces(), SPANS, 1).frames().get(0);
        assertThat(good.bytes().length).isLessThan(SPANS.length / 2); // compressed
        for (int length = 0; length < good.bytes().length; length++) {
            assertThat(FrameProblem.of(Arrays.copyOf(good.bytes(), length), Hop.FRAMES, 0, 1))
                    .isPresent();
        }
        for (int bit = 0; bit < good.bytes().length * 8; bit++) {
            byte[] flipped = good.bytes().clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            readIfAdmitted(flipped);
        }
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = good.bytes().clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            readIfAdmitted(changed);
        }
    }

    private static void readIfAdmitted(byte[] bytes) {
        if (FrameProblem.of(bytes, Hop.FRAMES, 0, 1).isEmpty()) {
            Frame frame = Frame.of(bytes);
            var reader = new dev.plait.schemas.wire.SliceReader();
            for (int item = 0; item < frame.size(); item++) {
                if (ItemFlags.signal(frame.flags(item)) == ItemFlags.SPAN) {
                    assertThat(reader.span(frame, item)).isNotNull();
                } else {
                    assertThat(reader.log(frame, item)).isNotNull();
                }
            }
        }
    }

    private static byte[] frame(long traceLow, int flags) {
        FrameSet set = new FrameSet(1);
        set.start(Source.OTLP, Map.of());
        byte[] item = {1, 2, 3};
        set.add(0, 0, traceLow, 5, 6, flags, FrameSet.NONE, FrameSet.NONE, item, 0, item.length);
        List<byte[]> frames = new ArrayList<>();
        set.drain(0, 0, 0, (partition, bytes) -> frames.add(bytes));
        return frames.get(0);
    }
}
