package dev.plait.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SinkGroupTest {
    private static final long NOW_MS = 1_767_225_600_000L;
    private static final long MINUTE_MS = 60_000;
    private static final TopicPartition FIRST = new TopicPartition("plait-alerts", 0);
    private static final TopicPartition SECOND = new TopicPartition("plait-alerts", 1);

    @Test
    void recordsOfWhichNoneWasEverDelivered_areAWarning() {
        GroupState stuck = running(7, 7, Map.of());
        GroupState well = running(7, 0, Map.of());

        assertThat(codes(new SinkGroup(stuck, false, 0, 0))).containsExactly("sink-undelivered");
        assertThat(codes(new SinkGroup(well, false, 0, 0))).isEmpty();
    }

    @Test
    void sinkThatDeliveredAndThenStoppedTo_isStuck() {
        GroupState state = running(3, 0, Map.of(FIRST, 40L));

        SinkGroup early = seen(state, state, 2_000, 10 * MINUTE_MS);
        SinkGroup sure = seen(state, state, 2 * MINUTE_MS, 10 * MINUTE_MS);

        assertThat(findings(early)).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo("sink-stuck");
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.seen())
                    .isEqualTo(
                            "3 records wait, the oldest for 10 min; none that waited was delivered in the 2 s of this run");
            assertThat(found.change()).startsWith("look again with --for 2m").contains("LastProblem");
        });
        assertThat(findings(sure)).singleElement().extracting(Finding::severity).isEqualTo(Severity.PROBLEM);
    }

    @Test
    void sinkThatDelivers_isNotStuck() {
        GroupState before = running(3, 0, Map.of(FIRST, 40L, SECOND, 7L));

        assertThat(codes(seen(before, running(3, 0, Map.of(FIRST, 41L, SECOND, 7L)), MINUTE_MS, 10 * MINUTE_MS)))
                .isEmpty();
        assertThat(codes(seen(before, running(1, 0, Map.of(SECOND, 7L)), MINUTE_MS, 10 * MINUTE_MS)))
                .isEmpty();
        assertThat(codes(seen(running(0, 0, Map.of()), before, MINUTE_MS, 10 * MINUTE_MS)))
                .as("what came during the run has not waited")
                .isEmpty();
    }

    /** A worker may tell Kafka once a minute what it has delivered. */
    @Test
    void recordsThatWaitForLessThanACommit_areNotStuck() {
        GroupState state = running(3, 0, Map.of(FIRST, 40L));

        assertThat(codes(seen(state, state, 2 * MINUTE_MS, MINUTE_MS))).isEmpty();
    }

    /** The offset after the last record is that of its transaction's marker, for good. */
    @Test
    void markersOfTransactions_doNotWait() {
        GroupState state = running(1, 0, Map.of(FIRST, 40L));

        SinkGroup seen = SinkGroup.of(state, state, false, MINUTE_MS, NOW_MS, (partition, offset) -> Optional.empty());

        assertThat(seen.waitingMs()).isZero();
        assertThat(codes(seen)).isEmpty();
    }

    @Test
    void failedSink_isNotToldToStartAWorker() {
        GroupState left =
                GroupState.of("connect-pager", "Empty", List.of(), Map.of("plait-alerts", 5_000L), 0, Map.of());

        assertThat(codes(new SinkGroup(left, true, 0, 0))).isEmpty();
        assertThat(codes(new SinkGroup(left, false, 0, 0))).containsExactly("sink-not-running");
    }

    private static SinkGroup seen(GroupState before, GroupState after, long betweenMs, long waitingMs) {
        return SinkGroup.of(
                before, after, false, betweenMs, NOW_MS, (partition, offset) -> Optional.of(NOW_MS - waitingMs));
    }

    private static GroupState running(long lag, long neverCommitted, Map<TopicPartition, Long> waiting) {
        return GroupState.of(
                "connect-pager", "Stable", List.of("c"), Map.of("plait-alerts", lag), neverCommitted, waiting);
    }

    private static List<String> codes(SinkGroup group) {
        return findings(group).stream().map(Finding::code).toList();
    }

    private static List<Finding> findings(SinkGroup group) {
        return Rule.all(SinkRules.OF_GROUPS, List.of(group)).toList();
    }
}
