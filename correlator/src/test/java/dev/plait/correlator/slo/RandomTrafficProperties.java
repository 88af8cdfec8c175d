package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any windows, any order, a clock that jumps by up to weeks, and restarts: sums are those of a list that is added up anew. */
class RandomTrafficProperties {
    private static final long[] WIDTHS = {
        1_000, 10_000, 25_000, 60_000, 300_000, 3_599_999, 3_600_000, 3_600_001, 5 * Slos.HOUR, Slos.DAY, 3 * Slos.DAY
    };
    private static final long[] PERIODS = {3 * Slos.DAY, 3 * Slos.DAY + 1, 7 * Slos.DAY, 40 * Slos.DAY};
    private static final long[] STEPS = {700, 5_000, 31_000, 400_000, Slos.HOUR, 20 * Slos.HOUR, 30 * Slos.DAY};

    @Property(tries = 300)
    void sums_areThoseOfTheList(@ForAll long seed) {
        Random random = new Random(seed);
        long periodMs = PERIODS[random.nextInt(PERIODS.length)];
        SloDefinition slo = definition(random, periodMs);
        StoredBytes pages = new StoredBytes();
        SloTracker tracker = new SloTracker(slo, Map.of(), Course.LATE_MS, pages);
        List<Arrival> arrivals = new ArrayList<>();
        SloOracle oracle = new SloOracle(slo, arrivals);
        List<SloStatus> statuses = new ArrayList<>();
        Told told = new Told(statuses, new ArrayList<>());
        long clockMs = Incident.START;
        for (int i = 0; i < 400; i++) {
            if (random.nextInt(3) > 0) {
                long timeMs =
                        clockMs + random.nextInt(12_000) - random.nextInt(random.nextBoolean() ? 15_000 : 615_000);
                Arrival arrival = new Arrival(clockMs, timeMs, random.nextInt(200), random.nextInt(3));
                arrivals.add(arrival);
                tracker.count(arrival.count(), clockMs);
            } else {
                clockMs += 1 + (long) (random.nextDouble() * STEPS[random.nextInt(STEPS.length)]);
                clockMs = clockMs / 1000 * 1000 + 1000;
                tracker.advance(clockMs, clockMs, told);
                oracle.evaluate(clockMs);
            }
            for (SloStatus status : statuses) {
                agrees(status, slo, oracle);
            }
            statuses.clear();
            if (random.nextInt(20) == 0) {
                tracker = new SloTracker(slo, Map.of(), Course.LATE_MS, pages);
            }
            if (random.nextInt(60) == 0) {
                slo = definition(random, periodMs);
                tracker.define(slo);
            }
        }
    }

    private record Told(List<SloStatus> statuses, List<Alert> alerts) implements SloTracker.Output {
        @Override
        public void status(SloStatus status) {
            statuses.add(status);
        }

        @Override
        public void alert(Alert alert) {
            alerts.add(alert);
        }
    }

    /** All have one period: a longer one would begin with what was kept. */
    private static SloDefinition definition(Random random, long periodMs) {
        BurnPair[] pairs = new BurnPair[1 + random.nextInt(4)];
        for (int i = 0; i < pairs.length; i++) {
            int longer = random.nextInt(WIDTHS.length);
            pairs[i] = Slos.pair(WIDTHS[longer], WIDTHS[random.nextInt(longer + 1)], 2);
        }
        return Slos.of(0.9, 1, 1, periodMs, Slos.burn("any", "page", 0, pairs));
    }

    private static void agrees(SloStatus status, SloDefinition slo, SloOracle oracle) {
        SloOracle.Counts period = oracle.window(status.evaluatedAtMs(), slo.periodMs());
        assertThat(List.of(status.good(), status.bad())).isEqualTo(List.of(period.good(), period.bad()));
        List<BurnPair> pairs = slo.alerts().get(0).pairs();
        for (int i = 0; i < pairs.size(); i++) {
            SloStatus.Burn burn = status.burn().get(i);
            BurnPair pair = pairs.get(i);
            assertThat(burn.longRate())
                    .isCloseTo(oracle.rate(oracle.window(status.evaluatedAtMs(), pair.longMs())), within(1e-9));
            assertThat(burn.shortRate())
                    .isCloseTo(oracle.rate(oracle.window(status.evaluatedAtMs(), pair.shortMs())), within(1e-9));
        }
    }
}
