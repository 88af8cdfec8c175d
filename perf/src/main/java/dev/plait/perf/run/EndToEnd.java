package dev.plait.perf.run;

import dev.plait.perf.load.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run}: generates, runs, measures, verifies, reports. Exit codes: 0 right, 1 void or failed, 2 wrong usage. */
@Command(
        name = "perf/run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Runs Plait end to end on a seeded load, on requests and on frames of receivers, with two identity "
                        + "topologies beside it as the ceiling.")
public final class EndToEnd implements Callable<Integer> {
    @Option(names = "--spans", description = "spans to preload, about")
    private int spans = 3_000_000;

    @Option(names = "--seed", description = "of the load")
    private long seed = 1;

    @Option(names = "--spans-per-trace", description = "on average")
    private int meanSpans = 10;

    @Option(names = "--batch", description = "spans in one record")
    private int batchSpans = 512;

    @Option(names = "--open-traces", description = "traces interleaved in the stream")
    private int openTraces = 64;

    @Option(names = "--event-rate", description = "spans per second of record timestamps")
    private int spansPerSecond = 80_000;

    @Option(names = "--partitions", description = "of all topics")
    private int partitions = 8;

    @Option(names = "--threads", description = "of each system")
    private int threads = 2;

    @Option(names = "--commit-interval-ms", description = "of each system")
    private int commitIntervalMs = 500;

    @Option(names = "--rounds", description = "how often each system is run, in turns")
    private int rounds = 1;

    @Option(names = "--engine-jvm", description = "JVM options of each system")
    private String engineOptions = "-Xms1g -Xmx2g";

    @Option(names = "--broker-jvm", description = "JVM options of the broker")
    private String brokerOptions = "-Xms1g -Xmx1g";

    @Option(names = "--only-plait", description = "leave the identity topologies out")
    private boolean onlyPlait;

    @Option(names = "--limit-seconds", description = "one system may take so long")
    private int limitSeconds = 300;

    @Option(
            names = "--directory",
            description = "where data goes while it runs, about 0.5 kB a span; deleted at the end")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--report", description = "file to write the report to, beside standard output")
    private Optional<Path> report = Optional.empty();

    private String[] arguments = {};

    public static void main(String[] arguments) {
        EndToEnd run = new EndToEnd();
        run.arguments = arguments;
        System.exit(new CommandLine(run).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        RunPlan plan = new RunPlan(
                new Workload(seed, Math.max(1, spans / meanSpans), meanSpans, batchSpans, openTraces, spansPerSecond),
                partitions,
                threads,
                Duration.ofMillis(commitIntervalMs),
                Arrays.asList(engineOptions.split(" ")),
                Arrays.asList(brokerOptions.split(" ")),
                Duration.ofSeconds(limitSeconds));
        Path data = directory.isPresent()
                ? Files.createTempDirectory(Files.createDirectories(directory.get()), "run")
                : Files.createTempDirectory("plait-perf");
        try (Rig rig = Rig.start(plan, data.toAbsolutePath())) {
            List<Figures> figures = rig.rounds(rounds, onlyPlait);
            String text = new Report(plan, rig.requests(), rig.frames(), String.join(" ", arguments)).text(figures);
            System.out.println(text);
            if (report.isPresent()) {
                Files.writeString(report.get(), text);
            }
            return figures.stream().allMatch(each -> each.output().isRight()) ? 0 : 1;
        } finally {
            Directories.delete(data);
        }
    }
}
