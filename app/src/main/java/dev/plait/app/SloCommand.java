package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.kafka.TopicReader;
import dev.plait.app.view.SloText;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.topic.Topics;
import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait slo}: OpenSLO files in, status out. */
@Command(
        name = "slo",
        description = "Checks OpenSLO files, puts them into effect, shows how SLOs stand.",
        subcommands = {SloCommand.Validate.class, SloCommand.Apply.class, SloCommand.Show.class})
final class SloCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing, expected validate, apply or list");
    }

    /** Whether there is something in the files and nothing wrong with it; else says so, each problem on a line of its own. */
    private static boolean isUsable(SloFiles.Checked checked, List<String> files, PrintWriter err) {
        checked.problems().forEach(problem -> err.println("plait: " + problem));
        boolean empty = checked.problems().isEmpty() && checked.definitions().isEmpty();
        if (empty) {
            err.println("plait: " + String.join(", ", files) + ": no SLO is defined there");
        }
        return checked.problems().isEmpty() && !empty;
    }

    /** {@code plait slo validate}: what the files mean, or what is wrong with them; needs no cluster. */
    @Command(name = "validate", description = "Checks OpenSLO files and shows what they mean; needs no cluster.")
    static final class Validate implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = "OpenSLO files; they may refer to each other.")
        private List<String> files;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            SloFiles.Checked checked = new SloFiles().add("FILE", files).check(1);
            if (!isUsable(checked, files, spec.commandLine().getErr())) {
                return Exit.WRONG_USAGE;
            }
            PrintWriter out = spec.commandLine().getOut();
            checked.definitions().forEach(slo -> SloText.of(slo).forEach(out::println));
            return Exit.DONE;
        }
    }

    /** {@code plait slo apply}: puts definitions into effect on a cluster, while Plait runs there or before. */
    @Command(name = "apply", description = "Puts OpenSLO files into effect; instances that run take them over.")
    static final class Apply implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = "OpenSLO files; they may refer to each other.")
        private List<String> files;

        @Option(names = "--prune", description = "Delete the SLOs that are not in the files.")
        private boolean prune;

        @Mixin
        private ClusterOption cluster;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            PlaitConfig config = cluster.load();
            SloFiles.Checked checked =
                    new SloFiles().add("FILE", files).check(config.slo().timeScale());
            if (!isUsable(checked, files, spec.commandLine().getErr())) {
                return Exit.WRONG_USAGE;
            }
            try (TopicAdmin admin = new TopicAdmin(config)) {
                admin.create(false);
            }
            long nowMs = System.currentTimeMillis();
            SloDefinitionsTopic.Applied applied = new SloDefinitionsTopic(config.kafka())
                    .apply(checked.definitions(), prune, nowMs + SloDefinitionsTopic.HEAD_START_MS, nowMs);
            PrintWriter out = spec.commandLine().getOut();
            say(out, "added", applied.added());
            say(out, "changed", applied.changed());
            say(out, "unchanged", applied.unchanged());
            say(out, "deleted", applied.deleted());
            return Exit.DONE;
        }

        private static void say(PrintWriter out, String what, List<String> names) {
            if (!names.isEmpty()) {
                out.println(what + " " + String.join(", ", names));
            }
        }
    }

    /** {@code plait slo list}: every SLO that is defined, with its latest status. */
    @Command(name = "list", description = "Shows every SLO and how it stands.")
    static final class Show implements Callable<Integer> {
        private static final Duration PATIENCE = Duration.ofMillis(500);

        @Option(names = "--json", description = "The latest status records, one a line.")
        private boolean json;

        @Mixin
        private ClusterOption cluster;

        @Spec
        private CommandSpec spec;

        private final ObjectMapper mapper = new ObjectMapper();

        @Override
        public Integer call() throws IOException {
            Map<String, String> kafka = cluster.load().kafka();
            Map<String, SloDefinition> definitions = new SloDefinitionsTopic(kafka).current();
            Map<String, JsonNode> statuses = statuses(kafka);
            statuses.values()
                    .removeIf(status ->
                            !definitions.containsKey(status.path("slo").asText()));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                statuses.values().forEach(out::println);
            } else {
                SloText.table(definitions.values(), statuses.values()).forEach(out::println);
            }
            return Exit.DONE;
        }

        /** The latest status of each key: the topic is compacted. */
        private Map<String, JsonNode> statuses(Map<String, String> kafka) throws IOException {
            Map<String, JsonNode> statuses = new TreeMap<>();
            try (TopicReader reader = TopicReader.open(kafka, List.of(Topics.SLO), TopicReader.From.BEGINNING)) {
                while (!reader.isAtEnd()) {
                    for (ConsumerRecord<byte[], byte[]> item : reader.poll(PATIENCE)) {
                        String key = item.key() == null ? "" : new String(item.key(), StandardCharsets.UTF_8);
                        if (item.value() == null) {
                            statuses.remove(key);
                        } else {
                            statuses.put(key, mapper.readTree(item.value()));
                        }
                    }
                }
            }
            return statuses;
        }
    }
}
