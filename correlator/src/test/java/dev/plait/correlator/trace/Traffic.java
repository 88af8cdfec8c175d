package dev.plait.correlator.trace;

import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random traffic: frames of a few traces, late, out of order and repeated, under a clock that keeps its promise. */
final class Traffic {
    /** Rules small enough that every one of them is met within a few dozen frames. Tight ones have limits as well. */
    static final TraceRules RULES = new TraceRules(6, 10, 60, 30, 100, 1_000, 1 << 20);

    static final TraceRules TIGHT = new TraceRules(6, 10, 60, 30, 100, 4, 1 << 10);

    /** Tight, but nothing is ever too late. */
    static final TraceRules PATIENT = new TraceRules(6, 10, 60, 30, 100_000, 4, 1 << 10);

    /** A frame arrives {@code aheadMs} after the clock, which has gone on by {@code gapMs}. */
    record Step(int gapMs, int aheadMs, List<Piece> pieces, boolean restart) {}

    /** A frame with the clock before it. */
    record Timed(long clockMs, TestFrame frame, boolean restart) {}

    private Traffic() {}

    /** Pieces of three traces of one width. A span keeps its parent in all its copies. */
    static Arbitrary<Piece> pieces() {
        Arbitrary<Piece> spans = Combinators.combine(
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(1, 6),
                        Arbitraries.of(2, 2, 2, 3),
                        Arbitraries.of(0, 0, 0, ItemFlags.ERROR, ItemFlags.SHARED),
                        Arbitraries.of(100, 100, 120),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(5, Arbitraries.just(true)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(false))))
                .as((low, id, kind, bits, size, ended) -> {
                    Piece span = Piece.span(low, id, parent(id))
                            .kind(kind)
                            .with(bits)
                            .size(size);
                    return ended ? span : span.unended();
                });
        Arbitrary<Piece> logs = Combinators.combine(
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.of(true, false))
                .as((low, hash, log) -> log ? Piece.log(low, hash) : Piece.exemplar(low, hash));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, spans), net.jqwik.api.Tuple.of(1, logs));
    }

    /** The same with IDs of both widths: 128-bit of two kinds, and 64-bit. */
    static Arbitrary<Piece> mixedPieces() {
        return Combinators.combine(pieces(), Arbitraries.of(0L, 0L, 0L, 11L, 11L, 11L, 11L, 22L))
                .as(Piece::high);
    }

    static Arbitrary<List<Step>> steps(Arbitrary<Piece> pieces, int frames) {
        Arbitrary<Integer> gaps = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(12, Arbitraries.integers().between(0, 8)),
                net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(9, 45)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(46, 320)));
        return Combinators.combine(
                        gaps,
                        Arbitraries.of(0, 0, 0, 1, 7, 25, 60),
                        pieces.list().ofMinSize(1).ofMaxSize(5),
                        Arbitraries.of(true, false, false, false))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(frames);
    }

    static List<Timed> timed(List<Step> steps) {
        List<Timed> timed = new ArrayList<>();
        long clockMs = 1_000_000;
        for (Step step : steps) {
            clockMs += step.gapMs;
            timed.add(new Timed(clockMs, new TestFrame(clockMs + step.aheadMs, step.pieces), step.restart));
        }
        return timed;
    }

    /** After every deadline of the traffic, and after every marker. */
    static List<Long> drain(List<Timed> timed) {
        long endMs = timed.get(timed.size() - 1).clockMs + 60;
        return List.of(endMs + 5, endMs + 200, endMs + 400, endMs + 1_000_000);
    }

    /** 1 is the root, 2 to 5 hang on the one before, the parent of 6 never comes. */
    private static long parent(long id) {
        return id == 6 ? 99 : id - 1;
    }
}
