package dev.plait.ingest.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.RecordingSink.Item;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.schemas.wire.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final String LOG = """
            {"request":{"id":"%032x","method":"GET","uri":"/"},"response":{"status":200},\
            "latencies":{"kong":3,"proxy":41,"request":46},"started_at":1767225600123,"client_ip":"10.0.0.9"%s}
            """;

    @Test
    void framesOfBothHops_giveBackTheItemsThatMadeThem() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            String trace = i % 3 == 0 ? "" : ",\"trace_id\":{\"w3c\":\"%016x%016x\"}".formatted(i, i * 31L);
            lines.append(LOG.formatted(i, trace));
        }
        byte[] record = lines.toString().getBytes(StandardCharsets.UTF_8);
        RecordingSink direct = new RecordingSink();
        new KongDecoder().decode(record, direct);

        Framed framed = Framed.of(new KongDecoder(), record, 8);
        RecordingSink back = new RecordingSink();
        framed.frames()
                .forEach(frame -> assertThat(new FrameDecoder(Hop.FRAMES).decode(frame.bytes(), back))
                        .isEmpty());
        framed.requests()
                .forEach(frame -> assertThat(new FrameDecoder(Hop.REQUESTS).decode(frame.bytes(), back))
                        .isEmpty());

        assertThat(withoutAnnouncedRequests(back.items()))
                .containsExactlyInAnyOrderElementsOf(withoutAnnouncedRequests(direct.items()))
                .hasSize(40);
    }

    /** With a trace ID the request ID is announced in a record of its own. */
    private static List<Item> withoutAnnouncedRequests(List<Item> items) {
        List<Item> all = new ArrayList<>();
        items.forEach(one -> all.add(
                one.traceLow() == 0
                        ? one
                        : new Item(
                                one.traceHigh(),
                                one.traceLow(),
                                one.spanId(),
                                one.parentOrHash(),
                                one.flags(),
                                one.resource(),
                                one.scope(),
                                one.bytes(),
                                java.util.Optional.empty())));
        return all;
    }

    @Test
    void tick_isNothing() {
        assertThat(new FrameDecoder(Hop.FRAMES).decode(Frame.tick(0, 0), new RecordingSink()))
                .hasValueSatisfying(refused -> assertThat(refused.reason()).isEqualTo(Reason.EMPTY));
    }

    @Test
    void otherBytes_areRefused() {
        assertThat(new FrameDecoder(Hop.FRAMES).decode(new byte[] {10, 0}, new RecordingSink()))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.WRONG_FORMAT);
                    assertThat(refused.detail()).isEqualTo("corrupt frame: bad header");
                });
    }
}
