package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.TraceId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Legs of one request that carry 128-bit IDs and 64-bit ones. */
class WidthTest {
    private static final long T0 = 1_000_000;
    private static final Piece ROOT = Piece.root(7, 1);
    private static final Piece CHILD = Piece.span(7, 2, 1);
    private static final Piece OTHER = Piece.span(7, 3, 1);

    private final Desk desk = new Desk(TraceRules.defaults());

    @Test
    void width_unknownJoinsTheOnlyKnown() {
        desk.frame(T0, ROOT.high(11), CHILD).clock(T0 + 100_000);

        assertThat(desk.only().closing().traceId()).isEqualTo(new TraceId(11, 7));
        assertThat(desk.only().closing().replaces()).isEmpty();
        assertThat(desk.only().closing().ambiguous()).isFalse();
        assertThat(desk.only().shown()).containsExactly(ROOT.high(11), CHILD);
    }

    @Test
    void width_openTraceTakesTheFirstKnown() {
        desk.frame(T0, ROOT).frame(T0 + 1, CHILD.high(11)).frame(T0 + 2, OTHER).clock(T0 + 100_000);

        assertThat(desk.only().closing().traceId()).isEqualTo(new TraceId(11, 7));
        assertThat(desk.only().closing().replaces()).isEmpty();
        assertThat(desk.only().shown()).hasSize(3);
    }

    @Test
    void width_unknownAloneStaysUnknown() {
        desk.frame(T0, ROOT).clock(T0 + 100_000);

        assertThat(desk.only().closing().traceId()).isEqualTo(new TraceId(0, 7));
        assertThat(desk.only().closing().ambiguous()).isFalse();
    }

    @Test
    void width_copyOfTheOtherWidthIsACopy() {
        desk.frame(T0, ROOT, ROOT.high(11)).clock(T0 + 100_000);

        assertThat(desk.only().closing().counts().spans()).isEqualTo(1);
        assertThat(desk.only().closing().counts().duplicates()).isEqualTo(1);
    }

    @Test
    void width_emittedTraceIsReplacedWhenItBecomesKnown() {
        desk.frame(T0, ROOT).clock(T0 + 6_000).frame(T0 + 8_000, CHILD.high(11)).clock(T0 + 20_000);

        Closing second = desk.closing(1);
        assertThat(second.traceId()).isEqualTo(new TraceId(11, 7));
        assertThat(second.replaces()).contains(new TraceId(0, 7));
        assertThat(second.revision()).isEqualTo(2);
        assertThat(desk.shown(1)).containsExactly(ROOT, CHILD.high(11));

        desk.frame(T0 + 21_000, OTHER).clock(T0 + 100_000);

        assertThat(desk.closing(2).traceId()).isEqualTo(new TraceId(11, 7));
        assertThat(desk.closing(2).replaces()).contains(new TraceId(0, 7));
    }

    @Test
    void width_aCopyThatTellsTheIdIsARevision() {
        desk.frame(T0, ROOT).clock(T0 + 6_000).frame(T0 + 8_000, ROOT.high(11)).clock(T0 + 20_000);

        assertThat(desk.closing(1).traceId()).isEqualTo(new TraceId(11, 7));
        assertThat(desk.closing(1).replaces()).contains(new TraceId(0, 7));
        assertThat(desk.closing(1).counts().spans()).isEqualTo(1);
    }

    @Test
    void width_unknownBesideTwoKnownStaysApartAndIsAmbiguous() {
        desk.frame(T0, ROOT.high(11), ROOT.high(22), CHILD).clock(T0 + 100_000);

        assertApart();
    }

    @Test
    void width_unknownIsSplitOffWhenTheSecondKnownComes() {
        desk.frame(T0, ROOT.high(11), CHILD).frame(T0 + 1, ROOT.high(22)).clock(T0 + 100_000);

        assertApart();
    }

    @Test
    void width_unknownFirstIsSplitOffWhenTwoKnownCome() {
        desk.frame(T0, CHILD, ROOT.high(22), ROOT.high(11)).clock(T0 + 100_000);

        assertApart();
    }

    @Test
    void width_splitTellsNoOneCopies() {
        desk.frame(T0, CHILD.high(11), CHILD).frame(T0 + 1, ROOT.high(22)).clock(T0 + 100_000);

        assertThat(desk.revisions)
                .allSatisfy(r -> assertThat(r.closing().counts().spans()).isEqualTo(1))
                .allSatisfy(r -> assertThat(r.closing().counts().duplicates()).isZero())
                .hasSize(3);
    }

    @Test
    void width_highHalvesAreDifferentTraces() {
        desk.frame(T0, ROOT.high(22), ROOT.high(11)).clock(T0 + 100_000);

        assertThat(desk.revisions)
                .extracting(r -> r.closing().traceId())
                .containsExactly(new TraceId(11, 7), new TraceId(22, 7));
    }

    private void assertApart() {
        assertThat(desk.revisions).hasSize(3).allSatisfy(r -> {
            assertThat(r.closing().revision()).isEqualTo(1);
            long high = r.closing().traceId().high();
            assertThat(r.closing().ambiguous()).isEqualTo(high == 0);
            assertThat(r.shown()).isEqualTo(List.of(high == 0 ? CHILD : ROOT.high(high)));
        });
    }
}
