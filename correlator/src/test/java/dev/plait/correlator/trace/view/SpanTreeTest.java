package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.span;
import static dev.plait.correlator.trace.view.Given.spans;
import static dev.plait.correlator.trace.view.Given.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpanTreeTest {
    @Test
    void spans_areOrderedByStartThenDepthThenId() {
        SpanTree tree = tree(
                span(9, 8, "a", 10, 20),
                span(1, 9, "a", 10, 20),
                span(8, 0, "a", 10, 90),
                span(7, 8, "a", 5, 20),
                span(2, 9, "a", 10, 20));

        assertThat(ids(tree)).containsExactly(7L, 8L, 9L, 1L, 2L);
        assertThat(tree.depth(3)).isEqualTo(2);
    }

    @Test
    void root_isTheEarliestSpanWithoutParentThenTheLowestId() {
        SpanTree tree = tree(span(5, 0, "a", 20, 30), span(4, 0, "a", 10, 30), span(3, 0, "a", 10, 15));

        assertThat(tree.span(tree.root().orElseThrow()).spanId()).isEqualTo(3);
    }

    @Test
    void rootOfUnknownStart_comesLast() {
        SpanTree tree = tree(span(1, 0, "a", 0, 30), span(2, 0, "a", 10, 30));

        assertThat(tree.span(tree.root().orElseThrow()).spanId()).isEqualTo(2);
    }

    @Test
    void unseenParents_areCountedOnceEach() {
        SpanTree tree = tree(span(1, 77, "a", 1, 2), span(2, 77, "a", 3, 4), span(3, 88, "a", 5, 6));

        assertThat(tree.missingParents()).isEqualTo(2);
        assertThat(tree.root()).isEmpty();
        assertThat(tree.top()).hasValue(0);
        assertThat(tree.complete()).isFalse();
    }

    @Test
    void spanThatNamesItself_isARoot() {
        assertThat(tree(span(1, 1, "a", 1, 2)).root()).hasValue(0);
    }

    @Test
    void circle_isCutBeforeItsEarliestSpan() {
        SpanTree tree = tree(
                span(1, 0, "a", 1, 9),
                span(2, 4, "a", 5, 6),
                span(3, 2, "a", 4, 6),
                span(4, 3, "a", 7, 8),
                span(5, 4, "a", 8, 9));

        assertThat(ids(tree)).containsExactly(1L, 3L, 2L, 4L, 5L);
        assertThat(IntStream.range(0, 5).map(tree::parent)).containsExactly(-1, -1, 3, 1, 3);
        assertThat(tree.complete()).isFalse();
        assertThat(tree.missingParents()).isZero();
    }

    @Test
    void sharedId_putsTheServerHalfUnderTheClientHalf() {
        SpanTree tree = tree(
                span(1, 0, "front", 0, 100),
                span(2, 1, "front", 10, 90).client(),
                span(2, 1, "back", 20, 80),
                span(3, 2, "back", 30, 40),
                span(4, 2, "front", 50, 60));

        assertThat(IntStream.range(0, 5).map(tree::parent)).containsExactly(-1, 0, 1, 2, 1);
    }

    @Test
    void copies_areShownOnceAndTheFullestWins() {
        SpanTree tree = tree(
                span(1, 0, "a", 10, 0).with("x", "y", "z", "w"),
                span(1, 0, "a", 10, 20),
                span(1, 0, "a", 10, 20).with("x", "y"),
                span(1, 0, "a", 10, 20).client());

        assertThat(tree.size()).isEqualTo(2);
        assertThat(tree.span(1).attributes()).containsEntry("x", "y");
    }

    @Test
    void deepChain_costsNoStack() {
        List<ReceivedSpan> chain = new ArrayList<>();
        for (int i = 1; i <= 20_000; i++) {
            chain.add(span(i, i - 1, i % 2 == 0 ? "a" : "b", i, 50_000 - i)
                    .failed()
                    .received());
        }
        Collections.shuffle(chain, new Random(7));

        SpanTree tree = new SpanTree(chain);

        assertThat(tree.depth(19_999)).isEqualTo(19_999);
        assertThat(CriticalPath.of(tree)).hasSize(39_999);
        assertThat(new FailingSpan(tree, new Retries(tree)).unhandled()).hasValue(19_999);
        assertThat(SelfTime.of(tree)[0]).isEqualTo(2);
        assertThat(ClockSkew.of(tree)).containsOnly(0);
    }

    @Test
    void endBeforeStart_isNoDuration() {
        SpanTree tree = new SpanTree(spans(span(1, 0, "a", 10, 5).kind(SpanKind.INTERNAL)));

        assertThat(tree.durationNanos(0)).isZero();
        assertThat(tree.end(0)).isEqualTo(10);
    }

    private static List<Long> ids(SpanTree tree) {
        return tree.spans().stream().map(ReceivedSpan::spanId).toList();
    }
}
