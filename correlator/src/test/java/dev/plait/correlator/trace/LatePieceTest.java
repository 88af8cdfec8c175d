package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CloseReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes after a trace was closed, in seconds since its first piece. It has a root and closes at 6. */
class LatePieceTest {
    private static final long T0 = 1_000_000;
    private static final Piece ROOT = Piece.root(7, 1);
    private static final Piece FIRST = Piece.span(7, 2, 1);
    private static final Piece SECOND = Piece.span(7, 3, 1);
    private static final Piece ORPHAN = Piece.span(7, 4, 99);

    private final Desk desk = new Desk(TraceRules.defaults()).frame(T0, ROOT).clock(at(6));

    @Test
    void late_revisionIsWholeAndNotExtended() {
        desk.frame(at(20), FIRST).frame(at(24), SECOND).clock(at(100));

        assertThat(desk.revisions).hasSize(2);
        assertRevision(1, 2, false, CloseReason.ROOT_COMPLETE, 26);
        assertThat(desk.shown(1)).containsExactly(ROOT, FIRST, SECOND);
        assertThat(desk.closing(1).counts().spans()).isEqualTo(3);
    }

    @Test
    void late_piecesStayUntilTheRevisionWhateverKeepClosedSays() {
        desk.frame(at(35), FIRST).clock(at(41) - 1).clock(at(41));

        assertRevision(1, 2, false, CloseReason.ROOT_COMPLETE, 41);
        assertThat(desk.shown(1)).containsExactly(ROOT, FIRST);
    }

    @Test
    void late_keepsAgainAfterEachRevision() {
        desk.frame(at(30), FIRST).frame(at(60), SECOND).clock(at(100));

        assertRevision(1, 2, false, CloseReason.ROOT_COMPLETE, 36);
        assertRevision(2, 3, false, CloseReason.ROOT_COMPLETE, 66);
        assertThat(desk.shown(2)).containsExactly(ROOT, FIRST, SECOND);
    }

    @Test
    void late_deltaAfterKeepClosed() {
        desk.frame(at(40), FIRST).clock(at(100));

        assertRevision(1, 2, true, CloseReason.ROOT_COMPLETE, 46);
        assertThat(desk.shown(1)).containsExactly(FIRST);
        assertThat(desk.closing(1).counts().spans()).isEqualTo(2);
    }

    @Test
    void late_deltaAfterDeltaHasOnlyItsOwn() {
        desk.frame(at(40), FIRST).frame(at(50), SECOND).clock(at(100));

        assertRevision(2, 3, true, CloseReason.ROOT_COMPLETE, 56);
        assertThat(desk.shown(2)).containsExactly(SECOND);
        assertThat(desk.closing(2).counts().spans()).isEqualTo(3);
    }

    @Test
    void late_deltaWithUnknownParentIsIdle() {
        desk.frame(at(40), ORPHAN).clock(at(100));

        assertRevision(1, 2, true, CloseReason.IDLE, 46);
    }

    @Test
    void late_beyondWindowIsLate() {
        desk.frame(at(607), FIRST).clock(at(700));

        assertRevision(1, 2, true, CloseReason.LATE, 613);
        assertThat(desk.assembler().counts().lates()).isEqualTo(1);
    }

    @Test
    void late_atTheEndOfTheWindowIsNot() {
        desk.frame(at(606), FIRST).clock(at(700));

        assertRevision(1, 2, true, CloseReason.ROOT_COMPLETE, 612);
    }

    @Test
    void late_afterTheMarkerIsANewTrace() {
        desk.clock(at(1207)).frame(at(1208), FIRST).clock(at(1300));

        assertRevision(1, 1, false, CloseReason.IDLE, 1218);
    }

    @Test
    void duplicate_causesNoRevision() {
        desk.frame(at(8), ROOT).frame(at(50), ROOT).clock(at(2000));

        assertThat(desk.revisions).hasSize(1);
        assertThat(desk.assembler().counts().duplicates()).isEqualTo(2);
        assertThat(desk.frames).isEmpty();
        assertThat(desk.sweeps).isEmpty();
    }

    @Test
    void duplicate_isToldAfterKeepClosedAndNotShownInTheDelta() {
        desk.frame(at(40), ROOT, FIRST, FIRST).clock(at(100));

        assertThat(desk.last().fresh().cardinality()).isEqualTo(1);
        assertThat(desk.shown(1)).containsOnly(FIRST);
        assertThat(desk.closing(1).counts().spans()).isEqualTo(2);
        assertThat(desk.closing(1).counts().duplicates()).isEqualTo(1);
    }

    @Test
    void duplicate_betweenRevisionsIsInTheNext() {
        desk.frame(at(8), ROOT).frame(at(9), FIRST, FIRST.size(20)).clock(at(100));

        assertThat(desk.closing(1).counts().duplicates()).isEqualTo(2);
        assertThat(desk.shown(1)).containsExactly(ROOT, ROOT, FIRST);
    }

    @Test
    void late_firstEndedCopyArms() {
        Desk other = new Desk(TraceRules.defaults()).frame(T0, ROOT.unended()).clock(at(10));

        other.frame(at(12), ROOT).clock(at(100));

        assertThat(other.fresh).containsExactly(ROOT);
        assertThat(other.closing(0).reason()).isEqualTo(CloseReason.IDLE);
        assertThat(other.closing(1).reason()).isEqualTo(CloseReason.ROOT_COMPLETE);
        assertThat(other.shown(1)).containsExactly(ROOT);
        assertThat(other.closing(1).counts().spans()).isEqualTo(1);
    }

    @Test
    void late_ofAnOlderArrivalDoesNotGoBackInTime() {
        desk.frame(at(20), new TestFrame(at(5), List.of(FIRST))).clock(at(100));

        assertRevision(1, 2, false, CloseReason.ROOT_COMPLETE, 12);
    }

    @Test
    void late_trickleDoesNotHoldFramesForEver() {
        int seconds = 6;
        for (int i = 0; i < 60; i++) {
            seconds += 30;
            desk.frame(at(seconds), Piece.span(7, 100 + i, 1));
        }

        assertThat(desk.frames).hasSizeLessThan(3);
        assertThat(desk.revisions.get(desk.revisions.size() - 1).closing().delta())
                .isTrue();
    }

    private void assertRevision(int number, int revision, boolean delta, CloseReason reason, int seconds) {
        Closing closing = desk.closing(number);
        assertThat(closing.revision()).isEqualTo(revision);
        assertThat(closing.delta()).isEqualTo(delta);
        assertThat(closing.reason()).isEqualTo(reason);
        assertThat(closing.closedAtMs()).isEqualTo(at(seconds));
    }

    private static long at(int seconds) {
        return T0 + seconds * 1_000L;
    }
}
