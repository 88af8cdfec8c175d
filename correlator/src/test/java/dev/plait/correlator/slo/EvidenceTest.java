package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Alert.LogLine;
import dev.plait.schemas.model.Alert.TraceExample;
import dev.plait.schemas.model.RootCause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final long START = 1_767_225_600_000L;

    /** What an on-call reader gets, from the first record to the last. */
    @Test
    void alert_namesTheFailingHop() {
        Course course = new Course(Slos.of(0.99), START);
        failures(course, 0, 8);
        course.runTo(START + 8_000);
        Alert first = course.alerts.get(0);
        assertThat(first.revision()).isEqualTo(1);
        assertThat(first.evidence().contributors())
                .extracting(Alert.Contributor::value)
                .contains("bank", "pay-v1");
        assertThat(first.evidence().logs()).extracting(LogLine::body).containsExactly("POST /pay 503");
        assertThat(first.annotations().get("summary"))
                .isEqualTo("Pay availability fails 100% of requests in the last 5m, 100 times what its error budget"
                        + " allows: mostly route pay-v1, service bank.");

        course.tracker.evidence(traces("bank", "POST /charge", 3), START + 8_500);
        failures(course, 9, 20);
        course.runTo(START + 20_000);

        List<Alert> page = course.alerts.stream()
                .filter(alert -> alert.name().equals("pay-page"))
                .toList();
        assertThat(page).hasSize(2);
        Alert second = page.get(1);
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.evidence().rootCauses().get(0).service()).isEqualTo("bank");
        assertThat(second.evidence().traces()).hasSize(3);
        assertThat(second.annotations().get("summary"))
                .isEqualTo("Pay availability fails 100% of requests in the last 5m, 100 times what its error budget"
                        + " allows: bank POST /charge failed.");
        assertThat(second.annotations().get("description"))
                .contains("requests failed in the last 1h")
                .contains("The budget burns 100 times too fast over 1h and 100 over 5m (limit 14).")
                .contains("The error budget is used up, 10,000% of it is spent.")
                .contains("Failing hop: bank POST /charge failed, 100% of the failed traces.")
                .contains("Look at trace 00000000000000000000000000000000 (shop, pay-v1, 250 ms).")
                .endsWith("Logged by bank: POST /pay 503");

        course.runTo(START + 3 * Slos.HOUR);
        Alert resolved = course.alerts.stream()
                .filter(alert -> alert.state() == Alert.State.RESOLVED)
                .findFirst()
                .orElseThrow();
        assertThat(resolved.evidence().rootCauses()).isEqualTo(second.evidence().rootCauses());
        assertThat(resolved.annotations().get("summary"))
                .startsWith("Resolved after ")
                .contains("bank POST /charge failed");
    }

    /** Two faults within an hour: the first record of the second is not told in the words of the first. */
    @Test
    void alert_doesNotNameTheHopOfTheIncidentBefore() {
        Course course = new Course(Slos.of(0.99, 10, 3, 30 * Slos.DAY, Slos.PAGE), START);
        failures(course, 0, 20);
        course.tracker.evidence(traces("bank", "POST /charge", 3), START + 20_500);
        failures(course, 21, 60);
        course.runTo(START + 45 * 60_000);
        assertThat(course.alerts.get(course.alerts.size() - 1).state()).isEqualTo(Alert.State.RESOLVED);
        int before = course.alerts.size();

        failures(course, 50 * 60, 50 * 60 + 20);

        Alert first = course.alerts.get(before);
        assertThat(first.state()).isEqualTo(Alert.State.FIRING);
        assertThat(first.evidence().rootCauses()).isEmpty();
        assertThat(first.evidence().contributors()).isNotEmpty();
        assertThat(first.annotations().get("summary")).doesNotContain("POST /charge");
    }

    @Test
    void newRootCause_isARevisionOfItsOwn_knownOnesAreNot() {
        Course course = new Course(Slos.of(0.99, 10, 3, 30 * Slos.DAY, Slos.PAGE), START);
        failures(course, 0, 5);
        course.tracker.evidence(traces("bank", "POST /charge", 1), START + 5_100);
        failures(course, 6, 20);
        int after = course.alerts.size();

        for (int second = 20; second < 30; second++) {
            course.tracker.evidence(traces("bank", "POST /charge", 1), START + second * 1_000L);
            failures(course, second, second + 1);
        }
        assertThat(course.alerts).hasSize(after);

        course.tracker.evidence(traces("fraud", "GET /score", 1), START + 30_100);
        failures(course, 31, 34);
        assertThat(course.alerts).hasSize(after + 1);
        assertThat(course.alerts.get(after).evidence().rootCauses()).hasSize(2);
    }

    @Test
    void log_isBoundedAndKeepsWhatIsFrequent() {
        StoredBytes pages = new StoredBytes();
        EvidenceLog log = new EvidenceLog(pages);
        Random random = new Random(1);
        String longText = "x".repeat(5_000);
        for (int i = 0; i < 3_000; i++) {
            long clockMs = START + i * 3_000L;
            List<SloCount.Contribution> contributions = new ArrayList<>();
            contributions.add(new SloCount.Contribution("route", "pay-v1", 5));
            contributions.add(new SloCount.Contribution("path", random.nextInt() + longText, 1));
            contributions.add(new SloCount.Contribution("path", random.nextInt() + longText, 1));
            log.add(new SloCount(clockMs / 10_000 * 10_000, 0, 5, contributions, List.of(line(i + longText))), clockMs);
            log.add(traces(random.nextInt() + longText, longText, 3), clockMs);
            log.expire(clockMs);
        }

        long clockMs = START + 3_000 * 3_000L;
        var found = log.within(3_600_000, clockMs);
        assertThat(found.partial()).isTrue();
        assertThat(found.evidence().contributors()).hasSize(10);
        assertThat(found.evidence().contributors().get(0).value()).isEqualTo("pay-v1");
        assertThat(found.evidence().contributors().get(0).share()).isEqualTo(1);
        assertThat(found.evidence().rootCauses()).hasSize(5);
        assertThat(found.evidence().traces()).hasSize(3);
        assertThat(found.evidence().logs()).hasSize(5);
        assertThat(pages.size()).isLessThan(130);
        assertThat(pages.bytes()).isLessThan(62 * 20_000L);

        log.expire(clockMs + 2 * Slos.HOUR);
        assertThat(pages.size()).isZero();
    }

    @Test
    void examples_doNotDependOnOrder() {
        List<SloEvidence> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(new SloEvidence(
                    List.of(trace(i, i % 3 == 0)), List.of(), List.of(line("line " + i), line("other " + i % 7))));
        }
        Alert.Evidence expected = found(all);

        for (long seed = 0; seed < 20; seed++) {
            List<SloEvidence> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(found(shuffled)).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(expected.traces()).allMatch(TraceExample::error);
    }

    private static Alert.Evidence found(List<SloEvidence> all) {
        EvidenceLog log = new EvidenceLog(new StoredBytes());
        all.forEach(each -> log.add(each, START));
        return log.within(300_000, START).evidence();
    }

    /** Ten failing requests each second. */
    private static void failures(Course course, int from, int to) {
        for (int second = from; second < to; second++) {
            long timeMs = START + second * 1_000L;
            course.runTo(timeMs);
            course.tracker.count(
                    new SloCount(
                            timeMs / 10_000 * 10_000,
                            0,
                            10,
                            List.of(
                                    new SloCount.Contribution("service", "bank", 10),
                                    new SloCount.Contribution("route", "pay-v1", 10),
                                    new SloCount.Contribution("status", "503", 4)),
                            List.of(line("POST /pay 503"))),
                    timeMs);
            course.changed();
            course.runTo(timeMs + 999);
        }
    }

    private static SloEvidence traces(String service, String operation, int count) {
        List<TraceExample> traces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            traces.add(trace(i, true));
        }
        return new SloEvidence(
                traces,
                List.of(new SloEvidence.CauseCount(service, operation, RootCause.Kind.UPSTREAM, count)),
                List.of());
    }

    private static TraceExample trace(int id, boolean error) {
        String traceId = String.format(Locale.ROOT, "%032x", id);
        return new TraceExample(traceId, "shop", Optional.of("pay-v1"), 503, 250_000_000, error);
    }

    private static LogLine line(String body) {
        return new LogLine(Optional.empty(), Optional.of("bank"), Optional.empty(), body);
    }
}
