package dev.plait.app;

import dev.plait.app.doctor.Doctor;
import dev.plait.app.doctor.Examination;
import dev.plait.app.doctor.ReportJson;
import dev.plait.app.doctor.ReportText;
import dev.plait.app.doctor.Severity;
import dev.plait.app.doctor.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plait doctor}: what arrives, what is lost or not joined, and what to change where it is sent. */
@Command(
        name = "doctor",
        description = "Says of a running setup which sources arrive, what is unreadable or not joined, how engine and "
                + "sinks keep up, and what to change on the sending side. Reads only.")
final class DoctorCommand implements Callable<Integer> {
    private static final Duration USUAL_LENGTH = Duration.ofMinutes(5);
    private static final Duration MOST = Duration.ofDays(1);

    enum Output {
        text,
        json
    }

    enum FailOn {
        never,
        problem,
        warning,
        hint;

        private boolean isReachedBy(Severity severity) {
            return switch (this) {
                case never -> false;
                case problem -> severity == Severity.PROBLEM;
                case warning -> severity != Severity.HINT;
                case hint -> true;
            };
        }
    }

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            description = "Look at what came so long ago or later, such as 90s, 10m or 2h. Default: 5m.")
    private Duration since;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            description = "Instead watch what comes from now on, for so long.")
    private Duration watch;

    @Option(
            names = "--max-records",
            paramLabel = "N",
            description = "Most records read of one topic, the newest. Default: ${DEFAULT-VALUE}.")
    private int maxRecords = 20_000;

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "Kafka Connect's REST interface, such as http://host:8083. Default: that of plait up.")
    private String connect;

    @Option(names = "--output", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}. Default: text.")
    private Output output = Output.text;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 when something so severe is found: ${COMPLETION-CANDIDATES}. Default: never.")
    private FailOn failOn = FailOn.never;

    @Mixin
    private ClusterOption cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, WrongUsage {
        Window window = window();
        Examination seen = new Doctor(cluster.load(), window, cluster.connect(connect)).examine();
        PrintWriter out = spec.commandLine().getOut();
        if (output == Output.json) {
            out.println(ReportJson.of(seen));
        } else {
            ReportText.of(seen).forEach(out::println);
        }
        boolean failed = seen.findings().stream().anyMatch(finding -> failOn.isReachedBy(finding.severity()));
        return failed ? Exit.FAILED : Exit.DONE;
    }

    private Window window() throws WrongUsage {
        if (since != null && watch != null) {
            throw new WrongUsage("--since and --for: one of the two, a look back or a watch from now on");
        }
        Duration length = watch != null ? watch : since != null ? since : USUAL_LENGTH;
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(MOST) > 0) {
            throw new WrongUsage(
                    (watch != null ? "--for: " : "--since: ") + length.toMillis() + "ms is not from 1s to 24h");
        }
        if (maxRecords < 1 || maxRecords > 10_000_000) {
            throw new WrongUsage("--max-records: " + maxRecords + " is not from 1 to 10000000");
        }
        return new Window(length, watch != null, maxRecords);
    }
}
