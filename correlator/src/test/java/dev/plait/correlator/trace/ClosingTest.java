package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.TraceId;
import org.junit.jupiter.api.Test;

/** The deadlines of {@link ClosingTimes}, in seconds since the first piece of trace 7. */
class ClosingTest {
    private static final long T0 = 1_000_000;

    private final Desk desk = new Desk(TraceRules.defaults());

    @Test
    void close_afterRootWhenNothingMisses() {
        desk.frame(T0, Piece.root(7, 1)).frame(at(2), Piece.span(7, 2, 1));

        desk.clock(at(6) - 1);
        assertThat(desk.revisions).isEmpty();
        desk.clock(at(6));

        assertClosed(desk.only(), CloseReason.ROOT_COMPLETE, 6, 2);
    }

    @Test
    void close_countsFromThePieceThatCompleted() {
        desk.frame(T0, Piece.span(7, 3, 2)).frame(at(1), Piece.root(7, 1)).frame(at(4), Piece.span(7, 2, 1));

        desk.clock(at(100));

        assertClosed(desk.only(), CloseReason.ROOT_COMPLETE, 10, 3);
    }

    @Test
    void close_idleWhenLaterPieceOpensGap() {
        desk.frame(T0, Piece.root(7, 1)).frame(at(3), Piece.span(7, 3, 2));

        desk.clock(at(100));

        assertClosed(desk.only(), CloseReason.IDLE, 13, 2);
    }

    @Test
    void close_idleWithoutRoot() {
        desk.frame(T0, Piece.log(7, 1)).frame(at(9), Piece.log(7, 2)).frame(at(18), Piece.exemplar(7, 2));

        desk.clock(at(100));

        assertClosed(desk.only(), CloseReason.IDLE, 28, 3);
    }

    @Test
    void close_idleWhenRootHasNotEnded() {
        desk.frame(T0, Piece.root(7, 1).unended());

        desk.clock(at(100));

        assertClosed(desk.only(), CloseReason.IDLE, 10, 1);
    }

    @Test
    void close_maxAgeThoughPiecesKeepComing() {
        for (int i = 0; i <= 6; i++) {
            desk.frame(at(9 * i), Piece.log(7, i));
        }

        desk.clock(at(61));

        assertClosed(desk.only(), CloseReason.MAX_AGE, 60, 7);
    }

    @Test
    void close_isDueBeforeThePiecesOfTheFrameThatMovesTheClock() {
        desk.frame(T0, Piece.root(7, 1)).frame(at(6), Piece.span(7, 2, 1));

        assertClosed(desk.only(), CloseReason.ROOT_COMPLETE, 6, 1);
    }

    @Test
    void close_isInOrderOfDeadlineThenTraceId() {
        desk.frame(T0, Piece.root(9, 1), Piece.log(5, 1)).frame(at(4), Piece.root(8, 1), Piece.root(3, 1));

        desk.clock(at(100));

        assertThat(desk.revisions).extracting(r -> r.closing().traceId().low()).containsExactly(9L, 3L, 5L, 8L);
    }

    @Test
    void close_slicedByTheCallerKeepsItsTime() {
        TraceAssembler assembler = desk.assembler();
        desk.frame(T0, Piece.root(1, 1), Piece.root(2, 1));

        Closing first = assembler.closeNext(at(50), 5).orElseThrow();
        Closing second = assembler.closeNext(at(90), 6).orElseThrow();

        assertThat(first.traceId()).isEqualTo(new TraceId(0, 1));
        assertThat(second.closedAtMs()).isEqualTo(first.closedAtMs()).isEqualTo(at(6));
        assertThat(assembler.closeNext(at(90), 6)).isEmpty();
    }

    @Test
    void close_nothingWhileTheClockIsUnknown() {
        desk.frame(Watermarks.NONE, new TestFrame(T0, java.util.List.of(Piece.root(7, 1))));

        desk.clock(Watermarks.NONE);

        assertThat(desk.revisions).isEmpty();
        assertThat(desk.assembler().openTraces()).isEqualTo(1);
    }

    private static void assertClosed(Desk.Revision revision, CloseReason reason, int seconds, int pieces) {
        assertThat(revision.closing().traceId()).isEqualTo(new TraceId(0, 7));
        assertThat(revision.closing().revision()).isEqualTo(1);
        assertThat(revision.closing().delta()).isFalse();
        assertThat(revision.closing().reason()).isEqualTo(reason);
        assertThat(revision.closing().closedAtMs()).isEqualTo(at(seconds));
        assertThat(revision.shown()).hasSize(pieces);
    }

    private static long at(int seconds) {
        return T0 + seconds * 1_000L;
    }
}
