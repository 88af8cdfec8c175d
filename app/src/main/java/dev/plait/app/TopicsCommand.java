package dev.plait.app;

import dev.plait.topology.TopicAdmin;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plait topics}: makes or checks the topics of a configuration. */
@Command(
        name = "topics",
        description = "Makes or checks topics.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class})
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing, expected create or check");
    }

    /** {@code plait topics create}: the output topics, on request the inputs too; what is there stays as it is. */
    @Command(name = "create", description = "Makes Plait's topics that are missing.")
    static final class Create implements Callable<Integer> {
        @Option(names = "--inputs", description = "Also the topics of the sources.")
        private boolean inputs;

        @Mixin
        private ClusterOption cluster;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try (TopicAdmin admin = new TopicAdmin(cluster.load())) {
                List<String> made = admin.create(inputs);
                spec.commandLine()
                        .getOut()
                        .println(made.isEmpty() ? "nothing to make" : "made " + String.join(", ", made));
            }
            return Exit.DONE;
        }
    }

    /** {@code plait topics check}: a line on each thing that is not as it should be. */
    @Command(
            name = "check",
            description = "Says what is missing or set otherwise than it should be; exits with 1 then.")
    static final class Check implements Callable<Integer> {
        @Mixin
        private ClusterOption cluster;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try (TopicAdmin admin = new TopicAdmin(cluster.load())) {
                List<String> problems = admin.problems();
                problems.forEach(problem -> spec.commandLine().getErr().println("plait: " + problem));
                if (problems.isEmpty()) {
                    spec.commandLine().getOut().println("all topics are as they should be");
                }
                return problems.isEmpty() ? Exit.DONE : Exit.FAILED;
            }
        }
    }
}
