package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a copy, which copy is counted, and which is shown. */
class DedupeTest {
    private static final long T0 = 1_000_000;
    private static final Piece ROOT = Piece.root(7, 1);

    private final Desk desk = new Desk(TraceRules.defaults());

    @Test
    void assembler_countsSpanAndKindOnce() {
        desk.frame(T0, ROOT, ROOT, ROOT.kind(3)).clock(T0 + 100_000);

        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(2, 0, 0, 0, 1, 0));
        assertThat(desk.fresh).containsExactly(ROOT, ROOT.kind(3));
    }

    @Test
    void assembler_takesSharedSpanAsTwo() {
        Piece client = Piece.span(7, 2, 1).kind(3);
        Piece server = client.kind(2).with(ItemFlags.SHARED);
        desk.frame(T0, ROOT, client, server, client.with(ItemFlags.SHARED)).clock(T0 + 100_000);

        assertThat(desk.only().closing().counts().spans()).isEqualTo(4);
    }

    @Test
    void assembler_showsTheFullerCopyAndCountsTheFirst() {
        desk.frame(T0, ROOT, ROOT.size(300), ROOT.size(200)).clock(T0 + 100_000);

        assertThat(desk.only().shown()).containsExactly(ROOT.size(300));
        assertThat(desk.fresh).containsExactly(ROOT);
        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(1, 0, 0, 0, 2, 0));
    }

    @Test
    void assembler_prefersTheEndedCopyThoughItIsSmaller() {
        desk.frame(T0, ROOT.unended().size(500), ROOT).clock(T0 + 100_000);

        assertThat(desk.only().shown()).containsExactly(ROOT);
        assertThat(desk.fresh).containsExactly(ROOT);
        assertThat(desk.only().closing().counts().duplicates()).isEqualTo(1);
    }

    @Test
    void assembler_givesAllEquallyCompleteCopies() {
        desk.frame(T0, ROOT, ROOT.with(ItemFlags.ERROR)).clock(T0 + 100_000);

        assertThat(desk.only().shown()).containsExactly(ROOT, ROOT.with(ItemFlags.ERROR));
        assertThat(desk.only().closing().counts().errors()).isEqualTo(1);
    }

    @Test
    void assembler_listsAFewOfManyCopies() {
        List<Piece> copies = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            copies.add(ROOT);
        }
        desk.frame(T0, new TestFrame(T0, copies)).clock(T0 + 100_000);

        assertThat(desk.only().shown()).hasSize(64);
        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(1, 0, 0, 0, 999, 0));
    }

    @Test
    void assembler_tellsLogsAndExemplarsByContent() {
        desk.frame(T0, Piece.log(7, 1), Piece.log(7, 1), Piece.log(7, 2), Piece.exemplar(7, 1), Piece.exemplar(7, 1))
                .clock(T0 + 100_000);

        assertThat(desk.only().closing().counts()).isEqualTo(new Counts(0, 0, 2, 1, 2, 0));
        assertThat(desk.only().shown()).containsExactly(Piece.log(7, 1), Piece.log(7, 2), Piece.exemplar(7, 1));
    }

    @Test
    void assembler_doesNotCallFreshWhatTheMatchTaskCounted() {
        desk.frame(T0, Piece.log(7, 1).with(ItemFlags.COUNTED), Piece.log(7, 2));

        assertThat(desk.fresh).containsExactly(Piece.log(7, 2));
    }

    @Test
    void assembler_countsErrorsOfSpansOnly() {
        desk.frame(
                        T0,
                        ROOT,
                        Piece.span(7, 2, 1).with(ItemFlags.ERROR),
                        Piece.log(7, 1).with(ItemFlags.ACCESS_LOG | ItemFlags.ERROR))
                .clock(T0 + 100_000);

        assertThat(desk.only().closing().counts().errors()).isEqualTo(1);
    }

    @Test
    void assembler_ignoresAnnouncements() {
        desk.frame(T0, new Piece(0, 7, 1, 2, 0, ItemFlags.ANNOUNCEMENT, 0)).clock(T0 + 100_000);

        assertThat(desk.revisions).isEmpty();
        assertThat(desk.last().needed()).isFalse();
        assertThat(desk.assembler().counts().ignored()).isEqualTo(1);
    }

    @Test
    void assembler_needsNoFrameOfWhatItHasLetGo() {
        desk.frame(T0, ROOT).clock(T0 + 6_000).clock(T0 + 40_000).frame(T0 + 41_000, ROOT);

        assertThat(desk.last().needed()).isFalse();
        assertThat(desk.frames).isEmpty();
    }
}
