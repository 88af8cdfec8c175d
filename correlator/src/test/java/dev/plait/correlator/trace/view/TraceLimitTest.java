package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.kong;
import static dev.plait.correlator.trace.view.Given.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.correlator.trace.view.Given.Span;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import dev.plait.schemas.wire.TraceJson;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TraceLimitTest {
    private static final String LONG = "x".repeat(1_000);
    private static final long DROPPED_BEFORE = Given.closing().counts().dropped();

    /** Root, one on the critical path, one beside it, one failed; each with 1 kB of attributes; 3 logs of 1 kB. */
    private static final CorrelatedTrace TRACE = derive(
            List.of(
                    span(1, 0, "gate", 1_000, 1_100),
                    span(2, 1, "cart", 1_010, 1_090),
                    span(3, 1, "ads", 1_020, 1_080),
                    span(4, 3, "db", 1_030, 1_040).failed()),
            List.of(log(1_005, 9), log(1_006, 17), log(1_007, 9), kong(1_000, "url.path", "/x")));

    @Test
    void fittingTrace_isLeftAlone() {
        assertThat(TraceLimit.fit(TRACE, JsonSize.of(TRACE))).isSameAs(TRACE);
    }

    @Test
    void bodies_goFirstAndOnlyAsManyAsNeeded() {
        CorrelatedTrace fitted = TraceLimit.fit(TRACE, JsonSize.of(TRACE) - 1_001);

        assertThat(fitted.logs()).extracting(log -> log.body().length()).containsExactly(6, 1_000, 0, 0);
        assertThat(fitted.spans()).isEqualTo(TRACE.spans());
        assertThat(fitted.verdict().truncated()).isTrue();
        assertThat(fitted.verdict().complete()).isFalse();
        assertThat(fitted.counts().dropped()).isEqualTo(DROPPED_BEFORE);
    }

    @Test
    void attributes_goBeforeSpans() {
        CorrelatedTrace fitted = TraceLimit.fit(TRACE, JsonSize.of(TRACE) - 5_000);

        assertThat(fitted.spans()).extracting(span -> span.attributes().size()).containsExactly(1, 0, 0, 1);
        assertThat(fitted.logs()).hasSize(4);
        assertThat(fitted.counts().dropped()).isEqualTo(DROPPED_BEFORE);
    }

    @Test
    void middleSpans_goFromBesideTheCriticalPathFirst() {
        CorrelatedTrace fitted = TraceLimit.fit(TRACE, JsonSize.of(TRACE) - 5_200);

        assertThat(fitted.spans()).extracting(TraceSpan::service).containsExactly("gate", "cart", "db");
        assertThat(fitted.counts().dropped()).isEqualTo(DROPPED_BEFORE + 1);
        assertThat(fitted.counts().spans()).isEqualTo(TRACE.counts().spans());
    }

    @Test
    void tightLimit_leavesRootErrorsAndAccessLog() {
        CorrelatedTrace fitted = TraceLimit.fit(TRACE, 4_000);

        assertThat(fitted.spans()).extracting(TraceSpan::service).containsExactly("gate", "db");
        assertThat(fitted.logs()).extracting(TraceLog::source).containsExactly("kong");
        assertThat(fitted.counts().dropped()).isEqualTo(DROPPED_BEFORE + 5);
        assertThat(written(fitted)).isLessThanOrEqualTo(4_000);
    }

    @Test
    void impossibleLimit_endsWithTheRootAndTheCause() {
        CorrelatedTrace failed = derive(
                List.of(
                        span(1, 0, "gate", 1_000, 1_100).failed(),
                        span(2, 1, "cart", 1_010, 1_090).failed(),
                        span(3, 2, "db", 1_020, 1_080).failed(),
                        span(4, 1, "ads", 1_020, 1_080).failed()),
                List.of());

        CorrelatedTrace fitted = TraceLimit.fit(failed, 0);

        assertThat(fitted.spans()).extracting(TraceSpan::service).containsExactly("gate", "db");
        assertThat(fitted.counts().dropped()).isEqualTo(DROPPED_BEFORE + 2);
    }

    @Test
    void tenThousandErrorSpans_stillFit() {
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            spans.add(span(i, i - 1, "service-" + i, 1_000 + i, 90_000 - i).failed());
        }
        CorrelatedTrace trace = derive(spans, List.of());

        CorrelatedTrace fitted = TraceLimit.fit(trace, 1 << 20);

        assertThat(written(fitted)).isLessThanOrEqualTo(1 << 20);
        assertThat(fitted.spans().size()).isGreaterThan(1_500);
        assertThat(fitted.spans().get(0).service()).isEqualTo("service-1");
        assertThat(fitted.spans().get(fitted.spans().size() - 1).service()).isEqualTo("service-10000");
        assertThat(fitted.counts().dropped())
                .isEqualTo(DROPPED_BEFORE + 10_000 - fitted.spans().size());
    }

    @Property(tries = 20)
    void anyTrace_fitsAnyLimitOf256KiBOrMore(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int copies) {
        CorrelatedTrace trace = garbage(seed, 300 * copies);

        CorrelatedTrace fitted = TraceLimit.fit(trace, 1 << 18);

        assertThat(written(fitted)).isLessThanOrEqualTo(1 << 18);
        assertThat(fitted.root())
                .map(CorrelatedTrace.Root::spanId)
                .isEqualTo(trace.root().map(CorrelatedTrace.Root::spanId));
        trace.root()
                .ifPresent(root -> assertThat(fitted.spans())
                        .anyMatch(span -> span.spanId().equals(root.spanId()) && span.kind() == root.kind()));
    }

    @Property(tries = 300)
    void anyTraceAndLimit_endsAndKeepsTheBooks(@ForAll long seed, @ForAll @IntRange(max = 60_000) int limit) {
        CorrelatedTrace trace = garbage(seed, 40);

        CorrelatedTrace fitted = TraceLimit.fit(trace, limit);

        assertThat(fitted.counts().dropped() - trace.counts().dropped()).isEqualTo(pieces(trace) - pieces(fitted));
        assertThat(fitted.verdict().truncated()).isEqualTo(JsonSize.of(trace) > limit);
    }

    @Property(tries = 300)
    void estimate_isNeverTooLow(@ForAll long seed) {
        CorrelatedTrace trace = garbage(seed, 40);

        assertThat(JsonSize.of(trace)).isGreaterThanOrEqualTo(written(trace));
        assertThat(JsonSize.of(trace)).isLessThan(1_000 + written(trace) * 13 / 10);
    }

    private static CorrelatedTrace garbage(long seed, int atMost) {
        Garbage garbage = new Garbage(seed);
        return derive(garbage.spans(atMost), garbage.logs(atMost), garbage.exemplars(atMost / 4));
    }

    private static CorrelatedTrace derive(List<Span> spans, List<ReceivedLog> logs) {
        return derive(
                spans.stream().map(span -> span.with("text", LONG).received()).toList(), logs, List.of());
    }

    private static CorrelatedTrace derive(
            List<ReceivedSpan> spans, List<ReceivedLog> logs, List<ReceivedExemplar> exemplars) {
        return new TraceDeriver(SamplingRules.defaults()).derive(Given.closing(), spans, logs, exemplars);
    }

    private static ReceivedLog log(long time, int severity) {
        ReceivedLog log = Given.log(time, "cart", LONG);
        return new ReceivedLog(
                time, 0, "", severity, LONG, false, false, log.joinedBy(), log.attributes(), log.origin());
    }

    private static long pieces(CorrelatedTrace trace) {
        return (long) trace.spans().size()
                + trace.logs().size()
                + trace.exemplars().size();
    }

    private static long written(CorrelatedTrace trace) {
        return TraceJson.write(trace).length;
    }
}
