package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An assembler with the stores that its processor has, and a restart. Asserts what must hold on every step. */
final class Desk {
    /** A closing, and its pieces read from the stored frames as the processor would. */
    record Revision(Closing closing, List<Piece> shown) {}

    final List<Revision> revisions = new ArrayList<>();
    final TreeMap<Long, TestFrame> frames = new TreeMap<>();
    final TreeMap<Long, List<ClosedTrace>> sweeps = new TreeMap<>();
    final List<Piece> fresh = new ArrayList<>();
    private final TraceRules rules;
    private final Set<Long> freedFrames = new HashSet<>();
    private final Set<Long> freedSweeps = new HashSet<>();
    private TraceAssembler assembler;
    private long nextSweep;
    private Appended last = new Appended(new BitSet(), new BitSet(), false);

    Desk(TraceRules rules) {
        this.rules = rules;
        assembler = new TraceAssembler(rules, frames::get);
    }

    TraceAssembler assembler() {
        return assembler;
    }

    Appended last() {
        return last;
    }

    /** A frame whose sender's watermark is the clock. */
    Desk frame(long arrivalMs, Piece... pieces) {
        return frame(arrivalMs, new TestFrame(arrivalMs, List.of(pieces)));
    }

    Desk frame(long clockMs, TestFrame frame) {
        close(clockMs);
        long sequence = assembler.nextSequence();
        last = assembler.append(sequence, frame);
        last.fresh().stream().forEach(i -> fresh.add(frame.pieces().get(i)));
        if (last.needed()) {
            freedFrames.remove(sequence); // after a restart, one that was freed may come again
            frames.put(sequence, frame.without(last.unkept()));
        }
        expire(clockMs);
        return this;
    }

    /** The clock goes on without a frame. */
    Desk clock(long clockMs) {
        close(clockMs);
        expire(clockMs);
        return this;
    }

    /** A new assembler from what is stored. */
    Desk restart() {
        TraceAssembler restored = new TraceAssembler(rules, frames::get);
        sweeps.forEach((sweep, markers) -> markers.forEach(marker -> restored.restore(marker, sweep)));
        frames.forEach(restored::restore);
        assembler = restored;
        return this;
    }

    Revision only() {
        assertThat(revisions).hasSize(1);
        return revisions.get(0);
    }

    Closing closing(int number) {
        assertThat(revisions).hasSizeGreaterThan(number);
        return revisions.get(number).closing();
    }

    List<Piece> shown(int number) {
        return revisions.get(number).shown();
    }

    private void close(long clockMs) {
        long sweep = nextSweep++;
        List<ClosedTrace> markers = new ArrayList<>();
        for (Optional<Closing> next = assembler.closeNext(clockMs, sweep);
                next.isPresent();
                next = assembler.closeNext(clockMs, sweep)) {
            Closing closing = next.get();
            List<Piece> shown = new ArrayList<>();
            for (int i = 0; i < closing.pieces().size(); i++) {
                TestFrame frame = frames.get(closing.pieces().sequence(i));
                assertThat(frame).as("frame of a piece of %s", closing).isNotNull();
                shown.add(frame.pieces().get(closing.pieces().item(i)));
            }
            revisions.add(new Revision(closing, shown));
            markers.add(closing.marker());
        }
        if (!markers.isEmpty()) {
            sweeps.put(sweep, markers);
        }
    }

    private void expire(long clockMs) {
        boolean more = true;
        while (more) {
            more = assembler.expire(
                    clockMs,
                    sequence -> free(frames, freedFrames, sequence),
                    sweep -> free(sweeps, freedSweeps, sweep));
        }
    }

    private static void free(Map<Long, ?> store, Set<Long> freed, long number) {
        assertThat(freed.add(number)).as("freed once: %s", number).isTrue();
        assertThat(store.remove(number)).as("freed was stored: %s", number).isNotNull();
    }
}
