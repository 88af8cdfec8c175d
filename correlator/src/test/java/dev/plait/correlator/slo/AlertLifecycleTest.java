package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Alert.State;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.Measure;
import dev.plait.schemas.model.SloStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertLifecycleTest {
    private static final long START = 1_767_225_600_000L;
    private static final AlertRule FAST = Slos.burn("fast", "page", 0, Slos.pair(Slos.HOUR, 5 * Slos.MINUTE, 14.4));

    @Test
    void alert_firesAtOnceAndResolvesOnce() {
        Course course = course(FAST);
        traffic(course, 0, 60, 10, 0);
        traffic(course, 60, 120, 0, 10);

        course.runTo(START + 30 * Slos.MINUTE);

        List<Alert> alerts = course.alerts;
        Alert first = alerts.get(0);
        assertThat(first.state()).isEqualTo(State.FIRING);
        // 600 good ones, then 10 bad ones a second: 110 of 710 are the first to be more than 14.4 times the 1 % allowed
        // allowed
        assertThat(first.startsAtMs()).isEqualTo(START + 71_000);
        assertThat(first.revision()).isEqualTo(1);
        assertThat(first.fingerprint()).matches("[0-9a-f]{16}");
        assertThat(first.labels())
                .isEqualTo(Map.of("alertname", "fast", "severity", "page", "slo", "pay", "service", "shop"));
        assertThat(alerts).filteredOn(alert -> alert.state() == State.RESOLVED).hasSize(1);
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(State.RESOLVED);
        assertThat(last.endsAtMs().orElseThrow()).isEqualTo(last.updatedAtMs());
        assertThat(last.startsAtMs()).isEqualTo(first.startsAtMs());
        assertThat(last.revision()).isEqualTo(alerts.size());
        assertThat(last.evidence().contributors()).isNotEmpty();
    }

    @Test
    void firingAlert_isWrittenAgainWithin60Seconds() {
        Course course = course(FAST);
        traffic(course, 0, 60, 0, 10);

        course.runTo(START + 20 * Slos.MINUTE);

        List<Long> times = course.alerts.stream().map(Alert::updatedAtMs).toList();
        assertThat(times).hasSizeGreaterThan(5);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(10_000L, 60_000L);
        }
    }

    /** A day of events within a second of the wall: transitions all, the rest not. */
    @Test
    void catchUp_holdsBackOnlyWhatIsWrittenAgain() {
        Course live = course(FAST);
        traffic(live, 0, 60, 0, 10);
        live.runTo(START + 20 * Slos.MINUTE);
        Course behind = course(FAST);
        behind.wallMs = START + Slos.HOUR;
        traffic(behind, 0, 60, 0, 10);

        behind.runTo(START + 20 * Slos.MINUTE);

        assertThat(behind.alerts).extracting(Alert::state).containsExactly(State.FIRING, State.RESOLVED);
        assertThat(SloOracle.transitions(behind.alerts)).isEqualTo(SloOracle.transitions(live.alerts));
        assertThat(behind.statuses).extracting(SloStatus::state).contains(SloStatus.State.FIRING);
        assertThat(behind.statuses).hasSizeLessThan(live.statuses.size() / 4);
    }

    @Test
    void pendingAlert_thatEnds_hasNoDuration() {
        Course course = course(Slos.burn("slow", "ticket", 3_600_000, Slos.pair(Slos.HOUR, 5 * Slos.MINUTE, 14.4)));
        traffic(course, 0, 30, 0, 10);

        course.runTo(START + 30 * Slos.MINUTE);

        assertThat(course.alerts).extracting(Alert::state).containsExactly(State.PENDING, State.RESOLVED);
        Alert resolved = course.alerts.get(1);
        assertThat(resolved.endsAtMs().orElseThrow()).isEqualTo(resolved.startsAtMs());
        assertThat(course.statuses).extracting(SloStatus::state).contains(SloStatus.State.PENDING);
    }

    @Test
    void pendingAlert_firesAfterItsTime() {
        Course course = course(Slos.burn("slow", "ticket", 120_000, Slos.pair(Slos.HOUR, 5 * Slos.MINUTE, 14.4)));
        traffic(course, 0, 200, 0, 10);

        course.runTo(START + 200_000);

        assertThat(course.alerts.get(0).state()).isEqualTo(State.PENDING);
        long since = course.alerts.get(0).startsAtMs();
        Alert fired = course.alerts.get(1);
        assertThat(fired.state()).isEqualTo(State.FIRING);
        assertThat(fired.startsAtMs()).isEqualTo(since + 120_000);
    }

    @Test
    void lowTraffic_doesNotFireButTells() {
        Course course = course(FAST);
        traffic(course, 0, 2, 0, 1);

        course.runTo(START + 5_000);
        assertThat(course.alerts).isEmpty();
        assertThat(last(course).state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);

        course.runTo(START + 2 * Slos.HOUR);
        assertThat(last(course).state()).isEqualTo(SloStatus.State.NO_DATA);
        assertThat(last(course).bad()).isEqualTo(2);
    }

    @Test
    void absence_firesOncePerSilence() {
        Course course = course(Slos.absence(5 * Slos.MINUTE));
        course.runTo(START + 6 * Slos.MINUTE);
        assertThat(course.alerts).extracting(Alert::state).containsOnly(State.FIRING);
        assertThat(course.alerts.get(0).updatedAtMs()).isEqualTo(START + 5 * Slos.MINUTE + 30_000);

        traffic(course, 360, 370, 1, 0);
        course.runTo(START + 8 * Slos.MINUTE);
        assertThat(course.alerts.get(course.alerts.size() - 1).state()).isEqualTo(State.RESOLVED);

        course.runTo(START + 20 * Slos.MINUTE);
        assertThat(SloOracle.transitions(course.alerts)).hasSize(3);
        assertThat(course.alerts.get(course.alerts.size() - 1).annotations().get("summary"))
                .isEqualTo("Pay availability has had no requests for 13 minutes.");
    }

    @Test
    void thresholds_judgeTheirMeasure() {
        AlertRule ratio = Slos.threshold("ratio", Measure.ERROR_RATIO, true, 0.05, Slos.MINUTE);
        AlertRule quiet = Slos.threshold("quiet", Measure.REQUEST_RATE, false, 0.5, Slos.MINUTE);
        Course course = course(ratio, quiet);
        traffic(course, 0, 100, 9, 1);

        course.runTo(START + 5 * Slos.MINUTE);

        assertThat(course.alerts.get(0).annotations().get("summary"))
                .startsWith("Pay availability fails 10% of requests in the last 1m (limit: above 5%)");
        assertThat(SloOracle.transitions(course.alerts))
                .containsExactly(
                        START + 1_000 + " ratio FIRING",
                        START + 180_000 + " ratio RESOLVED",
                        START + 180_000 + " quiet FIRING");
    }

    @Test
    void changedRules_resolveWhatIsGone() {
        Course course = course(FAST);
        traffic(course, 0, 60, 0, 10);
        assertThat(course.alerts.get(0).state()).isEqualTo(State.FIRING);
        int written = course.alerts.size();

        course.define(definition(Slos.TICKET));
        course.runTo(START + 62_000);
        course.restart();
        course.runTo(START + 90_000);

        List<Alert> after = course.alerts.subList(written, course.alerts.size()).stream()
                .filter(alert -> alert.name().equals("fast"))
                .toList();
        assertThat(after).extracting(Alert::state).containsExactly(State.RESOLVED);
        assertThat(last(course).bad()).isEqualTo(600);

        course.define(definition(FAST));
        course.runTo(START + 120_000);
        assertThat(course.alerts.get(course.alerts.size() - 1).state()).isEqualTo(State.FIRING);
        assertThat(course.alerts.get(course.alerts.size() - 1).revision())
                .isGreaterThan(after.get(0).revision());
    }

    @Test
    void retiredTracker_resolvesOnceAndLeavesNothing() {
        Course course = course(FAST);
        traffic(course, 0, 60, 0, 10);
        assertThat(course.tracker.forgettable(START + 40 * Slos.DAY)).isFalse();
        course.alerts.clear();

        course.tracker.retire(START + 61_000, course);

        assertThat(course.alerts).extracting(Alert::state).containsExactly(State.RESOLVED);
        assertThat(course.pages.size()).isZero();
        course.tracker.advance(START + 90_000, START, course);
        assertThat(course.alerts).hasSize(1);
    }

    @Test
    void quietGroup_isForgettableAfterAPeriod() {
        Course course = course(FAST);
        traffic(course, 0, 1, 1, 0);

        assertThat(course.tracker.forgettable(START + 29 * Slos.DAY)).isFalse();
        assertThat(course.tracker.forgettable(START + 30 * Slos.DAY)).isTrue();
    }

    @Test
    void requests_thatAreTooLateOrTooEarly_areRefused() {
        Course course = course(FAST);
        course.runTo(START + Slos.HOUR);
        long clockMs = START + Slos.HOUR;

        assertThat(count(course, clockMs - 600_000, clockMs)).isTrue();
        assertThat(count(course, clockMs - 600_001, clockMs)).isFalse();
        assertThat(count(course, clockMs + Slos.HOUR, clockMs)).isTrue();
        assertThat(count(course, clockMs + Slos.HOUR + 10_000, clockMs)).isFalse();
        course.runTo(clockMs + Slos.HOUR - 10_000);
        assertThat(last(course).good()).isEqualTo(1);
        course.runTo(clockMs + Slos.HOUR);
        assertThat(last(course).good()).isEqualTo(2);
    }

    private static boolean count(Course course, long timeMs, long clockMs) {
        return course.tracker.count(new Arrival(clockMs, timeMs, 1, 0).count(), clockMs);
    }

    private static SloStatus last(Course course) {
        return course.statuses.get(course.statuses.size() - 1);
    }

    private static Course course(AlertRule... rules) {
        return new Course(definition(rules), START);
    }

    private static SloDefinition definition(AlertRule... rules) {
        return Slos.of(0.99, 10, 3, 30 * Slos.DAY, rules);
    }

    /** The same each second, from a second to another. */
    private static void traffic(Course course, int from, int to, long good, long bad) {
        for (int second = from; second < to; second++) {
            long timeMs = START + second * 1_000L;
            course.run(List.of(new Arrival(timeMs, timeMs, good, bad)));
        }
    }
}
