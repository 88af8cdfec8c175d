package dev.plait.correlator.red;

import dev.plait.correlator.DurableBytes;
import dev.plait.schemas.model.RedWindow;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The RED windows of one window task, as {@link SeriesWindows} keeps them, and their records. Beyond the limit of series all
 * are counted together, once for each source; the task's partition is a label of that series, as every task has its own, and
 * their totals add up.
 */
public final class RedWindows {
    private static final String PREFIX = "red/";

    private final RedRules rules;
    private final SeriesWindows<RedDelta> windows;

    /** Restores itself from {@code pages}, in which it uses keys that begin with {@code red/}. */
    public RedWindows(RedRules rules, String partitionLabel, DurableBytes pages) {
        this.rules = rules;
        windows = new SeriesWindows<>(
                rules, key -> SeriesKeys.overflow(key, partitionLabel), RedDelta::new, RedDelta::read, PREFIX, pages);
    }

    /**
     * Counts what a delta record says of one series.
     *
     * @param seriesKey of {@link SeriesKeys}
     * @param windowStartMs of {@link RedRules#windowStartMs}
     * @return false when the window is final: the caller counts it as late
     */
    public boolean add(String seriesKey, long windowStartMs, RedDelta delta, long clockMs) {
        return windows.add(seriesKey, windowStartMs, delta, clockMs);
    }

    /** Gives out final windows, and those that changed, by window, then by series. */
    public void advance(long clockMs, Consumer<RedWindow> out) {
        windows.advance(clockMs, (key, startMs, counts, last) -> out.accept(record(key, startMs, counts, last)));
    }

    /** Whether something was counted that no record tells of yet. */
    public boolean changed() {
        return windows.changed();
    }

    /** How many series have windows that are not final, without the overflow series. */
    public int series() {
        return windows.series();
    }

    private RedWindow record(String key, long startMs, RedDelta counts, boolean last) {
        Map<String, String> labels = SeriesKeys.labels(key);
        return new RedWindow(
                labels,
                startMs,
                startMs + rules.windowMs(),
                counts.requests(),
                counts.errors(),
                counts.durations().latency(),
                counts.exemplars(),
                labels.containsKey(SeriesKeys.OVERFLOW),
                last);
    }
}
