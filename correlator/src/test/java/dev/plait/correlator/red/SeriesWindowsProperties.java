package dev.plait.correlator.red;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RedWindow;
import dev.plait.schemas.model.RequestSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Windows against a recount from plain lists of the same requests, which shares nothing with them. */
class SeriesWindowsProperties {
    private static final long T0 = 1_767_225_600_000L;
    private static final RedRules ROOMY = new RedRules(10_000, 20_000, 1_000);
    private static final SeriesKeys KEYS = new SeriesKeys(List.of("zone"));
    private static final RequestSource[] SOURCES = RequestSource.values();

    private record Arrival(long atMs, CountedRequest request) {}

    @Property(tries = 200)
    void finalWindows_areTheRecountOfWhatCameInTime(@ForAll long seed) {
        List<Arrival> traffic = traffic(new Random(seed), 300, 12);

        List<RedWindow> out = run(traffic, ROOMY, new Random(seed + 1), true);

        Map<String, List<Arrival>> expected = new TreeMap<>();
        for (Arrival arrival : traffic) {
            long start = ROOMY.windowStartMs(arrival.request.endEpochNanos(), arrival.atMs);
            if (arrival.atMs < start + 30_000) {
                expected.computeIfAbsent(start + " " + KEYS.of(arrival.request), key -> new ArrayList<>())
                        .add(arrival);
            }
        }
        Map<String, RedWindow> finals = new TreeMap<>();
        for (RedWindow window : out) {
            assertThat(finals).as("nothing after final").doesNotContainKey(name(window));
            if (window.last()) {
                finals.put(name(window), window);
            }
        }
        assertThat(finals.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, arrivals) -> assertRecount(finals.get(name), arrivals));
    }

    /** The same counts between the same seconds: all records are the same, interim ones too, whatever the order and the restarts. */
    @Property(tries = 200)
    void records_doNotDependOnOrderSplittingOrRestarts(@ForAll long seed) {
        List<Arrival> traffic = traffic(new Random(seed), 300, 12);
        RedRules narrow = new RedRules(10_000, 20_000, 9);

        List<RedWindow> plain = run(traffic, narrow, new Random(seed + 1), false);
        List<RedWindow> restarted = run(shuffledWithinSeconds(traffic, seed), narrow, new Random(seed + 2), true);

        assertThat(restarted).isEqualTo(plain);
    }

    @Property(tries = 100)
    void overflow_keepsTotalsExactForEachSource(@ForAll long seed) {
        List<Arrival> traffic = traffic(new Random(seed), 400, 60);
        RedRules tight = new RedRules(10_000, 20_000, 3);

        List<RedWindow> out = run(traffic, tight, new Random(seed), true);

        Map<String, Long> told = new HashMap<>();
        Map<String, Long> counted = new HashMap<>();
        for (RedWindow window : out) {
            if (window.last()) {
                told.merge(window.series().get("source"), window.requests(), Long::sum);
                assertThat(window.overflow())
                        .isEqualTo("7".equals(window.series().get("partition")));
            }
        }
        for (Arrival arrival : traffic) {
            long start = tight.windowStartMs(arrival.request.endEpochNanos(), arrival.atMs);
            if (arrival.atMs < start + 30_000) {
                counted.merge(arrival.request.source().label(), 1L, Long::sum);
            }
        }
        assertThat(told).isEqualTo(counted);
        out.stream()
                .mapToLong(RedWindow::windowStartMs)
                .distinct()
                .forEach(start -> assertThat(out.stream()
                                .filter(window ->
                                        window.last() && window.windowStartMs() == start && !window.overflow()))
                        .hasSizeLessThanOrEqualTo(3));
    }

    /** Adds each second's requests in deltas cut at random, and starts anew from the bytes at random. */
    private static List<RedWindow> run(List<Arrival> traffic, RedRules rules, Random random, boolean restarts) {
        MapBytes bytes = new MapBytes();
        RedWindows windows = new RedWindows(rules, "7", bytes);
        List<RedWindow> out = new ArrayList<>();
        int next = 0;
        for (long clock = T0; clock <= T0 + 150_000; clock += 1_000) {
            if (restarts && random.nextInt(5) == 0) {
                windows = new RedWindows(rules, "7", bytes);
            }
            windows.advance(clock, out::add);
            while (next < traffic.size() && traffic.get(next).atMs < clock + 1_000) {
                Arrival first = traffic.get(next);
                String key = KEYS.of(first.request);
                long start = rules.windowStartMs(first.request.endEpochNanos(), first.atMs);
                RedDelta delta = new RedDelta();
                delta.add(first.request);
                next++;
                while (next < traffic.size()
                        && random.nextInt(4) > 0
                        && traffic.get(next).atMs < clock + 1_000
                        && KEYS.of(traffic.get(next).request).equals(key)
                        && rules.windowStartMs(traffic.get(next).request.endEpochNanos(), traffic.get(next).atMs)
                                == start) {
                    delta.add(traffic.get(next++).request);
                }
                windows.add(key, start, delta, clock);
                if (restarts && random.nextInt(20) == 0) {
                    windows = new RedWindows(rules, "7", bytes);
                }
            }
        }
        assertThat(bytes.map.keySet()).as("nothing is left").isSubsetOf("red/round", "red/final");
        return out;
    }

    private static List<Arrival> traffic(Random random, int count, int series) {
        List<Arrival> traffic = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = T0 + random.nextInt(90_000);
            long end = at - (random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(3_000));
            int who = random.nextInt(series);
            boolean error = random.nextInt(5) == 0;
            traffic.add(new Arrival(
                    at,
                    new CountedRequest(
                            SOURCES[who % 2],
                            "service-" + who % 5,
                            "/orders/{id}",
                            who % 3 == 0 ? "GET" : "POST",
                            "/orders/7",
                            error ? 503 : 200,
                            error,
                            "server",
                            "",
                            Map.of("zone", "z" + who / 5),
                            Map.of(),
                            end * 1_000_000,
                            (long) Math.exp(random.nextDouble() * 23),
                            random.nextInt(3) == 0 ? 0 : 5,
                            random.nextInt(40))));
        }
        traffic.sort((a, b) -> Long.compare(a.atMs, b.atMs));
        return traffic;
    }

    private static List<Arrival> shuffledWithinSeconds(List<Arrival> traffic, long seed) {
        List<Arrival> shuffled = new ArrayList<>(traffic);
        Collections.shuffle(shuffled, new Random(seed + 3));
        shuffled.sort((a, b) -> Long.compare(Math.floorDiv(a.atMs, 1_000L), Math.floorDiv(b.atMs, 1_000L)));
        return shuffled;
    }

    private static String name(RedWindow window) {
        Map<String, String> labels = window.series();
        return window.windowStartMs() + " service=" + labels.get("service") + ",route=" + labels.get("route")
                + ",method=" + labels.get("method") + ",status_class=" + labels.get("status_class") + ",source="
                + labels.get("source") + ",zone=" + labels.get("zone");
    }

    private static void assertRecount(RedWindow window, List<Arrival> arrivals) {
        List<CountedRequest> requests = arrivals.stream().map(Arrival::request).toList();
        assertThat(window.requests()).isEqualTo(requests.size());
        assertThat(window.errors())
                .isEqualTo(requests.stream().filter(CountedRequest::error).count());
        assertThat(window.duration().count()).isEqualTo(requests.size());
        assertThat(window.duration().sumNanos())
                .isEqualTo(requests.stream()
                        .mapToLong(CountedRequest::durationNanos)
                        .sum());
        assertThat(window.duration().maxNanos())
                .isEqualTo(requests.stream()
                        .mapToLong(CountedRequest::durationNanos)
                        .max()
                        .orElseThrow());
        long traces = requests.stream()
                .filter(request -> request.traceLow() != 0)
                .map(request -> request.traceHigh() + " " + request.traceLow())
                .distinct()
                .count();
        assertThat(window.exemplars()).hasSize((int) Math.min(5, traces)).doesNotHaveDuplicates();
        assertThat(window.windowEndMs() - window.windowStartMs()).isEqualTo(10_000);
    }
}
