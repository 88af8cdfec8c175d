package dev.plait.perf.bench;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloTracker;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.model.SloStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One SLO key with page and ticket alerts and three days behind it: what a count costs (one for each frame that touches the key,
 * however many requests), what an evaluation of each second, and what a second without anything to do. Pages are in a tree map.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SloTracking {
    private static final long HOUR = 3_600_000;
    private static final long START = 1_767_225_600_000L;

    private final Map<String, byte[]> pages = new TreeMap<>();
    private SloTracker tracker;
    private SloTracker.Output out;
    private long clockMs;
    private long turn;

    @Setup
    public void countThreeDays(Blackhole hole) {
        out = new SloTracker.Output() {
            @Override
            public void status(SloStatus status) {
                hole.consume(status);
            }

            @Override
            public void alert(Alert alert) {
                hole.consume(alert);
            }
        };
        tracker = new SloTracker(definition(), Map.of("route", "orders-v1"), 600_000, stored(pages));
        for (clockMs = START; clockMs < START + 72 * HOUR; clockMs += 10_000) {
            tracker.count(count(clockMs, 50), clockMs);
            tracker.advance(clockMs, clockMs, out);
        }
        tracker.advance(clockMs, clockMs, out);
    }

    /** Into the present ten seconds. */
    @Benchmark
    public boolean count() {
        return tracker.count(count(clockMs, ++turn % 64), clockMs);
    }

    /** A count and the evaluation that follows, a second of the clock for each; now and then a status. */
    @Benchmark
    public void countAndEvaluate() {
        clockMs += 1_000;
        tracker.count(count(clockMs / 10_000 * 10_000, ++turn % 64), clockMs - 1);
        tracker.advance(clockMs, clockMs, out);
    }

    /** The call that most trackers get most of the time. */
    @Benchmark
    public void advanceWithNothingDue() {
        tracker.advance(clockMs, clockMs, out);
    }

    private static SloCount count(long bucketMs, long good) {
        return new SloCount(bucketMs, good, 0, List.of(), List.of());
    }

    private static SloDefinition definition() {
        return new SloDefinition(
                "orders-availability",
                "Orders",
                "",
                "orders",
                0,
                new Indicator(RequestSource.GATEWAY_LOG, Optional.empty(), Filter.ALL, Filter.ALL, false),
                List.of("route"),
                0.999,
                30,
                720 * HOUR,
                10,
                3,
                List.of(
                        rule("page", new BurnPair(HOUR, 300_000, 14.4), new BurnPair(6 * HOUR, 1_800_000, 6)),
                        rule("ticket", new BurnPair(24 * HOUR, 2 * HOUR, 3), new BurnPair(72 * HOUR, 6 * HOUR, 1))));
    }

    private static AlertRule rule(String severity, BurnPair... pairs) {
        return new AlertRule(severity, Alert.Kind.BURN_RATE, severity, 0, List.of(pairs), Optional.empty(), 0);
    }

    private static DurableBytes stored(Map<String, byte[]> pages) {
        return new DurableBytes() {
            @Override
            public Optional<byte[]> get(String key) {
                return Optional.ofNullable(pages.get(key));
            }

            @Override
            public void put(String key, byte[] value) {
                pages.put(key, value);
            }

            @Override
            public void delete(String key) {
                pages.remove(key);
            }

            @Override
            public void forEach(String prefix, BiConsumer<String, byte[]> each) {
                pages.forEach((key, page) -> {
                    if (key.startsWith(prefix)) {
                        each.accept(key, page);
                    }
                });
            }
        };
    }
}
