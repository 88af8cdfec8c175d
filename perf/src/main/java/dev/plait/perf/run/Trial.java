package dev.plait.perf.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs one system on the preloaded input until nothing more comes out: all input is committed and the output's end has not
 * moved for some seconds. Whether that was all is the oracle's business.
 */
final class Trial {
    private static final long SAMPLE_EVERY_MS = 200;
    private static final long QUIET_MS = 8_000;

    private final RunPlan plan;
    private final Cluster cluster;
    private final ChildProcess broker;
    private final Path directory;

    Trial(RunPlan plan, Cluster cluster, ChildProcess broker, Path directory) {
        this.plan = plan;
        this.cluster = cluster;
        this.broker = broker;
        this.directory = directory;
    }

    /** Reads and judges what a system wrote. */
    @FunctionalInterface
    interface Judge {
        Output judge();
    }

    Figures run(Candidate candidate, Preload preload, Judge judge)
            throws IOException, InterruptedException, ExecutionException {
        double loadBefore = load();
        List<Sample> samples = new ArrayList<>();
        long peakKib;
        ChildProcess engine = ChildProcess.start(
                candidate.name(), directory, plan.engineOptions(), candidate.mainClass(), candidate.arguments());
        try (engine) {
            follow(candidate, engine, preload, samples);
            peakKib = engine.peakResidentKib();
        }
        double loadAfter = load();
        Output output = judge.judge();
        if (!output.isRight()) {
            System.err.println(engine.tail());
        }
        Figures.Surroundings around =
                new Figures.Surroundings(peakKib, broker.peakResidentKib(), cluster.bytes(), loadBefore, loadAfter);
        return Figures.of(candidate.name(), preload, new Course(samples), output, around);
    }

    private void follow(Candidate candidate, ChildProcess engine, Preload preload, List<Sample> samples)
            throws IOException, InterruptedException, ExecutionException {
        long records = preload.records();
        long startMs = System.currentTimeMillis();
        long movedMs = startMs;
        long lastEnd = 0;
        while (true) {
            long nowMs = System.currentTimeMillis();
            long consumed =
                    cluster.committed(candidate.applicationId(), preload.form().topic());
            samples.add(new Sample(nowMs, seconds(engine.cpu()), seconds(broker.cpu()), consumed));
            long end = cluster.end(candidate.output(), plan.partitions());
            if (end != lastEnd || end == 0 || consumed < records) {
                movedMs = nowMs;
                lastEnd = end;
            }
            if (nowMs - movedMs >= QUIET_MS) {
                return;
            }
            if (!engine.isAlive()) {
                throw new IOException(candidate.name() + " ended by itself:\n" + engine.tail());
            }
            if (nowMs - startMs > plan.limit().toMillis()) {
                throw new IOException(candidate.name() + " took more than " + plan.limit() + "; it had consumed "
                        + consumed + " of " + records + " records:\n" + engine.tail());
            }
            TimeUnit.MILLISECONDS.sleep(SAMPLE_EVERY_MS);
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
