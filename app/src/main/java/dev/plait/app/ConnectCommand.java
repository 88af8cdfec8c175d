package dev.plait.app;

import dev.plait.app.connect.Sinks;
import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SinkConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plait connect}: the sinks of a configuration against a cluster that is there, as many instances as wanted. */
@Command(
        name = "connect",
        description = "The sinks, in a Kafka Connect worker against an existing cluster; start as many as you like.")
final class ConnectCommand implements Callable<Integer> {
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
        if (loaded.sinks().isEmpty()) {
            throw new ConfigException("sinks: is missing; plait connect would have nothing to do");
        }
        ServiceLog.toStandardError();
        ready.clear();
        try (SilentKafka silent = new SilentKafka(spec.commandLine().getErr(), loaded.bootstrapServers());
                TopicAdmin admin = new TopicAdmin(loaded)) {
            admin.create(false);
        }
        Logger log = LoggerFactory.getLogger(ConnectCommand.class);
        try (Lifetime lifetime = Lifetime.untilSignal()) {
            Sinks sinks = lifetime.add(Sinks.shared(loaded, log::error));
            lifetime.add(() -> ready.set(false));
            sinks.apply(loaded.sinks());
            ready.set(true);
            spec.commandLine()
                    .getOut()
                    .println("plait connects "
                            + loaded.sinks().stream().map(SinkConfig::name).collect(Collectors.joining(", ")) + " to "
                            + loaded.bootstrapServers() + ", REST at " + sinks.url());
            new CountDownLatch(1).await(); // until a signal ends the process
        }
        return Exit.FAILED;
    }
}
