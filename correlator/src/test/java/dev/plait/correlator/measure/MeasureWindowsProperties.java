package dev.plait.correlator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.red.MapBytes;
import dev.plait.correlator.red.RedRules;
import dev.plait.schemas.model.MeasureWindow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Windows against a recount of the same numbers with plain decimals, which shares nothing with them. */
class MeasureWindowsProperties {
    private static final long T0 = 1_767_225_600_000L;
    private static final long LAST = T0 + 150_000;
    private static final RedRules BASE = new RedRules(10_000, 20_000, 100);
    private static final MeasureRule TURNOVER = rule("turnover", 100);
    private static final MeasureRule ITEMS = rule("items", 2);

    private record Arrival(long atMs, String key, long windowStartMs, BigDecimal number) {
        BigInteger billionths() {
            return number.setScale(9).unscaledValue();
        }
    }

    /** Late within the grace: corrected; later: refused. Whatever the order, the cut into deltas, and the restarts. */
    @Property(tries = 200)
    void finalWindows_areTheRecountOfWhatCameInTime(@ForAll long seed) {
        List<Arrival> traffic = traffic(new Random(seed), "turnover", 8);

        List<MeasureWindow> out = run(traffic, new Random(seed + 1), true);

        Map<String, BigDecimal> sums = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        for (Arrival arrival : traffic) {
            if (arrival.atMs / 1_000 * 1_000 < arrival.windowStartMs + 30_000) {
                String name = arrival.windowStartMs + " " + arrival.key;
                sums.merge(name, arrival.number, BigDecimal::add);
                counts.merge(name, 1L, Long::sum);
            }
        }
        Map<String, BigDecimal> finalSums = new TreeMap<>();
        Map<String, Long> finalCounts = new TreeMap<>();
        for (MeasureWindow window : out) {
            String name = window.windowStartMs() + " " + MeasureKeys.of(window.measure(), window.series());
            assertThat(finalSums).as("nothing after final").doesNotContainKey(name);
            if (window.last()) {
                finalSums.put(name, window.sum());
                finalCounts.put(name, window.count());
            }
        }
        assertThat(finalCounts).isEqualTo(counts);
        assertThat(finalSums.keySet()).isEqualTo(sums.keySet());
        sums.forEach((name, sum) -> assertThat(finalSums.get(name)).isEqualByComparingTo(sum));
    }

    @Property(tries = 200)
    void records_doNotDependOnOrderOrRestarts(@ForAll long seed) {
        List<Arrival> traffic = traffic(new Random(seed), "items", 4);
        List<Arrival> shuffled = new ArrayList<>(traffic);
        Collections.shuffle(shuffled, new Random(seed + 3));
        shuffled.sort((a, b) -> Long.compare(a.atMs / 1_000, b.atMs / 1_000));

        List<MeasureWindow> plain = run(traffic, new Random(seed + 1), false);
        List<MeasureWindow> restarted = run(shuffled, new Random(seed + 2), true);

        assertThat(restarted).isEqualTo(plain);
    }

