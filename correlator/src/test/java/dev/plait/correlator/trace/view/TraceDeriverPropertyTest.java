package dev.plait.correlator.trace.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.TraceSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for any pieces whatsoever; jqwik prints the seed of a failure. */
class TraceDeriverPropertyTest {
    private static final TraceDeriver DERIVER = new TraceDeriver(SamplingRules.defaults());

    @Property
    void anyOrderOfPieces_givesTheSameRecord(@ForAll long seed, @ForAll long order) {
        Garbage garbage = new Garbage(seed);
        List<ReceivedSpan> spans = garbage.spans(12);
        List<ReceivedLog> logs = garbage.logs(8);
        List<ReceivedExemplar> exemplars = garbage.exemplars(4);

        CorrelatedTrace trace = derive(spans, logs, exemplars);
        CorrelatedTrace other = derive(shuffled(spans, order), shuffled(logs, order), shuffled(exemplars, order));

        assertThat(other).isEqualTo(trace);
    }

    @Property
    void copiesOfASpan_changeNothing(@ForAll long seed) {
        Garbage garbage = new Garbage(seed);
        List<ReceivedSpan> spans = garbage.spans(12);
        List<ReceivedSpan> twice = new ArrayList<>(spans);
        twice.addAll(spans);

        assertThat(derive(twice, List.of(), List.of())).isEqualTo(derive(spans, List.of(), List.of()));
    }

    @Property
    void garbage_givesARecordWhoseTimesAddUp(@ForAll long seed) {
        Garbage garbage = new Garbage(seed);
        List<ReceivedSpan> spans = garbage.spans(30);

        CorrelatedTrace trace = derive(spans, garbage.logs(10), List.of());

        Set<List<Object>> distinct = new HashSet<>();
        spans.forEach(span -> distinct.add(List.of(span.spanId(), span.kind())));
        assertThat(trace.spans()).hasSameSizeAs(distinct);
        assertThat(trace.spans()).isSortedAccordingTo((a, b) -> Long.compare(a.startEpochNanos(), b.startEpochNanos()));
        assertThat(trace.startEpochNanos()).isNotNegative();
        assertThat(trace.durationNanos()).isNotNegative();
        assertThat(trace.verdict().maxClockSkewNanos()).isBetween(0L, ClockSkew.LIMIT_NANOS);
        assertThat(trace.rootCause().isPresent()).isEqualTo(trace.status() == RequestStatus.ERROR);
        for (TraceSpan span : trace.spans()) {
            assertThat(span.selfNanos()).isBetween(0L, span.durationNanos());
        }
    }

    @Property
    void criticalPath_coversTheTopWithoutGapOrOverlap(@ForAll long seed) {
        SpanTree tree = new SpanTree(new Garbage(seed).spans(30));

        List<CriticalPath.Segment> path = CriticalPath.of(tree);

        if (path.isEmpty()) {
            assertThat(tree.top().stream().mapToLong(tree::durationNanos).sum()).isZero();
            return;
        }
        int top = tree.top().orElseThrow();
        assertThat(path.get(0).start()).isEqualTo(tree.start(top));
        assertThat(path.get(path.size() - 1).end()).isEqualTo(tree.end(top));
        for (int i = 1; i < path.size(); i++) {
            assertThat(path.get(i).start()).isEqualTo(path.get(i - 1).end());
        }
    }

    @Property
    void forest_hasNoCircleAndParentsAreAboveTheirChildren(@ForAll long seed) {
        SpanTree tree = new SpanTree(new Garbage(seed).spans(40));

        Map<Integer, Integer> childrenSeen = new HashMap<>();
        for (int i = 0; i < tree.size(); i++) {
            int parent = tree.parent(i);
            assertThat(tree.depth(i)).isEqualTo(parent == SpanTree.NONE ? 0 : tree.depth(parent) + 1);
            if (parent != SpanTree.NONE) {
                childrenSeen.merge(parent, 1, Integer::sum);
                assertThat(tree.children(parent)).contains(i);
            }
        }
        childrenSeen.forEach(
                (parent, count) -> assertThat(tree.children(parent)).hasSize(count));
    }

    private static CorrelatedTrace derive(
            List<ReceivedSpan> spans, List<ReceivedLog> logs, List<ReceivedExemplar> exemplars) {
        return DERIVER.derive(Given.closing(), spans, logs, exemplars);
    }

    private static <T> List<T> shuffled(List<T> list, long order) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(order));
        return shuffled;
    }
}
