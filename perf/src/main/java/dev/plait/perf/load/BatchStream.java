package dev.plait.perf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The records of a workload, in the order of their timestamps. Not thread safe; each needs time in proportion to its size. */
public final class BatchStream {
    private final Workload workload;
    private final TraceMaker maker;
    private final SplittableRandom random;
    private final List<Unsent> open = new ArrayList<>();
    private final OtlpBatch batch = new OtlpBatch();
    private int begun;
    private long spans;

    public BatchStream(Workload workload) {
        this.workload = workload;
        this.maker = new TraceMaker(workload);
        this.random = new SplittableRandom(workload.seed());
    }

    /** Spans handed out so far. */
    public long spans() {
        return spans;
    }

    /** The next record; empty when all traces are sent. */
    public Optional<Batch> next() {
        while (batch.spans() < workload.batchSpans() && fill()) {
            int pick = random.nextInt(open.size());
            Unsent unsent = open.get(pick);
            unsent.send(batch);
            if (unsent.isDone()) {
                open.set(pick, open.get(open.size() - 1));
                open.remove(open.size() - 1);
            }
        }
        if (batch.spans() == 0) {
            return Optional.empty();
        }
        int size = batch.spans();
        spans += size;
        return Optional.of(new Batch(workload.arrivalMs(spans), size, batch.drain()));
    }

    /**
     * One record that carries nothing of the workload but a root of its own, {@code afterMs} after the last one: whoever goes
     * by record timestamps knows from it that nothing more comes. One is needed in every partition.
     *
     * @param number tells several of them apart, from 0
     */
    public Batch closer(int number, long afterMs) {
        LoadTrace trace = maker.trace(workload.traces() + number);
        OtlpBatch single = new OtlpBatch();
        single.add(trace, trace.spans().get(0));
        return new Batch(workload.arrivalMs(spans) + afterMs, 1, single.drain());
    }

    /** Opens traces up to the wanted number. @return whether any is open */
    private boolean fill() {
        while (open.size() < workload.openTraces() && begun < workload.traces()) {
            open.add(new Unsent(maker.trace(begun++)));
        }
        return !open.isEmpty();
    }

    /** A trace of which some spans are still to be sent: children first, as they end before their parents. */
    private static final class Unsent {
        private final LoadTrace trace;
        private int left;

        Unsent(LoadTrace trace) {
            this.trace = trace;
            this.left = trace.spans().size();
        }

        void send(OtlpBatch batch) {
            batch.add(trace, trace.spans().get(--left));
        }

        boolean isDone() {
            return left == 0;
        }
    }
}