    /** One measure with too many series takes nothing from the other, and its own total stays exact. */
    @Property(tries = 100)
    void overflow_keepsTotalsAndOtherMeasures(@ForAll long seed) {
        List<Arrival> traffic = traffic(new Random(seed), "items", 40);
        traffic.addAll(traffic(new Random(seed + 1), "turnover", 40));
        traffic.sort((a, b) -> Long.compare(a.atMs, b.atMs));

        List<MeasureWindow> out = run(traffic, new Random(seed), true);

        assertThat(out)
                .filteredOn(window -> window.measure().equals("turnover"))
                .noneMatch(MeasureWindow::overflow);
        BigDecimal total = traffic.stream()
                .filter(arrival -> arrival.key.startsWith("measure=items,"))
                .filter(arrival -> arrival.atMs / 1_000 * 1_000 < arrival.windowStartMs + 30_000)
                .map(Arrival::number)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(out.stream()
                        .filter(window -> window.last() && window.measure().equals("items"))
                        .map(MeasureWindow::sum)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(total);
        assertThat(out)
                .filteredOn(MeasureWindow::overflow)
                .isNotEmpty()
                .allSatisfy(window -> assertThat(window.series())
                        .isEqualTo(Map.of("source", "span", "otel.metric.overflow", "true", "partition", "7")));
    }

    @Example
    void measureThatIsConfiguredNoMore_isFinishedAndForgotten() {
        MapBytes bytes = new MapBytes();
        MeasureDelta delta = new MeasureDelta();
        delta.add(BigInteger.valueOf(1_500_000_000));
        windows(List.of(TURNOVER), bytes).add("measure=turnover,source=span", T0, delta, T0);
        List<MeasureWindow> out = new ArrayList<>();

        MeasureWindows windows = windows(List.of(), bytes);
        windows.advance(T0 + 30_000, 0, out::add, alert -> {});

        assertThat(out).singleElement().satisfies(window -> {
            assertThat(window.last()).isTrue();
            assertThat(window.unit()).isEmpty();
            assertThat(window.sum()).isEqualByComparingTo("1.5");
        });
        assertThat(windows.series()).isZero();
    }

    private static List<MeasureWindow> run(List<Arrival> traffic, Random random, boolean restarts) {
        MapBytes bytes = new MapBytes();
        MeasureWindows windows = windows(List.of(TURNOVER, ITEMS), bytes);
        List<MeasureWindow> out = new ArrayList<>();
        int next = 0;
        for (long clock = T0; clock <= LAST; clock += 1_000) {
            if (restarts && random.nextInt(5) == 0) {
                windows = windows(List.of(TURNOVER, ITEMS), bytes);
            }
            windows.advance(clock, clock, out::add, alert -> {});
            while (next < traffic.size() && traffic.get(next).atMs < clock + 1_000) {
                Arrival first = traffic.get(next);
                MeasureDelta delta = new MeasureDelta();
                do {
                    delta.add(traffic.get(next++).billionths());
                } while (next < traffic.size()
                        && traffic.get(next).atMs < clock + 1_000
                        && traffic.get(next).key.equals(first.key)
                        && traffic.get(next).windowStartMs == first.windowStartMs
                        && random.nextBoolean());
                windows.add(first.key, first.windowStartMs, delta, clock);
                if (restarts && random.nextInt(20) == 0) {
                    windows = windows(List.of(TURNOVER, ITEMS), bytes);
                }
            }
        }
        assertThat(bytes.map.keySet()).as("nothing is left").allMatch(key -> key.matches("windows/\\w+/(round|final)"));
        return out;
    }

    private static List<Arrival> traffic(Random random, String measure, int series) {
        List<Arrival> traffic = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long atMs = T0 + random.nextInt(90_000);
            long endMs = atMs - (random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(3_000));
            BigDecimal number = random.nextInt(20) == 0
                    ? new BigDecimal(BigInteger.valueOf(random.nextLong()), -8)
                    : new BigDecimal(BigInteger.valueOf(random.nextInt(200_000) - 50_000), random.nextInt(10));
            String key = MeasureKeys.of(measure, Map.of("source", "span", "service", "shop-" + random.nextInt(series)));
            traffic.add(new Arrival(atMs, key, Math.floorDiv(endMs, 10_000L) * 10_000, number));
        }
        traffic.sort((a, b) -> Long.compare(a.atMs, b.atMs));
        return traffic;
    }

    private static MeasureWindows windows(List<MeasureRule> rules, MapBytes bytes) {
        return new MeasureWindows(rules, BASE, 1, "7", bytes);
    }

    private static MeasureRule rule(String name, int maxSeries) {
        return new MeasureRule(
                name, "order.total", "EUR", MeasureSource.SPAN, List.of("service"), maxSeries, Optional.empty());
    }
}
