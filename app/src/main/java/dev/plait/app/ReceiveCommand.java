package dev.plait.app;

import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plait receive}: network receivers in front of a cluster that is there, as many instances as wanted. */
@Command(
        name = "receive",
        description = "Network receivers (OTLP, Kong, Zipkin, Prometheus) in front of an existing Kafka cluster.")
final class ReceiveCommand implements Callable<Integer> {
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
        Receivers.requireSomethingToDo(loaded);
        ServiceLog.toStandardError();
        ready.clear();
        try (SilentKafka silent = new SilentKafka(spec.commandLine().getErr(), loaded.bootstrapServers());
                TopicAdmin admin = new TopicAdmin(loaded)) {
            admin.inputPartitions(); // names those that are missing
        }
        try (Lifetime lifetime = Lifetime.untilSignal()) {
            Receivers receivers = lifetime.add(Receivers.start(loaded, true));
            lifetime.add(() -> ready.set(false));
            ready.set(true);
            spec.commandLine()
                    .getOut()
                    .println("plait receives " + String.join(", ", receivers.open()) + " for "
                            + loaded.bootstrapServers());
            new CountDownLatch(1).await(); // until a signal ends the process
        }
        return Exit.FAILED;
    }
}
