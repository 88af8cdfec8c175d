package dev.plait.correlator.measure;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.red.RedRules;
import dev.plait.correlator.red.SeriesKeys;
import dev.plait.correlator.red.SeriesWindows;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.MeasureWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The windows of one window task's measures, as {@link SeriesWindows} keeps them, and their records. Each measure has its own
 * limit of series, so that one with too many does not crowd out the others. A measure that is configured no more, but has
 * windows or counts under way, is kept until they are final.
 */
public final class MeasureWindows {
    private static final String PREFIX = "windows/";

    private final RedRules base;
    private final int shares;
    private final String partitionLabel;
    private final DurableBytes pages;
    private final Map<String, Measure> measures = new TreeMap<>();
    private final DropWatch drops;

    private record Measure(Optional<MeasureRule> rule, SeriesWindows<MeasureDelta> windows) {
        String unit() {
            return rule.map(MeasureRule::unit).orElse("");
        }
    }

    /** What became of counts. */
    public enum Added {
        COUNTED,
        /** But the series is over the limit of those that are watched for drops. */
        COUNTED_UNWATCHED,
        /** The window is final: not counted. */
        LATE
    }

    /**
     * Restores itself from {@code pages}, in which it uses keys that begin with {@code windows/} and {@code drops/}.
     *
     * @param base window and grace, and the limit of series of measures that are configured no more
     * @param shares how many tasks share a measure's limit of series
     */
    public MeasureWindows(
            List<MeasureRule> rules, RedRules base, int shares, String partitionLabel, DurableBytes pages) {
        this.base = base;
        this.shares = shares;
        this.partitionLabel = partitionLabel;
        this.pages = pages;
        rules.forEach(rule -> measures.put(rule.name(), measure(rule.name(), Optional.of(rule), rule.maxSeries())));
        Set<String> kept = new TreeSet<>();
        pages.forEach(
                PREFIX, (key, page) -> kept.add(key.substring(PREFIX.length(), key.indexOf('/', PREFIX.length()))));
        kept.forEach(this::ofName);
        drops = new DropWatch(rules, base.windowMs(), shares, pages);
    }

    private Measure measure(String name, Optional<MeasureRule> rule, int maxSeries) {
        RedRules rules = new RedRules(base.windowMs(), base.graceMs(), Math.max(1, maxSeries / shares));
        return new Measure(
                rule,
                new SeriesWindows<>(
                        rules,
                        key -> MeasureKeys.overflow(key, partitionLabel),
                        MeasureDelta::new,
                        MeasureDelta::read,
                        PREFIX + name + '/',
                        pages));
    }

    private Measure ofName(String name) {
        return measures.computeIfAbsent(name, absent -> measure(name, Optional.empty(), base.maxSeries()));
    }

    /**
     * Counts what a delta record says of one series.
     *
     * @param seriesKey of {@link MeasureKeys}
     */
    public Added add(String seriesKey, long windowStartMs, MeasureDelta delta, long clockMs) {
        Measure measure = ofName(MeasureKeys.measure(seriesKey));
        if (!measure.windows.add(seriesKey, windowStartMs, delta, clockMs)) {
            return Added.LATE;
        }
        Optional<MeasureRule> watched = measure.rule.filter(rule -> rule.drop().isPresent());
        return watched.isEmpty() || drops.add(watched.get(), seriesKey, windowStartMs, delta)
                ? Added.COUNTED
                : Added.COUNTED_UNWATCHED;
    }

    /** Gives out final windows, and those that changed, by measure, window and series; then alerts about drops. */
    public void advance(long clockMs, long wallMs, Consumer<MeasureWindow> out, Consumer<Alert> alerts) {
        measures.forEach((name, measure) -> measure.windows.advance(
                clockMs,
                (key, startMs, counts, last) -> out.accept(record(name, measure.unit(), key, startMs, counts, last))));
        drops.advance(clockMs, wallMs, alerts);
    }

    /** How many decisions about drops were due since this object was made. */
    public long decisions() {
        return drops.decisions();
    }

    /** How many series have windows that are not final, without overflow series. */
    public int series() {
        return measures.values().stream()
                .mapToInt(measure -> measure.windows.series())
                .sum();
    }

    private MeasureWindow record(
            String name, String unit, String key, long startMs, MeasureDelta counts, boolean last) {
        Map<String, String> series = MeasureKeys.series(key);
        return new MeasureWindow(
                name,
                unit,
                series,
                startMs,
                startMs + base.windowMs(),
                counts.count(),
                counts.sum(),
                series.containsKey(SeriesKeys.OVERFLOW),
                last);
    }
}
