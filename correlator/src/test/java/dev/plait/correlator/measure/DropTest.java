package dev.plait.correlator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.red.MapBytes;
import dev.plait.correlator.red.RedRules;
import dev.plait.schemas.model.Alert;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Alerts about measures that drop against their own past: ten items of 10 EUR each ten seconds, and then less. */
class DropTest {
    private static final long T0 = 1_767_225_600_000L;
    private static final long MINUTE_MS = 60_000;
    private static final RedRules WINDOWS = new RedRules(10_000, 120_000, 100);
    private static final DropRule HALF = new DropRule(0.5, DropRule.Of.SUM, 300_000, 3_600_000, 20, "page");

    private final MapBytes bytes = new MapBytes();
    private final List<Alert> alerts = new ArrayList<>();
    private List<MeasureRule> rules = List.of(rule(HALF));
    private MeasureWindows windows = windows();
    private long clockMs = T0;

    @Test
    void drop_firesOnceWithTheFigures_isToldAgainAndResolvedWhenItIsBack() {
        run(40, 10, 10);
        assertThat(alerts).isEmpty();

        run(10, 1, 10);

        Alert first = alerts.get(0);
        assertThat(first.state()).isEqualTo(Alert.State.FIRING);
        assertThat(first.kind()).isEqualTo(Alert.Kind.THRESHOLD);
        assertThat(first.labels())
                .isEqualTo(Map.of(
                        "alertname", "turnover-drop",
                        "severity", "page",
                        "measure", "turnover",
                        "service", "shop",
                        "source", "span"));
        assertThat(first.service()).contains("shop");
        assertThat(first.startsAtMs() - T0)
                .as("after half of the window, a bucket and what takes so long to come")
                .isBetween(42 * MINUTE_MS, 44 * MINUTE_MS + 30_000);
        assertThat(first.annotations().get("summary"))
                .startsWith("turnover of service=shop is 5")
                .endsWith("% below what is usual: 1,380 EUR in 5m, 3,000 EUR expected.");
        assertThat(first.annotations().get("description"))
                .startsWith("1,380 EUR in 138 items in the 5m until 2026-01-01 00:43 UTC.")
                .endsWith("5m brought 3,000 EUR in 300 items. It fires at 50% below that.");
        assertThat(first.counts().total()).isEqualTo(138);
        assertThat(alerts).hasSizeGreaterThan(5).allMatch(alert -> alert.startsAtMs() == first.startsAtMs());
        for (int i = 1; i < alerts.size(); i++) {
            assertThat(alerts.get(i).revision()).isEqualTo(i + 1);
            assertThat(alerts.get(i).updatedAtMs() - alerts.get(i - 1).updatedAtMs())
                    .isLessThanOrEqualTo(MINUTE_MS);
        }

        alerts.clear();
        run(10, 10, 10);

        assertThat(alerts)
                .filteredOn(alert -> alert.state() == Alert.State.RESOLVED)
                .hasSize(1);
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.annotations().get("summary"))
                .startsWith("Resolved after ")
                .contains(": turnover of service=shop is back: ")
                .endsWith(" EUR in 5m, 3,000 EUR expected.");
        assertThat(last.fingerprint()).isEqualTo(first.fingerprint());
    }

    /** While it fires the past does not follow; after as long as the past, the new level is what is usual. */
    @Test
    void drop_thatStays_becomesUsual() {
        run(70, 10, 10);
        run(55, 2, 10);
        assertThat(alerts).isNotEmpty().allMatch(alert -> alert.state() == Alert.State.FIRING);

        run(15, 2, 10);

        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.annotations().get("summary"))
                .endsWith("has stayed so low for 1h that it is taken as usual now: 600 EUR in 5m.");
        alerts.clear();
        run(30, 2, 10);
        assertThat(alerts).isEmpty();
    }

    @Test
    void seriesThatFallsSilent_fires_isForgottenLater_andLeavesNothing() {
        run(60, 10, 10);

        run(200, 0, 0);

        assertThat(alerts)
                .first()
                .satisfies(alert -> assertThat(alert.counts().total()).isLessThan(150));
        assertThat(alerts.get(alerts.size() - 1).state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(bytes.map.keySet()).noneMatch(key -> key.startsWith("drops/"));
    }

    /** Traffic so thin that nothing in five minutes is chance; a past too short to say what is usual. */
    @Test
    void tooLittleToTell_doesNotFire() {
        for (int i = 0; i < 60; i++) {
            run(1, i % 5 == 0 ? 1 : 0, 10);
        }
        run(10, 0, 0);
        assertThat(alerts).isEmpty();

        windows = windows(new MapBytes());
        run(20, 10, 10);
        run(10, 0, 0);
        assertThat(alerts).as("a past of less than half an hour").isEmpty();
    }

    /** Numbers and amounts of items vary, so that a twentieth less in five minutes is seen often; that is chance. */
    @Test
    void usualVariation_doesNotFire() {
        rules = List.of(rule(new DropRule(0.05, DropRule.Of.SUM, 300_000, 3_600_000, 20, "page")));
        windows = windows();
        Random random = new Random(5);
        run(180, () -> 8 + random.nextInt(5), () -> 5 + random.nextInt(11));
        assertThat(alerts).isEmpty();
    }

    @Test
    void count_dropsThoughTheSumDoesNot() {
        rules = List.of(rule(new DropRule(0.5, DropRule.Of.COUNT, 300_000, 3_600_000, 20, "page")));
        windows = windows();
        run(40, 10, 10);
        run(8, 1, 100);

        assertThat(alerts)
                .first()
                .satisfies(alert -> assertThat(alert.annotations().get("summary"))
                        .startsWith("Number of turnover of service=shop is 5")
                        .endsWith("300 items expected."));
    }

    @Test
    void restarts_changeNothing() {
        Random random = new Random(3);
        run(40, 10, 10);
        run(10, 1, 10);
        run(10, 10, 10);
        List<Alert> uninterrupted = List.copyOf(alerts);

        alerts.clear();
        clockMs = T0;
        bytes.map.clear();
        windows = windows();
        for (int minute = 0; minute < 60; minute++) {
            run(1, minute >= 40 && minute < 50 ? 1 : 10, 10);
            if (random.nextBoolean()) {
                windows = windows();
            }
        }

        assertThat(alerts).isEqualTo(uninterrupted);
    }

    @Test
    void ruleThatIsGone_isResolvedOnceAndForgotten_alsoAfterOneMoreRestart() {
        run(40, 10, 10);
        run(10, 0, 0);
        assertThat(alerts).last().satisfies(alert -> assertThat(alert.state()).isEqualTo(Alert.State.FIRING));
        int revision = alerts.get(alerts.size() - 1).revision();
        alerts.clear();
        rules = List.of(new MeasureRule(
                "turnover", "order.total", "EUR", MeasureSource.SPAN, List.of("service"), 100, Optional.empty()));

        windows = windows();
        windows = windows();
        run(2, 10, 10);

        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(Alert.State.RESOLVED);
            assertThat(alert.revision()).isEqualTo(revision + 1);
            assertThat(alert.annotations().get("summary")).contains("its rule was removed");
        });
        assertThat(bytes.map.keySet()).noneMatch(key -> key.startsWith("drops/"));
    }

    @Test
    void changedSeverity_resolvesTheAlertUnderItsOldLabels() {
        run(40, 10, 10);
        run(10, 0, 0);
        Alert before = alerts.get(alerts.size() - 1);
        alerts.clear();
        rules = List.of(rule(new DropRule(0.5, DropRule.Of.SUM, 300_000, 3_600_000, 20, "ticket")));

        windows = windows();
        run(2, 0, 0);

        assertThat(alerts.get(0).state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(alerts.get(0).fingerprint()).isEqualTo(before.fingerprint());
        assertThat(alerts.get(1).state()).isEqualTo(Alert.State.FIRING);
        assertThat(alerts.get(1).labels()).containsEntry("severity", "ticket");
    }

    @Test
    void seriesBeyondTheLimit_areCountedAndNotWatched() {
        rules = List.of(new MeasureRule(
                "turnover", "order.total", "EUR", MeasureSource.SPAN, List.of("service"), 1, Optional.of(HALF)));
        windows = windows();

        assertThat(windows.add(key("shop"), T0, amount(1), T0)).isEqualTo(MeasureWindows.Added.COUNTED);
        assertThat(windows.add(key("bar"), T0, amount(1), T0)).isEqualTo(MeasureWindows.Added.COUNTED_UNWATCHED);
        assertThat(windows.add(key("shop"), T0 - 1_000_000, amount(1), T0)).isEqualTo(MeasureWindows.Added.LATE);
    }

    /** So many items of so much each in every ten seconds, told a second later; evaluated each second. */
    private void run(int minutes, int items, int each) {
        run(minutes, () -> items, () -> each);
    }

    private void run(int minutes, IntSupplier items, IntSupplier each) {
        for (long endMs = clockMs + minutes * MINUTE_MS; clockMs < endMs; clockMs += 1_000) {
            int left = (clockMs - T0) % 10_000 == 0 ? items.getAsInt() : 0;
            if (left > 0) {
                MeasureDelta delta = new MeasureDelta();
                for (; left > 0; left--) {
                    delta.merge(amount(each.getAsInt()));
                }
                windows.add(key("shop"), clockMs, delta, clockMs);
            }
            windows.advance(clockMs + 1_000, clockMs + 1_000, window -> {}, alerts::add);
        }
    }

    private static MeasureDelta amount(int amount) {
        MeasureDelta delta = new MeasureDelta();
        delta.add(MeasureValue.billionths(BigDecimal.valueOf(amount)).orElseThrow());
        return delta;
    }

    private static String key(String service) {
        return MeasureKeys.of("turnover", Map.of("source", "span", "service", service));
    }

    private MeasureWindows windows() {
        return windows(bytes);
    }

    private MeasureWindows windows(MapBytes pages) {
        return new MeasureWindows(rules, WINDOWS, 1, "0", pages);
    }

    private static MeasureRule rule(DropRule drop) {
        return new MeasureRule(
                "turnover", "order.total", "EUR", MeasureSource.SPAN, List.of("service"), 100, Optional.of(drop));
    }
}
