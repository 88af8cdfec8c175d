package dev.plait.correlator.graph;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.red.RedRules;
import dev.plait.correlator.red.SeriesWindows;
import dev.plait.schemas.model.EdgeWindow;
import java.util.List;
import java.util.function.Consumer;

/**
 * The windows of service-graph edges of one window task, as {@link SeriesWindows} keeps them, and their records. Edges beyond the
 * limit are counted as one from {@code otel.metric.overflow} to the task's partition.
 */
public final class EdgeWindows {
    private static final String PREFIX = "edge/";

    private final RedRules rules;
    private final SeriesWindows<EdgeDelta> windows;

    /** Restores itself from {@code pages}, in which it uses keys that begin with {@code edge/}. */
    public EdgeWindows(RedRules rules, String partitionLabel, DurableBytes pages) {
        this.rules = rules;
        windows = new SeriesWindows<>(
                rules, key -> EdgeKeys.overflow(partitionLabel), EdgeDelta::new, EdgeDelta::read, PREFIX, pages);
    }

    /**
     * Counts what a delta record says of one edge.
     *
     * @param edgeKey of {@link EdgeKeys}
     * @param windowStartMs of {@link RedRules#windowStartMs}
     * @return false when the window is final: the caller counts it as late
     */
    public boolean add(String edgeKey, long windowStartMs, EdgeDelta delta, long clockMs) {
        return windows.add(edgeKey, windowStartMs, delta, clockMs);
    }

    /** Gives out final windows, and those that changed, by window, then by edge. */
    public void advance(long clockMs, Consumer<EdgeWindow> out) {
        windows.advance(clockMs, (key, startMs, counts, last) -> out.accept(record(key, startMs, counts, last)));
    }

    /** Whether something was counted that no record tells of yet. */
    public boolean changed() {
        return windows.changed();
    }

    /** How many edges have windows that are not final, without the overflow edge. */
    public int edges() {
        return windows.series();
    }

    private EdgeWindow record(String key, long startMs, EdgeDelta counts, boolean last) {
        List<String> names = EdgeKeys.names(key);
        return new EdgeWindow(
                names.get(0),
                names.get(1),
                names.get(2),
                startMs,
                startMs + rules.windowMs(),
                counts.requests(),
                counts.errors(),
                counts.clientDurations().latency(),
                counts.serverDurations().latency(),
                counts.exemplars(),
                last);
    }
}
