package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.trace.Oracle.Said;
import dev.plait.correlator.trace.Traffic.Step;
import dev.plait.correlator.trace.Traffic.Timed;
import dev.plait.schemas.model.TraceId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The assembler against its oracle, and against itself with restarts. jqwik prints the seed of a failure. */
class AssemblerProperties {
    /** A closing without frame numbers, which differ after a restart. */
    private record Outcome(
            TraceId traceId, Optional<TraceId> replaces, boolean ambiguous, boolean truncated, Said said) {}

    @Provide
    Arbitrary<List<Step>> traffic() {
        return Traffic.steps(Traffic.pieces(), 40);
    }

    @Provide
    Arbitrary<List<Step>> mixedTraffic() {
        return Traffic.steps(Traffic.mixedPieces(), 40);
    }

    @Property(tries = 600)
    void assembler_saysWhatTheOracleSays(@ForAll("traffic") List<Step> steps) {
        Oracle oracle = new Oracle(Traffic.RULES);
        List<Timed> timed = Traffic.timed(steps);
        timed.forEach(each -> oracle.step(each.clockMs(), each.frame()));
        Traffic.drain(timed).forEach(clockMs -> {
            oracle.close(clockMs);
            oracle.expire(clockMs);
        });

        Desk desk = run(Traffic.RULES, timed, false);

        assertSame(desk.revisions.stream().map(AssemblerProperties::said).toList(), oracle.said);
        assertThat(desk.fresh).hasSize(oracle.fresh);
    }

    @Property(tries = 2000)
    void restart_changesNothing(@ForAll("traffic") List<Step> steps) {
        assertSameWithRestarts(Traffic.RULES, steps);
    }

    @Property(tries = 2000)
    void restart_changesNothingWithLimits(@ForAll("traffic") List<Step> steps) {
        assertSameWithRestarts(Traffic.TIGHT, steps);
    }

    @Property(tries = 2000)
    void restart_changesNothingWithLimitsAndBothWidths(@ForAll("mixedTraffic") List<Step> steps) {
        assertSameWithRestarts(Traffic.PATIENT, steps);
    }

    @Property(tries = 1000)
    void items_areConservedAndNothingLeaks(@ForAll("mixedTraffic") List<Step> steps) {
        Desk desk = run(Traffic.TIGHT, Traffic.timed(steps), false);

        AssemblerCounts counts = desk.assembler().counts();
        long items = steps.stream().mapToLong(step -> step.pieces().size()).sum();
        assertThat(counts.distinct() + counts.duplicates())
                .isEqualTo(counts.items())
                .isEqualTo(items);
        assertThat(desk.frames).isEmpty();
        assertThat(desk.sweeps).isEmpty();
        assertThat(desk.assembler().knownTraces()).isZero();
        assertThat(desk.assembler().openTraces()).isZero();
        assertThat(desk.assembler().heldFrames()).isZero();
    }

    private static void assertSameWithRestarts(TraceRules rules, List<Step> steps) {
        List<Timed> timed = Traffic.timed(steps);

        Desk uninterrupted = run(rules, timed, false);
        Desk restarted = run(rules, timed, true);

        assertSame(outcomes(restarted), outcomes(uninterrupted));
        assertThat(restarted.fresh).isEqualTo(uninterrupted.fresh);
        assertThat(restarted.frames).isEmpty();
        assertThat(restarted.sweeps).isEmpty();
    }

    /** As lists, but tells only where they part. */
    private static <T> void assertSame(List<T> actual, List<T> expected) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            assertThat(actual.get(i)).as("closing %s", i).isEqualTo(expected.get(i));
        }
        assertThat(actual).hasSameSizeAs(expected);
    }

    private static Desk run(TraceRules rules, List<Timed> timed, boolean restarts) {
        Desk desk = new Desk(rules);
        for (Timed each : timed) {
            if (restarts && each.restart()) {
                desk.restart();
            }
            desk.frame(each.clockMs(), each.frame());
        }
        Traffic.drain(timed).forEach(desk::clock);
        return desk;
    }

    private static List<Outcome> outcomes(Desk desk) {
        return desk.revisions.stream()
                .map(revision -> new Outcome(
                        revision.closing().traceId(),
                        revision.closing().replaces(),
                        revision.closing().ambiguous(),
                        revision.closing().truncated(),
                        said(revision)))
                .toList();
    }

    private static Said said(Desk.Revision revision) {
        Closing closing = revision.closing();
        return new Said(
                closing.traceId().low(),
                closing.revision(),
                closing.delta(),
                closing.reason(),
                closing.closedAtMs(),
                closing.counts(),
                revision.shown().stream().map(Piece::toString).collect(Collectors.toCollection(HashSet::new)));
    }
}
