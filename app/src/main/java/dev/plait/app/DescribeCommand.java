package dev.plait.app;

import dev.plait.topology.PlaitTopology;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plait describe}: the topology as Kafka Streams describes it. */
@Command(name = "describe", description = "The topology as text.")
final class DescribeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(new PlaitTopology(config.load(), 1).get().describe());
        spec.commandLine().getOut().flush();
        return Exit.DONE;
    }
}
