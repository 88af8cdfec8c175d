package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Size: one trace of a million spans, and very many traces that end together. */
class MonsterTest {
    private static final int FRAME = 500;
    private static final long T0 = 1_000_000;

    private final TraceRules rules = TraceRules.defaults();
    private final TraceAssembler assembler = new TraceAssembler(rules, sequence -> new Spans(sequence, true));

    /** Spans numbered through, all of one trace or each of its own. */
    private record Spans(long sequence, boolean oneTrace) implements FrameItems {
        @Override
        public int size() {
            return FRAME;
        }

        @Override
        public long arrivalMs() {
            return T0;
        }

        @Override
        public long traceHigh(int item) {
            return 1;
        }

        @Override
        public long traceLow(int item) {
            return oneTrace ? 7 : spanId(item);
        }

        @Override
        public long spanId(int item) {
            return sequence * FRAME + item + 1;
        }

        @Override
        public long parentSpanId(int item) {
            return oneTrace && spanId(item) > 1 ? spanId(item) / 2 : 0;
        }

        @Override
        public long contentHash(int item) {
            return 0;
        }

        @Override
        public int flags(int item) {
            return ItemFlags.span(2) | ItemFlags.ENDED | (parentSpanId(item) == 0 ? ItemFlags.ROOT : 0);
        }

        @Override
        public int sizeBytes(int item) {
            return 100;
        }
    }

    /** Quadratic cost would take hours; the deadline is for that only. */
    @Test
    void assembler_countsAMillionSpansOfOneTraceAndKeepsTenThousand() {
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            int kept = 0;
            for (int sequence = 0; sequence < 2_000; sequence++) {
                kept += FRAME
                        - assembler
                                .append(sequence, new Spans(sequence, true))
                                .unkept()
                                .cardinality();
                if (sequence == 100) {
                    Closing first = assembler.closeNext(T0, 0).orElseThrow();
                    assertThat(first.reason()).isEqualTo(CloseReason.MAX_SPANS);
                    assertThat(first.pieces().size()).isEqualTo(10_000);
                    assertThat(first.counts().spans()).isEqualTo(101 * FRAME);
                }
            }
            Closing second = assembler.closeNext(T0 + 60_000, 1).orElseThrow();

            assertThat(kept).isEqualTo(10_000);
            assertThat(second.reason()).isEqualTo(CloseReason.ROOT_COMPLETE);
            assertThat(second.counts().spans()).isEqualTo(1_000_000);
            assertThat(second.counts().dropped()).isEqualTo(990_000);
            assertThat(second.pieces().size()).isEqualTo(10_000);
            assertThat(second.marker().hashes().size()).isEqualTo(1_000_000);
        });
    }

    @Test
    void assembler_letsManyTracesGoInSlices() {
        int traces = 200_000;
        int frames = traces / FRAME;
        for (int sequence = 0; sequence < frames; sequence++) {
            assembler.append(sequence, new Spans(sequence, false));
        }
        int closed = 0;
        while (assembler.closeNext(T0 + 6_000, closed / 1_000).isPresent()) {
            closed++;
        }
        Set<Long> freed = new HashSet<>();
        int calls = 0;
        boolean more = true;
        while (more) {
            more = assembler.expire(T0 + 40_000, freed::add, sweep -> {});
            calls++;
        }

        assertThat(closed).isEqualTo(traces);
        assertThat(freed).hasSize(frames);
        assertThat(calls).isGreaterThan(traces / 5_000);
        assertThat(assembler.knownTraces()).isEqualTo(traces);
        assertThat(assembler.heldFrames()).isZero();
    }
}
