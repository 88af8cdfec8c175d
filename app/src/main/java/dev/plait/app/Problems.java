package dev.plait.app;

import dev.plait.topology.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What went wrong, as one line on standard error and an exit code. A bug is named as one and goes to the log with its trace. */
final class Problems implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        Throwable cause = problem instanceof ExecutionException ? problem.getCause() : problem;
        if (cause instanceof ConfigException || cause instanceof WrongUsage) {
            return say(command.getErr(), cause, Exit.WRONG_USAGE);
        }
        if (cause instanceof IOException || cause instanceof KafkaException) {
            return say(command.getErr(), cause, Exit.FAILED);
        }
        LoggerFactory.getLogger(Problems.class).error("this is a bug in Plait: {}", cause.toString(), cause);
        return Exit.FAILED;
    }

    @Override
    public int handleParseException(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String usage = command.getCommandSpec().qualifiedName();
        command.getErr().println("plait: " + oneLine(problem.getMessage()) + "; see " + usage + " --help");
        return Exit.WRONG_USAGE;
    }

    private static int say(PrintWriter err, Throwable problem, int code) {
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        err.println("plait: " + oneLine(message));
        return code;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
