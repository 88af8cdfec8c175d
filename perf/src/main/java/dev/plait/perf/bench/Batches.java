package dev.plait.perf.bench;

import dev.plait.perf.load.Batch;
import dev.plait.perf.load.BatchStream;
import dev.plait.perf.load.Workload;
import java.util.ArrayList;
import java.util.List;

/** Full batches of the end-to-end workload: 512 spans of 12 attributes, 64 traces interleaved. */
final class Batches {
    static final int SPANS = 512;

    private Batches() {}

    /** @param spansPerSecond of event time */
    static List<Batch> of(int count, int spansPerSecond) {
        BatchStream stream = new BatchStream(new Workload(42, count * SPANS, 10, SPANS, 64, spansPerSecond));
        List<Batch> batches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batches.add(stream.next().orElseThrow());
        }
        return batches;
    }
}
