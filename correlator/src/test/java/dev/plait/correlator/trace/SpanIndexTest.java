package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpanIndexTest {
    private static final int SERVER = 2;

    @Test
    void index_isCompleteSinceTheLastGapClosedInWhateverOrder() {
        List<List<long[]>> orders = List.of(
                List.of(span(1, 0, 5), span(3, 2, 7), span(2, 1, 9)),
                List.of(span(2, 1, 9), span(3, 2, 7), span(1, 0, 5)),
                List.of(span(3, 2, 7), span(1, 0, 5), span(2, 1, 9)));

        for (List<long[]> order : orders) {
            SpanIndex index = new SpanIndex();
            order.forEach(each -> add(index, each));
            assertThat(index.complete()).isTrue();
            assertThat(index.completeAt()).isEqualTo(9);
        }
    }

    @Test
    void index_forgetsTheGapThatAnEarlierCopyCloses() {
        SpanIndex spans = new SpanIndex();
        add(spans, span(1, 0, 5));
        add(spans, span(3, 2, 7));
        add(spans, span(2, 1, 9));

        add(spans, span(2, 1, 6));

        assertThat(spans.completeAt()).isEqualTo(5);
    }

    @Test
    void index_missesParentsUntilTheyCome() {
        SpanIndex spans = new SpanIndex();
        add(spans, span(1, 0, 0));
        add(spans, span(3, 2, 1));
        assertThat(spans.complete()).isFalse();
        assertThat(spans.missesParent(PieceHashes.NONE)).isTrue();
        assertThat(spans.missesParent(PieceHashes.of(new long[] {PieceHashes.ofSpan(2, SERVER, true)})))
                .isFalse();

        add(spans, span(2, 1, 2));

        assertThat(spans.complete()).isTrue();
    }

    @Property
    void index_knowsEachKindOfEachOfMany(@ForAll @IntRange(min = 1, max = 400) int count, @ForAll long seed) {
        SpanIndex spans = new SpanIndex();
        long[] ids = new Random(seed).longs(count).distinct().toArray();

        for (int i = 0; i < ids.length; i++) {
            spans.see(spans.claim(ids[i]), i % 12, i % 2 == 0, false, i);
        }

        assertThat(spans.distinct()).isEqualTo(ids.length);
        for (int i = 0; i < ids.length; i++) {
            int expected = i % 2 == 0 ? SpanIndex.ENDED : SpanIndex.SEEN;
            assertThat(spans.state(spans.find(ids[i]), i % 12)).isEqualTo(expected);
            assertThat(spans.state(spans.find(ids[i]), (i + 1) % 12)).isEqualTo(SpanIndex.UNSEEN);
        }
        long[] hashes = new long[ids.length];
        assertThat(spans.hashes(hashes, 0)).isEqualTo(ids.length);
        assertThat(PieceHashes.of(hashes).state(PieceHashes.ofSpan(ids[0], 0, false)))
                .isEqualTo(SpanIndex.ENDED);
    }

    private static long[] span(long id, long parent, long at) {
        return new long[] {id, parent, at};
    }

    private static void add(SpanIndex index, long[] span) {
        int at = (int) span[2];
        index.see(index.claim(span[0]), SERVER, true, false, at);
        if (span[1] == 0) {
            index.seeRoot(at);
        } else {
            index.name(span[1], at);
        }
    }
}
