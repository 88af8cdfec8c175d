package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.span;
import static dev.plait.correlator.trace.view.Given.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.trace.view.CriticalPath.Segment;
import dev.plait.schemas.model.SpanKind;
import org.junit.jupiter.api.Test;

/** Self time, critical path and clock skew, each worked out by hand. */
class TimesTest {
    @Test
    void selfTime_isWhatNoChildCovers() {
        SpanTree tree = tree(
                span(1, 0, "a", 1_000, 1_100),
                span(2, 1, "a", 1_010, 1_040),
                span(3, 1, "a", 1_030, 1_050),
                span(4, 1, "a", 1_035, 1_038),
                span(5, 1, "a", 1_090, 1_120),
                span(6, 1, "a", 1_200, 1_300));

        // 100 - (10..50) - (90..100); the last began after the span had ended
        assertThat(SelfTime.of(tree)).containsExactly(50, 30, 20, 3, 30, 100);
    }

    @Test
    void criticalPath_walksBackAlongTheLastFinishingChildren() {
        SpanTree tree = tree(
                span(1, 0, "a", 1_000, 1_100),
                span(2, 1, "a", 1_010, 1_040),
                span(3, 1, "a", 1_030, 1_060),
                span(4, 1, "a", 1_070, 1_120));

        assertThat(CriticalPath.of(tree))
                .containsExactly(
                        new Segment(0, 1_000, 1_030),
                        new Segment(2, 1_030, 1_060),
                        new Segment(0, 1_060, 1_070),
                        new Segment(3, 1_070, 1_100));
    }

    @Test
    void criticalPath_descendsAndComesBack() {
        SpanTree tree = tree(
                span(1, 0, "a", 100, 200),
                span(2, 1, "a", 110, 130),
                span(3, 1, "a", 130, 190),
                span(4, 3, "b", 140, 150),
                span(5, 3, "b", 145, 185));

        assertThat(CriticalPath.of(tree))
                .containsExactly(
                        new Segment(0, 100, 110),
                        new Segment(1, 110, 130),
                        new Segment(2, 130, 145),
                        new Segment(4, 145, 185),
                        new Segment(2, 185, 190),
                        new Segment(0, 190, 200));
    }

    @Test
    void criticalPath_beginsAtTheEarliestTopWithoutRoot() {
        SpanTree tree = tree(span(1, 99, "a", 100, 200), span(2, 98, "a", 90, 95));

        assertThat(CriticalPath.of(tree)).containsExactly(new Segment(0, 90, 95));
    }

    @Test
    void criticalPath_isEmptyWithoutDuration() {
        assertThat(CriticalPath.of(tree())).isEmpty();
        assertThat(CriticalPath.of(tree(span(1, 0, "a", 100, 100)))).isEmpty();
    }

    @Test
    void clockSkew_isTheDistanceFromTheMiddleOfTheParent() {
        SpanTree tree = tree(
                span(1, 0, "a", 1_000, 1_100).client(),
                span(2, 1, "ahead", 1_150, 1_190),
                span(3, 1, "behind", 900, 940),
                span(4, 1, "fits", 1_001, 1_099));

        // a child of 40 in a parent of 100 is expected 30 after its start
        assertThat(ClockSkew.of(tree)).containsExactly(-130, 0, 0, 120);
    }

    @Test
    void clockSkewOfLongerChild_isOnlyThatItBeganTooEarly() {
        SpanTree tree = tree(
                span(1, 0, "a", 1_000, 1_100).client(), span(2, 1, "b", 990, 1_200), span(3, 1, "c", 1_010, 1_200));

        assertThat(ClockSkew.of(tree)).containsExactly(-10, 0, 0);
    }

    @Test
    void clockSkew_isNotToldByTheSameServiceMessagesOrUnknownTimes() {
        SpanTree tree = tree(
                span(1, 0, "a", 1_000, 1_100),
                span(2, 1, "a", 1_200, 1_300),
                span(3, 1, "b", 1_200, 1_300).kind(SpanKind.CONSUMER),
                span(4, 1, "c", 1_200, 0),
                span(5, 1, "a", 1_050, 1_060).kind(SpanKind.PRODUCER),
                span(6, 5, "d", 1_500, 1_600));

        assertThat(ClockSkew.of(tree)).containsOnly(0);
    }

    @Test
    void clockSkew_isHeldWithinAnHour() {
        SpanTree tree = tree(span(1, 0, "a", 1, 10).client(), span(2, 1, "b", Long.MAX_VALUE - 5, Long.MAX_VALUE));

        assertThat(ClockSkew.of(tree)).containsExactly(0, ClockSkew.LIMIT_NANOS);
    }
}
