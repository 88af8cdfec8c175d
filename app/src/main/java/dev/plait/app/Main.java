package dev.plait.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code plait} command. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
@Command(
        name = "plait",
        description = "Joins logs, spans and metrics of one request into one record, on Kafka.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        version = "plait 0.1.0",
        subcommands = {
            UpCommand.class,
            RunCommand.class,
            ReceiveCommand.class,
            ConnectCommand.class,
            TopicsCommand.class,
            SloCommand.class,
            TailCommand.class,
            DoctorCommand.class,
            TraceCommand.class,
            CaptureCommand.class,
            BacktestCommand.class,
            DescribeCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments));
    }

    /** Telemetry is UTF-8, whatever the locale. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs one command. Returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Problems problems = new Problems();
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(problems)
                .setParameterExceptionHandler(problems)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing, expected one of up, run, receive, connect, topics, slo, tail, "
                        + "doctor, trace, capture, backtest, describe");
    }
}
