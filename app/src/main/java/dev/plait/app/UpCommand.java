package dev.plait.app;

import dev.plait.app.demo.Demo;
import dev.plait.app.demo.OtlpEndpoints;
import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SinkConfig;
import dev.plait.topology.config.SourceConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plait up}: everything in one process, on an embedded Kafka. */
@Command(name = "up", description = "Everything in one process, on an embedded Kafka whose data stays in a directory.")
final class UpCommand implements Callable<Integer> {
    /** An hour is a minute. */
    private static final int DEMO_TIME_SCALE = 60;

    private static final String DEMO_SINK = "alertmanager";

    @Option(names = "--demo", description = "Add generated traffic: a shop behind a gateway and a mesh, with a fault.")
    private boolean demo;

    @Option(
            names = "--alertmanager",
            paramLabel = "URL",
            description =
                    "Where --demo sends its alerts unless the configuration has an alertmanager sink; 'none': nowhere."
                            + " Default: ${DEFAULT-VALUE}.")
    private String alertmanager = "http://127.0.0.1:9093";

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
    private Path data = DataDirectory.USUAL;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of Kafka on the loopback interface. Default: that of the last start, else 9092, else a free one.")
    private int port = EmbeddedKafka.REMEMBERED_PORT;

    @Mixin
    private ConfigOption config;

    @Mixin
    private ReadyFile ready;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, WrongUsage, InterruptedException {
        checkDemo(config.load());
        List<SloDefinition> slos = slos(config.load());
        ServiceLog.toFile(data.resolve(DataDirectory.LOG));
        ready.clear();
        try (Lifetime lifetime = Lifetime.untilSignal()) {
            DataDirectory directory = lifetime.add(DataDirectory.lock(data));
            EmbeddedKafka kafka = lifetime.add(EmbeddedKafka.start(directory.kafka(), port));
            PlaitConfig here = withDemoSink(onlyInstance(kafka, directory));
            Engine engine = lifetime.add(Engine.start(here, topics(here, slos), ready));
            Receivers receivers = lifetime.add(Receivers.start(here, false));
            if (demo) {
                OtlpEndpoints otlp = DemoReceivers.of(here, receivers, lifetime);
                lifetime.add(Demo.start(kafka.bootstrap(), otlp));
            }
            directory.announce(kafka.bootstrap(), config.file());
            receivers.closed().forEach(line -> spec.commandLine().getErr().println("plait: " + line));
            sayWhereEverythingIs(here, receivers);
            lifetime.add(BackgroundSinks.start(here, directory));
            engine.awaitStopped();
        }
        return Exit.FAILED;
    }

    /**
     * Settings of an engine that is the only one of its cluster: it takes its own place again at once after a crash, not when
     * its last life's membership (45 s) and transactions (a minute) have timed out.
     */
    private static Map<String, String> onlyInstance(EmbeddedKafka kafka, DataDirectory directory) {
        return Map.of(
                "PLAIT_KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrap(),
                "PLAIT_KAFKA_GROUP_INSTANCE_ID",
                "up",
                "PLAIT_KAFKA_PRODUCER_TRANSACTION_TIMEOUT_MS",
                "10000",
                "PLAIT_APPLICATION_STATE_DIR",
                directory.state().toString());
    }

    /** The demo's alerts go to an Alertmanager, unless the configuration says to which. */
    private PlaitConfig withDemoSink(Map<String, String> fixed) {
        PlaitConfig here = config.load(fixed);
        boolean asked = here.sinks().stream()
                .anyMatch(sink -> sink.name().equals(DEMO_SINK)
                        || sink.kind()
                                .filter(SinkConfig.Kind.ALERTMANAGER::equals)
                                .isPresent());
        if (!demo || asked || alertmanager.equals("none")) {
            return here;
        }
        Map<String, String> more = new HashMap<>(fixed);
        more.put("PLAIT_SINKS_ALERTMANAGER_TYPE", SinkConfig.Kind.ALERTMANAGER.shortName());
        more.put("PLAIT_SINKS_ALERTMANAGER_URLS", alertmanager);
        return config.load(more);
    }

    /** Makes the topics and puts SLOs into effect; gives the highest partition count of the inputs. */
    private static int topics(PlaitConfig config, List<SloDefinition> slos) throws IOException {
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.create(true);
            new SloDefinitionsTopic(config.kafka()).apply(slos, false, 0, System.currentTimeMillis());
            return admin.inputPartitions();
        }
    }

    /** Those of the configuration's files; the demo's with windows so short that one can watch. */
    private List<SloDefinition> slos(PlaitConfig asked) throws IOException {
        List<SloDefinition> slos = new ArrayList<>(SloFiles.of(asked).orThrow());
        if (demo) {
            slos.addAll(new SloFiles()
                    .add(Demo.SLOS, Demo.slos())
                    .check(DEMO_TIME_SCALE)
                    .orThrow());
        }
        return slos;
    }

    private void checkDemo(PlaitConfig asked) throws WrongUsage {
        for (String topic : Demo.TOPICS) {
            if (demo && asked.sources().stream().noneMatch(source -> source.covers(topic))) {
                throw new WrongUsage("sources: no source covers topic " + topic + ", which --demo writes to");
            }
        }
        if (demo && !DemoReceivers.haveTopics(asked)) {
            throw new WrongUsage("sources: --demo needs a topic of format otlp for each of traces, logs and metrics");
        }
    }

    private void sayWhereEverythingIs(PlaitConfig config, Receivers receivers) {
        PrintWriter out = spec.commandLine().getOut();
        String inputs = String.join(
                ", ", config.sources().stream().map(SourceConfig::topic).toList());
        out.println("Plait is up; Ctrl-C stops it.");
        out.println("  Kafka    " + config.bootstrapServers());
        if (!receivers.open().isEmpty()) {
            out.println("  receives " + String.join(", ", receivers.open()));
        }
        if (!config.sinks().isEmpty()) {
            out.println("  sinks    "
                    + config.sinks().stream()
                            .map(sink -> sink.name() + " (" + sink.type() + ")")
                            .collect(Collectors.joining(", ")));
        }
        out.println("  inputs   " + inputs);
        out.println("  outputs  " + String.join(", ", new TreeSet<>(TopicAdmin.OUTPUTS)));
        out.println("  data     " + data + ", log " + data.resolve(DataDirectory.LOG));
        if (demo) {
            out.println("  demo     " + Demo.SUMMARY);
            config.sinks().stream()
                    .filter(sink -> sink.name().equals(DEMO_SINK))
                    .forEach(sink -> out.println("  alerts   also to an Alertmanager at "
                            + sink.settings().get("urls") + ", as soon as there is one"));
        }
        String where = data.equals(DataDirectory.USUAL) ? "" : " --data " + data;
        out.println("Next, in another terminal:");
        out.println("  ./plait tail traces" + where + "            one line per request, as it is joined");
        out.println("  ./plait trace ID" + where + "               that request's spans and logs");
        out.println("  ./plait tail alerts" + where + "            what fires, why, and traces that show it");
        out.println("  ./plait slo list" + where + "               how each SLO stands");
        out.println("  ./plait capture --output F" + where + "     the input records, for ./plait backtest --input F");
    }
}
