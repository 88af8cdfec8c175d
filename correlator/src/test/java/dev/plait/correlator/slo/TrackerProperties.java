package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The tracker against an oracle that adds up a list anew for every evaluation. */
class TrackerProperties {
    private static final SloDefinition SLO = Slos.of(0.99);
    private static final long END = Incident.START + (Incident.MINUTES + 60) * 60_000;

    @Property(tries = 14)
    void tracker_agreesWithOracle(@ForAll Incident incident, @ForAll long seed) {
        List<Arrival> arrivals = incident.arrivals(seed);
        Course course = new Course(SLO, Incident.START).run(arrivals).runTo(END);

        SloOracle oracle = new SloOracle(SLO, arrivals);
        int told = 0;
        for (long clockMs : course.evaluated) {
            oracle.evaluate(clockMs);
            if (told < course.statuses.size() && course.statuses.get(told).evaluatedAtMs() == clockMs) {
                agrees(course.statuses.get(told++), oracle);
            }
        }

        assertThat(told).isEqualTo(course.statuses.size());
        assertThat(SloOracle.transitions(course.alerts)).isEqualTo(oracle.transitions);
        if (incident != Incident.LOW_TRAFFIC) {
            assertThat(oracle.transitions).hasSizeGreaterThan(incident == Incident.SPIKE ? 0 : 1);
        }
    }

    @Property(tries = 7)
    void tracker_goesOnAfterRestarts(@ForAll Incident incident, @ForAll long seed) {
        List<Arrival> arrivals = incident.arrivals(seed);

        Course restarted =
                new Course(SLO, Incident.START).restartingAt(seed).run(arrivals).runTo(END);

        sameAs(new Course(SLO, Incident.START).run(arrivals).runTo(END), restarted);
    }

    @Property(tries = 7)
    void order_withinASecondDoesNotMatter(@ForAll Incident incident, @ForAll long seed) {
        List<Arrival> arrivals = incident.arrivals(seed);
        List<Arrival> shuffled = new ArrayList<>(arrivals);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort((a, b) -> Long.compare(a.atMs() / 1000, b.atMs() / 1000));
        List<Arrival> sameSecond = shuffled.stream()
                .map(each -> new Arrival(each.atMs() / 1000 * 1000 + 7, each.timeMs(), each.good(), each.bad()))
                .toList();

        sameAs(
                new Course(SLO, Incident.START).run(arrivals).runTo(END),
                new Course(SLO, Incident.START).run(sameSecond).runTo(END));
    }

    private static void sameAs(Course expected, Course other) {
        assertThat(other.statuses).isEqualTo(expected.statuses);
        assertThat(other.alerts).isEqualTo(expected.alerts);
        assertThat(other.refused).isEqualTo(expected.refused);
    }

    private static void agrees(SloStatus status, SloOracle oracle) {
        long clockMs = status.evaluatedAtMs();
        SloOracle.Counts period = oracle.window(clockMs, SLO.periodMs());
        assertThat(List.of(status.good(), status.bad(), status.total()))
                .isEqualTo(List.of(period.good(), period.bad(), period.total()));
        assertThat(status.budgetRemaining()).isCloseTo(1 - oracle.rate(period), within(1e-9));
        List<BurnPair> pairs =
                SLO.alerts().stream().flatMap(rule -> rule.pairs().stream()).toList();
        for (int i = 0; i < pairs.size(); i++) {
            SloStatus.Burn burn = status.burn().get(i);
            assertThat(burn.longRate())
                    .isCloseTo(oracle.rate(oracle.window(clockMs, pairs.get(i).longMs())), within(1e-9));
            assertThat(burn.shortRate())
                    .isCloseTo(oracle.rate(oracle.window(clockMs, pairs.get(i).shortMs())), within(1e-9));
        }
    }
}
