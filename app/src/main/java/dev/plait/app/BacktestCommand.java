package dev.plait.app;

import dev.plait.app.backtest.Backtest;
import dev.plait.app.capture.CaptureWriter;
import dev.plait.app.capture.MergedSource;
import dev.plait.app.capture.RecordSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plait backtest}: the same topology over captured records; no broker, and the same bytes each time. */
@Command(name = "backtest", description = "The same topology, deterministically, over capture files.")
final class BacktestCommand implements Callable<Integer> {
    private static final long PROGRESS_EACH = 10_000;

    @Option(
            names = "--input",
            paramLabel = "FILE|TOPIC=FILE",
            arity = "1..*",
            required = true,
            description = {
                "Capture files, or raw files as records of a topic; several are merged by timestamp.",
                "- is standard input; TOPIC=FILE.jsonl, .log and .txt have one record a line."
            })
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--slo",
            paramLabel = "FILE",
            arity = "1..*",
            description = "OpenSLO files to keep over the records, besides those of the configuration.")
    private List<String> slos = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File for the output records; - is standard output. Default: ${DEFAULT-VALUE}.")
    private String output = "-";

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    private long replayed;

    @Override
    public Integer call() throws IOException, WrongUsage {
        // one partition: what a frame's partition is must not depend on how many there are; every tick told at once
        PlaitConfig loaded =
                config.load(Map.of("PLAIT_APPLICATION_PARTITIONS", "1", "PLAIT_APPLICATION_COMMIT_INTERVAL", "1ms"));
        List<SloDefinition> definitions = new SloFiles()
                .add("slo.files", loaded.slo().files())
                .add("--slo", slos)
                .check(loaded.slo().timeScale())
                .orThrow();
        List<RecordSource> sources = new ArrayList<>();
        for (String input : inputs) {
            sources.add(InputArgument.of(input).open(loaded));
        }
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = Progress.on(err, "replayed", PROGRESS_EACH);
        Backtest backtest = new Backtest(loaded, definitions);
        int written;
        try (RecordSource source = new MergedSource(sources);
                OutputStream out = FileArgument.output(output);
                CaptureWriter writer = new CaptureWriter(out)) {
            written = backtest.run(source, writer, records -> {
                replayed = records;
                progress.at(records);
            });
        }
        progress.end(replayed);
        backtest.passedOver()
                .forEach((topic, count) -> err.println(
                        "passed over " + count + " records of topic " + topic + ", which no source covers"));
        err.println("wrote " + written + " records");
        return Exit.DONE;
    }
}
