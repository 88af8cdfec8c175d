package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trace of more spans or bytes than it may have, or older: at most three spans and 1 KiB here. */
class LimitTest {
    private static final long T0 = 1_000_000;
    private static final Piece ROOT = Piece.root(7, 1);

    private final Desk desk = new Desk(new TraceRules(6_000, 10_000, 60_000, 30_000, 600_000, 3, 1 << 10));

    @Test
    void limit_asManySpansAsAllowedIsNone() {
        desk.frame(T0, ROOT, child(2), child(3)).clock(T0 + 100_000);

        assertThat(desk.only().closing().reason()).isEqualTo(CloseReason.ROOT_COMPLETE);
        assertThat(desk.only().closing().truncated()).isFalse();
    }

    @Test
    void limit_spansBeyondAreCountedAndCloseAtOnce() {
        desk.frame(T0, ROOT, child(2), child(3), child(4), child(5));
        assertThat(desk.last().unkept().stream()).containsExactly(3, 4);
        assertThat(desk.last().fresh().cardinality()).isEqualTo(5);

        desk.clock(Watermarks.NONE);

        assertThat(desk.only().closing().reason()).isEqualTo(CloseReason.MAX_SPANS);
        assertThat(desk.only().closing().closedAtMs()).isEqualTo(T0);
        assertThat(desk.only().closing().truncated()).isTrue();
        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(5, 0, 0, 0, 0, 2));
        assertThat(desk.only().shown()).containsExactly(ROOT, child(2), child(3));
    }

    @Test
    void limit_bytesBeyondAreCountedAndCloseAtOnce() {
        desk.frame(T0, ROOT.size(600), Piece.log(7, 1).size(500), Piece.log(7, 2))
                .clock(T0);

        assertThat(desk.only().closing().reason()).isEqualTo(CloseReason.MAX_BYTES);
        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(1, 0, 2, 0, 0, 2));
        assertThat(desk.only().shown()).containsExactly(ROOT.size(600));
    }

    @Test
    void limit_countsCopiesOnlyOnceInBytes() {
        desk.frame(T0, ROOT.size(600), ROOT.size(600), ROOT.size(600)).clock(T0 + 100_000);

        assertThat(desk.only().closing().reason()).isEqualTo(CloseReason.ROOT_COMPLETE);
        assertThat(desk.only().closing().truncated()).isFalse();
    }

    @Test
    void limit_keepsRootErrorsAndAccessLogsThatComeAfter() {
        Piece error = child(6).with(ItemFlags.ERROR);
        Piece access = Piece.log(7, 1).with(ItemFlags.ACCESS_LOG);
        desk.frame(T0, child(2), child(3), child(4), child(5), ROOT, error, access)
                .clock(T0);

        assertThat(desk.only().shown()).containsExactly(child(2), child(3), child(4), ROOT, error, access);
        assertThat(desk.only().closing().counts().dropped()).isEqualTo(1);
    }

    @Test
    void limit_keepsNotMoreThanTwiceOfThese() {
        List<Piece> errors = new ArrayList<>();
        for (int id = 1; id <= 50; id++) {
            errors.add(child(id).with(ItemFlags.ERROR).size(10));
        }
        desk.frame(T0, new TestFrame(T0, errors)).clock(T0);

        assertThat(desk.only().shown()).hasSize(6);
        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(50, 50, 0, 0, 0, 44));
    }

    @Test
    void limit_givesExactlyOneMoreRevisionAtIdle() {
        for (int i = 0; i <= 60; i += 6) {
            desk.frame(T0 + i * 1_000L, Piece.log(7, i).size(1));
        }
        assertThat(desk.only().closing().reason()).isEqualTo(CloseReason.MAX_AGE);
        assertThat(desk.only().closing().closedAtMs()).isEqualTo(T0 + 60_000);

        desk.frame(T0 + 62_000, Piece.log(7, 70)).frame(T0 + 70_000, Piece.log(7, 71));
        desk.frame(T0 + 78_000, Piece.log(7, 72)).clock(T0 + 200_000);

        assertThat(desk.revisions).hasSize(2);
        assertThat(desk.closing(1).reason()).isEqualTo(CloseReason.IDLE);
        assertThat(desk.closing(1).closedAtMs()).isEqualTo(T0 + 88_000);
        assertThat(desk.closing(1).delta()).isFalse();
        assertThat(desk.shown(1)).hasSize(14);
        assertThat(desk.closing(1).counts().logs()).isEqualTo(14);
        assertThat(desk.frames).isEmpty();
    }

    @Test
    void limit_revisionAtIdleHasExactCountsAndTellsCopies() {
        desk.frame(T0, ROOT, child(2), child(3), child(4))
                .frame(T0 + 1, child(4), child(5))
                .clock(T0 + 100_000);

        assertThat(desk.closing(0).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 1));
        assertThat(desk.closing(1).counts()).isEqualTo(new Counts(5, 0, 0, 0, 1, 2));
        assertThat(desk.closing(1).reason()).isEqualTo(CloseReason.ROOT_COMPLETE);
        assertThat(desk.shown(1)).containsExactly(ROOT, child(2), child(3));
        assertThat(desk.revisions).hasSize(2);
    }

    @Test
    void limit_copiesAloneGiveNoMoreRevision() {
        desk.frame(T0, ROOT, child(2), child(3), child(4))
                .frame(T0 + 1, child(4))
                .clock(T0 + 100_000);

        assertThat(desk.revisions).hasSize(1);
    }

    @Test
    void limit_oneIdOnEverythingDoesNotHoldFramesForEver() {
        int most = 0;
        for (int i = 0; i < 1_000; i++) {
            desk.frame(T0 + i * 1_000L, child(i + 1));
            most = Math.max(most, desk.frames.size());
        }

        assertThat(most).isLessThan(100);
        assertThat(desk.revisions).hasSizeLessThan(20);
        assertThat(desk.closing(desk.revisions.size() - 1).counts().spans()).isGreaterThan(900);
    }

    private static Piece child(long id) {
        return Piece.span(7, id, id == 1 ? 99 : 1);
    }
}
