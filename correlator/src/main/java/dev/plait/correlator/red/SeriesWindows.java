package dev.plait.correlator.red;

import dev.plait.correlator.DurableBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Counts of series in windows, kept until each window's grace has passed. What was added is durable when {@link #add} returns, and
 * an instance made from the same bytes goes on where the other stopped. What is emitted depends on what was added between
 * the same two calls of {@link #advance}, not on its order, except beyond the flood limit of {@link SeriesAdmission}.
 *
 * <p>Worked example, windows of 10 s and grace of 120 s: a request that ended at 12:00:07 belongs to the window from 12:00:00. It is
 * emitted by the first advance after it was added and, as it changes, at most every 5 s. At 12:02:10 of the clock it is emitted
 * for the last time and forgotten; what is added from then on is refused ({@code window_isFinalOnce}). For one thread.
 *
 * @param <C> what is counted
 */
public final class SeriesWindows<C extends WindowCounts<C>> {
    /** How long a window that has changed waits before it is emitted again. */
    static final long INTERIM_MS = 5_000;

    private final RedRules rules;
    private final UnaryOperator<String> overflowKey;
    private final Supplier<C> nothing;
    private final WindowPages<C> pages;
    private final SeriesAdmission admission;
    private final TreeMap<Long, Window<C>> windows = new TreeMap<>();
    private long finalClockMs;

    /** Takes emitted counts, which it must not keep, as they go on changing. */
    public interface Emission<C> {
        void emit(String key, long windowStartMs, C counts, boolean last);
    }

    /**
     * @param overflowKey the series that takes what one of a key would have counted
     * @param prefix of the keys in {@code bytes} that are these windows' own
     */
    public SeriesWindows(
            RedRules rules,
            UnaryOperator<String> overflowKey,
            Supplier<C> nothing,
            Function<PackedReader, C> reader,
            String prefix,
            DurableBytes bytes) {
        this.rules = rules;
        this.overflowKey = overflowKey;
        this.nothing = nothing;
        pages = new WindowPages<>(prefix, bytes, reader);
        finalClockMs = pages.finalClockMs();
        admission = new SeriesAdmission(rules.maxSeries(), pages.round());
        pages.forEachWindow((startMs, emissions, emittedAtMs) -> {
            Window<C> window = window(startMs);
            window.emissions = emissions;
            window.emittedAtMs = emittedAtMs;
        });
        pages.forEachCell((startMs, key, cell) -> {
            Window<C> window = window(startMs);
            window.changed |= cell.changedIn == window.emissions;
            window.cells.put(cell.overflow ? key : admission.restore(key, cell.round).key, cell);
        });
    }

    private static final class Window<C> {
        final Map<String, WindowCell<C>> cells = new HashMap<>();
        long emissions;
        long emittedAtMs;
        boolean changed;

        List<String> sortedKeys() {
            List<String> keys = new ArrayList<>(cells.keySet());
            Collections.sort(keys);
            return keys;
        }
    }

    /** Adds what was counted. @return false when the window is final at {@code clockMs}: then nothing was added */
    public boolean add(String key, long windowStartMs, C counts, long clockMs) {
        if (Math.max(clockMs, finalClockMs) >= rules.finalAtMs(windowStartMs)) {
            return false;
        }
        if (admission.admits(key)) {
            merge(windowStartMs, window(windowStartMs), admission.hold(key), counts);
        } else {
            mergeOverflow(windowStartMs, window(windowStartMs), key, counts);
        }
        return true;
    }

    /** Whether something was added that was not emitted yet. */
    public boolean changed() {
        return windows.values().stream().anyMatch(window -> window.changed);
    }

    /** How many series have windows that are not final, without the overflow series. */
    public int series() {
        return admission.size();
    }

    /** Emits what is final at {@code clockMs}, and what has changed, each by window, then by key. */
    public void advance(long clockMs, Emission<C> out) {
        if (admission.hasNewcomers()) {
            admission.decide().forEach(this::moveToOverflow);
            pages.putRound(admission.round());
        }
        boolean finished = false;
        while (!windows.isEmpty() && rules.finalAtMs(windows.firstKey()) <= clockMs) {
            finish(windows.firstKey(), out);
            finished = true;
        }
        if (finished) {
            finalClockMs = Math.max(finalClockMs, clockMs);
            pages.putFinalClock(finalClockMs);
        }
        windows.forEach((startMs, window) -> {
            if (window.changed && (window.emissions == 0 || clockMs - window.emittedAtMs >= INTERIM_MS)) {
                emitChanged(startMs, window, clockMs, out);
            }
        });
    }

    private Window<C> window(long startMs) {
        return windows.computeIfAbsent(startMs, start -> new Window<>());
    }

    private void merge(long startMs, Window<C> window, SeriesAdmission.Series series, C counts) {
        WindowCell<C> cell = window.cells.get(series.key);
        if (cell == null) {
            cell = new WindowCell<>(nothing.get(), series.round, false, 0);
            window.cells.put(series.key, cell);
            series.windows++;
        }
        merge(startMs, window, series.key, cell, counts);
    }

    private void mergeOverflow(long startMs, Window<C> window, String key, C counts) {
        String overflow = overflowKey.apply(key);
        WindowCell<C> cell =
                window.cells.computeIfAbsent(overflow, absent -> new WindowCell<>(nothing.get(), 0, true, 0));
        merge(startMs, window, overflow, cell, counts);
    }

    private void merge(long startMs, Window<C> window, String key, WindowCell<C> cell, C counts) {
        cell.counts.merge(counts);
        cell.changedIn = window.emissions;
        window.changed = true;
        pages.putCell(startMs, key, cell);
    }

    private void moveToOverflow(String key) {
        windows.forEach((startMs, window) -> {
            WindowCell<C> cell = window.cells.remove(key);
            if (cell != null) {
                pages.deleteCell(startMs, key);
                mergeOverflow(startMs, window, key, cell.counts);
            }
        });
    }

    private void finish(long startMs, Emission<C> out) {
        Window<C> window = windows.remove(startMs);
        for (String key : window.sortedKeys()) {
            WindowCell<C> cell = window.cells.get(key);
            out.emit(key, startMs, cell.counts, true);
            pages.deleteCell(startMs, key);
            if (!cell.overflow) {
                admission.release(key);
            }
        }
        if (window.emissions > 0) {
            pages.deleteWindow(startMs);
        }
    }

    private void emitChanged(long startMs, Window<C> window, long clockMs, Emission<C> out) {
        for (String key : window.sortedKeys()) {
            WindowCell<C> cell = window.cells.get(key);
            if (cell.changedIn == window.emissions) {
                out.emit(key, startMs, cell.counts, false);
            }
        }
        window.emissions++;
        window.emittedAtMs = clockMs;
        window.changed = false;
        pages.putWindow(startMs, window.emissions, clockMs);
    }
}
