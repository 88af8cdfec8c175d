package dev.plait.correlator.red;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RedWindow;
import dev.plait.schemas.model.RequestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedWindowsTest {
    private static final long NOON = 1_767_268_800_000L;
    private static final RedRules RULES = new RedRules(10_000, 120_000, 100);
    private static final SeriesKeys KEYS = new SeriesKeys(List.of());

    private final MapBytes bytes = new MapBytes();
    private final List<RedWindow> out = new ArrayList<>();
    private RedWindows windows = new RedWindows(RULES, "3", bytes);

    @Test
    void window_isFinalOnce() {
        assertThat(add("orders", NOON, NOON + 129_999)).isTrue();

        windows.advance(NOON + 129_000, out::add);
        windows.advance(NOON + 130_000, out::add);
        windows.advance(NOON + 131_000, out::add);

        assertThat(out).extracting(RedWindow::last).containsExactly(false, true);
        assertThat(add("orders", NOON, NOON + 130_000)).isFalse();
        assertThat(windows.series()).isZero();
        assertThat(bytes.map).containsOnlyKeys("red/round", "red/final");
    }

    /** After a restart the clock may be behind for a while: what was final stays final. */
    @Test
    void finalWindow_isNotOpenedAgainByAnEarlierClock() {
        add("orders", NOON, NOON + 5_000);
        windows.advance(NOON + 130_000, out::add);

        windows = new RedWindows(RULES, "3", bytes);

        assertThat(add("orders", NOON, NOON + 60_000)).isFalse();
        assertThat(add("orders", NOON + 10_000, NOON + 60_000)).isTrue();
    }

    @Test
    void interimRecords_comeAtOnceThenEveryFiveSecondsWhileCountsChange() {
        List<Long> told = new ArrayList<>();
        for (long clock = NOON; clock < NOON + 20_000; clock += 1_000) {
            long now = clock;
            windows.advance(clock, window -> told.add((now - NOON) / 1_000));
            if (clock < NOON + 10_000) {
                add("orders", NOON, clock);
            }
        }

        assertThat(told).containsExactly(1L, 6L, 11L);
    }

    @Test
    void interimRecord_isOfTheSeriesThatChangedOnly() {
        add("orders", NOON, NOON);
        add("stock", NOON, NOON);
        windows.advance(NOON + 1_000, out::add);
        add("stock", NOON, NOON + 1_000);
        out.clear();
        assertThat(windows.changed()).isTrue();

        windows.advance(NOON + 30_000, out::add);

        assertThat(out).extracting(window -> window.series().get("service")).containsExactly("stock");
        assertThat(out).extracting(RedWindow::requests).containsExactly(2L);
        assertThat(windows.changed()).isFalse();
    }

    @Test
    void record_holdsTheLabelsOfItsSeries() {
        add("a=b,c\\d", NOON, NOON);

        windows.advance(NOON + 1_000, out::add);

        assertThat(out.get(0).series())
                .isEqualTo(Map.of(
                        "service",
                        "a=b,c\\d",
                        "route",
                        "/r",
                        "method",
                        "GET",
                        "status_class",
                        "2xx",
                        "source",
                        "span"));
        assertThat(out.get(0).windowStartMs()).isEqualTo(NOON);
        assertThat(out.get(0).windowEndMs()).isEqualTo(NOON + 10_000);
        assertThat(out.get(0).overflow()).isFalse();
    }

    @Test
    void requestOfUnknownDuration_isCountedAndInNoQuantile() {
        RedDelta delta = new RedDelta();
        delta.add(request("orders", 5_000, false, 1));
        delta.add(request("orders", CountedRequest.UNKNOWN_DURATION, true, 2));
        windows.add("key", NOON, delta, NOON);
        windows.add("key", NOON, delta, NOON);
        windows = new RedWindows(RULES, "3", bytes);

        windows.advance(NOON + 1_000, out::add);

        assertThat(out.get(0).requests()).isEqualTo(4);
        assertThat(out.get(0).errors()).isEqualTo(2);
        assertThat(out.get(0).duration().count()).isEqualTo(2);
        assertThat(out.get(0).duration().minNanos()).isEqualTo(5_000);
    }

    @Test
    void overflow_isOneSeriesForEachSourceAndPartition() {
        RedRules one = new RedRules(10_000, 120_000, 1);
        windows = new RedWindows(one, "3", bytes);
        for (int i = 0; i < 50; i++) {
            add("service-" + i, NOON, NOON);
        }

        windows.advance(NOON + 1_000, out::add);

        assertThat(out).hasSize(2);
        assertThat(out).filteredOn(RedWindow::overflow).singleElement().satisfies(overflow -> {
            assertThat(overflow.series())
                    .isEqualTo(Map.of("source", "span", "otel.metric.overflow", "true", "partition", "3"));
            assertThat(overflow.requests()).isEqualTo(49);
        });
    }

    @Test
    void admittedSeries_staysWhileItHasAnOpenWindow() {
        windows = new RedWindows(new RedRules(10_000, 120_000, 1), "3", bytes);
        add("orders", NOON, NOON);
        windows.advance(NOON + 1_000, out::add);
        add("stock", NOON, NOON + 1_000);
        add("orders", NOON + 100_000, NOON + 100_000);

        windows.advance(NOON + 130_000, window -> {});
        windows = new RedWindows(new RedRules(10_000, 120_000, 1), "3", bytes);
        add("stock", NOON + 100_000, NOON + 140_000);
        out.clear();
        windows.advance(NOON + 141_000, out::add);
        windows.advance(NOON + 230_000, out::add);

        assertThat(out)
                .filteredOn(RedWindow::last)
                .extracting(window -> window.series().get("service"))
                .containsExactly("orders", null);
    }

    @Test
    void placement_clampsOnlyWhatNoClockWouldClose() {
        long at = NOON + 3_000;

        assertThat(RULES.windowStartMs((NOON - 1) * 1_000_000, at)).isEqualTo(NOON - 10_000);
        assertThat(RULES.windowStartMs((at + 120_000) * 1_000_000, at)).isEqualTo(NOON + 120_000);
        assertThat(RULES.windowStartMs((at + 121_000) * 1_000_000, at)).isEqualTo(NOON);
        assertThat(RULES.windowStartMs(Long.MAX_VALUE, at)).isEqualTo(NOON);
        assertThat(RULES.windowStartMs(0, at)).isEqualTo(NOON);
        assertThat(RULES.windowStartMs(-1, at)).isEqualTo(NOON);
        assertThat(RULES.windowStartMs(5_000_000_000L, at)).isZero();
    }

    @Test
    void rules_refuseWhatIsOutOfRange() {
        assertThatThrownBy(() -> new RedRules(0, 1, 1)).hasMessageContaining("windowMs 0");
        assertThatThrownBy(() -> new RedRules(1, -1, 1)).hasMessageContaining("graceMs -1");
        assertThatThrownBy(() -> new RedRules(1, 1, 0)).hasMessageContaining("maxSeries 0");
        assertThatThrownBy(() -> new SeriesKeys(List.of("route"))).hasMessageContaining("tag route");
    }

    /** The figures of the module's rationale: about 120 bytes for 10 requests of one series in one window, 230 for 100, 390 for 5 000. */
    @Test
    void storedSeries_isAsSmallAsStated() {
        assertThat(storedBytes(10, 1)).isBetween(90, 130);
        assertThat(storedBytes(100, 2)).isBetween(200, 280);
        assertThat(storedBytes(5_000, 3)).isBetween(300, 450);
    }

    /** Log-normal durations around 20 ms, of which one in a thousand is ten times slower. */
    private int storedBytes(int requests, long seed) {
        Random random = new Random(seed);
        RedDelta delta = new RedDelta();
        for (int i = 0; i < requests; i++) {
            double nanos = 20e6 * Math.exp(random.nextGaussian() * 0.5) * (random.nextInt(1_000) == 0 ? 10 : 1);
            delta.add(request("orders", (long) nanos, random.nextInt(100) == 0, random.nextLong() | 1));
        }
        MapBytes one = new MapBytes();
        new RedWindows(RULES, "0", one).add("key", NOON, delta, NOON);
        return one.map.get("red/c/" + NOON + "/key").length;
    }

    private boolean add(String service, long startMs, long clockMs) {
        RedDelta delta = new RedDelta();
        CountedRequest request = request(service, 5, false, 1);
        delta.add(request);
        return windows.add(KEYS.of(request), startMs, delta, clockMs);
    }

    private static CountedRequest request(String service, long durationNanos, boolean error, long traceLow) {
        return new CountedRequest(
                RequestSource.SPAN,
                service,
                "/r",
                "GET",
                "/r",
                200,
                error,
                "server",
                "",
                Map.of(),
                Map.of(),
                1,
                durationNanos,
                7,
                traceLow);
    }
}
