package dev.plait.topology;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.graph.EdgeDelta;
import dev.plait.correlator.graph.EdgeWindows;
import dev.plait.correlator.measure.MeasureDelta;
import dev.plait.correlator.measure.MeasureWindows;
import dev.plait.correlator.red.RedDelta;
import dev.plait.correlator.red.RedRules;
import dev.plait.correlator.red.RedWindows;
import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloEvidence;
import dev.plait.correlator.trace.Watermarks;
import dev.plait.topology.config.PlaitConfig;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Everything that one window task keeps: windows of RED, edges and measures, SLOs, and how far it has evaluated them. */
final class WindowTask implements DeltaPart.Target {
    /** Before every key of an SLO, and apart from their index. */
    private static final String CLOCK = "\u0001clock";

    /** About so many bytes of a delta take as long as an evaluation. */
    private static final int BYTES_OF_A_COUNT = 64;

    private final RedWindows red;
    private final EdgeWindows edges;
    private final MeasureWindows measures;
    private final SloTrackers slos;
    private final DurableBytes kept;
    private final WindowEmitter emitter;
    private final TaskCounters counters;
    private long evaluatedMs;
    private long takenBytes;

    WindowTask(
            PlaitConfig config,
            SloDefinitionFeed definitions,
            ProcessorContext<String, Windowed> context,
            TaskCounters counters) {
        int partition = context.taskId().partition();
        int partitions = config.application().partitions();
        this.counters = counters;
        RedRules rules = rules(config);
        kept = new StoreBytes(context.getStateStore(TraceStores.SLOS));
        emitter = new WindowEmitter(context);
        red = new RedWindows(
                rules, Integer.toString(partition), new StoreBytes(context.getStateStore(TraceStores.RED)));
        edges = new EdgeWindows(
                rules, Integer.toString(partition), new StoreBytes(context.getStateStore(TraceStores.EDGES)));
        measures = new MeasureWindows(
                config.measures(),
                rules,
                partitions,
                Integer.toString(partition),
                new StoreBytes(context.getStateStore(TraceStores.MEASURES)));
        slos = new SloTrackers(
                definitions,
                kept,
                emitter,
                partition,
                partitions,
                config.traces().rules().lateWindowMs(),
                counters);
    }

    /** The rules of one task's windows: the limit of series is shared out. */
    static RedRules rules(PlaitConfig config) {
        int share = Math.max(1, config.red().maxSeries() / config.application().partitions());
        return new RedRules(
                config.red().window().toMillis(), config.red().grace().toMillis(), share);
    }

    /** How far everything is evaluated, and whether something was counted since; {@link Watermarks#NONE} at first. */
    record Progress(long evaluatedMs, boolean changed) {
        private static final Progress NONE = new Progress(Watermarks.NONE, false);
    }

    Progress progress() {
        return kept.get(CLOCK)
                .map(bytes -> new Progress(ByteBuffer.wrap(bytes).getLong(), bytes[Long.BYTES] != 0))
                .orElse(Progress.NONE);
    }

    void remember(Progress progress) {
        kept.put(
                CLOCK,
                ByteBuffer.allocate(Long.BYTES + 1)
                        .putLong(progress.evaluatedMs)
                        .put((byte) (progress.changed ? 1 : 0))
                        .array());
    }

    void add(Delta delta, long evaluatedMs) {
        this.evaluatedMs = evaluatedMs;
        takenBytes += delta.content().remaining();
        DeltaPart.read(delta.content(), this);
    }

    /** What was done since this object was made: records written, SLOs and drops evaluated, and counts taken; some microseconds each. */
    long work() {
        return emitter.written() + slos.evaluations() + measures.decisions() + takenBytes / BYTES_OF_A_COUNT;
    }

    void evaluate(long clockMs, long wallMs) {
        emitter.at(clockMs);
        red.advance(clockMs, emitter::red);
        edges.advance(clockMs, emitter::edge);
        measures.advance(clockMs, wallMs, emitter::measure, emitter::alert);
        slos.advance(clockMs, wallMs);
    }

    @Override
    public void red(String series, long windowStartMs, RedDelta delta) {
        if (!red.add(series, windowStartMs, delta, evaluatedMs)) {
            counters.add("red-requests-late", delta.requests());
        }
    }

    @Override
    public void edge(String edge, long windowStartMs, EdgeDelta delta) {
        if (!edges.add(edge, windowStartMs, delta, evaluatedMs)) {
            counters.add("edge-requests-late", delta.requests());
        }
    }

    @Override
    public void measure(String series, long windowStartMs, MeasureDelta delta) {
        switch (measures.add(series, windowStartMs, delta, evaluatedMs)) {
            case LATE -> counters.add("measure-values-late", delta.count());
            case COUNTED_UNWATCHED -> counters.add("measure-values-unwatched", delta.count());
            case COUNTED -> {
                // its record tells it
            }
        }
    }

    @Override
    public void slo(SloKey key, SloCount count) {
        slos.count(key, count, evaluatedMs);
    }

    @Override
    public void evidence(SloKey key, SloEvidence evidence) {
        slos.evidence(key, evidence, evaluatedMs);
    }
}
