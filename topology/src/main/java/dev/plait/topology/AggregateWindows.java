package dev.plait.topology;

import dev.plait.correlator.trace.Watermarks;
import dev.plait.schemas.model.SloBounds;
import dev.plait.topology.config.PlaitConfig;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Deltas into windows, counts and alerts. Deltas are taken in the order of their arrival times, once the clock has reached
 * them; between them everything is evaluated at whole seconds of the clock: each second while something was counted, else
 * each half minute. So what is decided at a time depends on what arrived before it, and on nothing else: not on which
 * sender ran ahead, nor on restarts. At most {@link #STEPS_PER_CALL} seconds are evaluated and {@link #DELTAS_PER_CALL} deltas
 * taken in one call, and none is begun after {@link #WORK_PER_CALL}, so that no poll is late, and no transaction too long, when
 * hours of thousands of SLOs are made up for.
 */
final class AggregateWindows implements Processor<byte[], byte[], String, Windowed> {
    static final int STEPS_PER_CALL = 500;
    static final int DELTAS_PER_CALL = 5_000;

    /** In the units of {@link WindowTask#work}: some tenths of a second. */
    static final int WORK_PER_CALL = 20_000;

    /** After so long all windows are empty, so what lies before it needs no evaluation. */
    static final long LONGEST_GAP_MS = SloBounds.MAX_WINDOW_MS + 86_400_000;

    private static final long BUSY_STEP_MS = 1_000;
    private static final long QUIET_STEP_MS = 30_000;

    private final PlaitConfig config;
    private final SloDefinitionFeed definitions;
    private final Set<Integer> expectedSenders;
    private Watermarks watermarks;
    private PendingDeltas pending;
    private WindowTask windows;
    private TaskCounters counters;
    private ProcessorContext<String, Windowed> context;
    private long clockMs;
    private long evaluatedMs;
    private boolean changed;
    private int steps;
    private long mostWork;

    AggregateWindows(PlaitConfig config, SloDefinitionFeed definitions, Set<Integer> expectedSenders) {
        this.config = config;
        this.definitions = definitions;
        this.expectedSenders = expectedSenders;
    }

    /** Called again on this object when Kafka Streams revives a corrupted task: nothing on the heap may survive it. */
    @Override
    public void init(ProcessorContext<String, Windowed> context) {
        this.context = context;
        counters = new TaskCounters(context);
        watermarks =
                new Watermarks(config.traces().sourceIdle().toMillis(), expectedSenders, context.currentSystemTimeMs());
        pending = new PendingDeltas(context.getStateStore(TraceStores.DELTAS));
        windows = new WindowTask(config, definitions, context, counters);
        clockMs = Watermarks.NONE;
        evaluatedMs = windows.progress().evaluatedMs();
        changed = windows.progress().changed();
        if (evaluatedMs != Watermarks.NONE) {
            watermarks.resume(evaluatedMs);
        }
        context.schedule(config.application().commitInterval(), PunctuationType.WALL_CLOCK_TIME, wallMs -> {
            catchUp(wallMs);
            counters.publish();
        });
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Delta delta = Delta.of(record.value());
        long wallMs = context.currentSystemTimeMs();
        watermarks.observe(delta.sender(), delta.watermarkMs(), wallMs);
        if (!delta.isTick()) {
            pending.add(record.value(), delta);
        }
        catchUp(wallMs);
    }

    @Override
    public void close() {
        counters.close();
    }

    /** Takes and evaluates, in order, all that the clock has reached; what is left is done in the next call. */
    private void catchUp(long wallMs) {
        steps = STEPS_PER_CALL;
        mostWork = windows.work() + WORK_PER_CALL;
        int deltas = DELTAS_PER_CALL;
        long nowMs = clockMs(wallMs);
        while (!pending.isEmpty() && pending.firstMs() <= nowMs) {
            if (deltas-- == 0 || isEnough() || !evaluateUpTo(pending.firstMs(), wallMs)) {
                return;
            }
            windows.add(pending.remove(), evaluatedMs);
            progress(evaluatedMs, true);
        }
        evaluateUpTo(nowMs, wallMs);
    }

    /** As {@link AssembleTraces}: what waits for the slowest sender is bounded. */
    private long clockMs(long wallMs) {
        clockMs = Math.max(clockMs, watermarks.clockMs(wallMs));
        if (pending.storedBytes() > config.traces().maxOpenBytes() && watermarks.highestMs() > clockMs) {
            clockMs = watermarks.highestMs();
            counters.add("window-clock-forced", 1);
        }
        return clockMs;
    }

    /** Evaluates at each due second up to a time. False when there is more to do than one call may. */
    private boolean evaluateUpTo(long timeMs, long wallMs) {
        if (timeMs <= 0) {
            return true;
        }
        if (evaluatedMs == Watermarks.NONE) {
            evaluatedMs = Math.floorDiv(timeMs, BUSY_STEP_MS) * BUSY_STEP_MS;
        } else if (timeMs - evaluatedMs > LONGEST_GAP_MS) {
            progress(Math.floorDiv(timeMs - LONGEST_GAP_MS, QUIET_STEP_MS) * QUIET_STEP_MS, changed);
        }
        for (long next = nextStepMs(); next <= timeMs; next = nextStepMs()) {
            if (steps-- == 0 || isEnough()) {
                return false;
            }
            windows.evaluate(next, wallMs);
            progress(next, false);
        }
        return true;
    }

    private boolean isEnough() {
        return windows.work() >= mostWork;
    }

    private void progress(long evaluatedMs, boolean changed) {
        if (this.evaluatedMs != evaluatedMs || this.changed != changed) {
            this.evaluatedMs = evaluatedMs;
            this.changed = changed;
            windows.remember(new WindowTask.Progress(evaluatedMs, changed));
        }
    }

    private long nextStepMs() {
        return changed ? evaluatedMs + BUSY_STEP_MS : (Math.floorDiv(evaluatedMs, QUIET_STEP_MS) + 1) * QUIET_STEP_MS;
    }
}
