package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Within an open trace it does not matter in which order pieces are appended, how they are batched, or how often they come. */
class PermutationProperties {
    /** A piece with the time it arrived at. */
    record Arrived(long arrivalMs, Piece piece) {}

    @Provide
    Arbitrary<List<Arrived>> pieces() {
        return Combinators.combine(Arbitraries.longs().between(1_000, 1_060), Traffic.mixedPieces())
                .as(Arrived::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 1500)
    void closings_doNotDependOnOrderOrBatching(@ForAll("pieces") List<Arrived> pieces, @ForAll long seed) {
        List<Arrived> shuffled = new ArrayList<>(pieces);
        Collections.shuffle(shuffled, new Random(seed));

        List<Object> oneByOne = close(pieces, 1, true);

        assertThat(close(shuffled, 1, true)).isEqualTo(oneByOne);
        assertThat(close(shuffled, 4, true)).isEqualTo(oneByOne);
    }

    @Property(tries = 700)
    void content_doesNotDependOnCopies(@ForAll("pieces") List<Arrived> pieces, @ForAll long seed) {
        List<Arrived> doubled = new ArrayList<>(pieces);
        doubled.addAll(pieces);
        Collections.shuffle(doubled, new Random(seed));

        assertThat(close(doubled, 3, false)).isEqualTo(close(pieces, 1, false));
    }

    /** What is closed when all pieces have been appended. Pieces of one frame arrive together. */
    private static List<Object> close(List<Arrived> pieces, int batch, boolean withDuplicates) {
        Desk desk = new Desk(Traffic.RULES);
        TreeMap<Long, List<Piece>> byArrival = new TreeMap<>();
        for (Arrived each : pieces) {
            List<Piece> waiting = byArrival.computeIfAbsent(each.arrivalMs, any -> new ArrayList<>());
            waiting.add(each.piece);
            if (waiting.size() == batch) {
                desk.frame(Watermarks.NONE, new TestFrame(each.arrivalMs, byArrival.remove(each.arrivalMs)));
            }
        }
        byArrival.forEach((arrivalMs, rest) -> desk.frame(Watermarks.NONE, new TestFrame(arrivalMs, rest)));
        desk.clock(10_000);
        List<Object> closings = new ArrayList<>();
        for (Desk.Revision revision : desk.revisions) {
            Closing closing = revision.closing();
            // of two copies of a log that differ in the width of the ID only, either may be shown: the content is the
            // same
            Set<Piece> shown = new HashSet<>();
            revision.shown().forEach(piece -> shown.add(piece.high(0)));
            closings.add(List.of(
                    closing.traceId(),
                    closing.revision(),
                    closing.reason(),
                    closing.closedAtMs(),
                    closing.ambiguous(),
                    closing.counts().spans(),
                    closing.counts().errors(),
                    withDuplicates ? closing.counts().duplicates() : 0,
                    shown));
        }
        return closings;
    }
}
