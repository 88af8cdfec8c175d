package dev.plait.app;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plait run}: the topologies against a cluster that is there, as many instances as wanted. */
@Command(name = "run", description = "The topologies against an existing Kafka cluster; start as many as you like.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Mixin
    private ReadyFile ready;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try") // it speaks by itself
    public Integer call() throws IOException, InterruptedException {
        PlaitConfig loaded = config.load();
        List<SloDefinition> slos = SloFiles.of(loaded).orThrow();
        ServiceLog.toStandardError();
        ready.clear();
        int inputPartitions;
        try (SilentKafka silent = new SilentKafka(spec.commandLine().getErr(), loaded.bootstrapServers());
                TopicAdmin admin = new TopicAdmin(loaded)) {
            inputPartitions = admin.inputPartitions();
            admin.create(false);
            new SloDefinitionsTopic(loaded.kafka()).apply(slos, false, 0, System.currentTimeMillis());
        }
        try (Lifetime lifetime = Lifetime.untilSignal()) {
            Engine engine = lifetime.add(Engine.start(loaded, inputPartitions, ready));
            spec.commandLine()
                    .getOut()
                    .println("plait runs as " + loaded.application().id() + " on " + loaded.bootstrapServers());
            engine.awaitStopped();
        }
        return Exit.FAILED;
    }
}
