package dev.plait.perf.run;

import dev.plait.app.kafka.BrokerMain;
import dev.plait.schemas.topic.TopicContract;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A broker in its own process with the preloaded input, on which systems run one after the other, each with a fresh
 * application ID, fresh topics and a fresh state directory.
 */
final class Rig implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration DELETE_PATIENCE = Duration.ofSeconds(30);
    private static final String ENGINE_MAIN = "dev.plait.app.Main";

    private final RunPlan plan;
    private final Path directory;
    private final ChildProcess broker;
    private final Cluster cluster;
    private final Preload requests;
    private final Preload frames;

    private Rig(RunPlan plan, Path directory, ChildProcess broker, Cluster cluster, Preload requests, Preload frames) {
        this.plan = plan;
        this.directory = directory;
        this.broker = broker;
        this.cluster = cluster;
        this.requests = requests;
        this.frames = frames;
    }

    static Rig start(RunPlan plan, Path directory) throws IOException, InterruptedException, ExecutionException {
        Path brokerDirectory = Files.createDirectories(directory.resolve("broker"));
        ChildProcess broker = ChildProcess.start(
                "broker",
                directory,
                plan.brokerOptions(),
                BrokerMain.class.getName(),
                List.of(brokerDirectory.toString()));
        try {
            Cluster cluster = new Cluster(broker.awaitLine("READY", START_PATIENCE));
            say("broker ready; writing " + plan.workload());
            Preload requests = preload(cluster, new OtlpForm(plan.partitions()), plan);
            Preload frames = preload(cluster, new FramesForm(plan.partitions()), plan);
            return new Rig(plan, directory, broker, cluster, requests, frames);
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    private static Preload preload(Cluster cluster, InputForm form, RunPlan plan)
            throws IOException, InterruptedException, ExecutionException {
        for (String topic : form.topics()) {
            cluster.create(topic, plan.partitions(), Map.of("retention.ms", "-1"));
        }
        return Preload.send(cluster.bootstrap(), form, plan.partitions(), plan.workload());
    }

    /** The workload as requests. */
    Preload requests() {
        return requests;
    }

    /** The workload as frames. */
    Preload frames() {
        return frames;
    }

    /** All systems in turns: A B C, A B C. */
    List<Figures> rounds(int rounds, boolean onlyPlait) throws IOException, InterruptedException, ExecutionException {
        List<Figures> figures = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            if (!onlyPlait) {
                figures.add(identity("identity", "1", Candidate.IDENTITY_OUTPUT, round));
                figures.add(identity("two-hop", "2", Candidate.TWO_HOP_OUTPUT, round));
            }
            figures.add(plait("plait", requests, round));
            figures.add(plait("plait, frames", frames, round));
        }
        return figures;
    }

    private Figures identity(String name, String hops, String output, int round)
            throws IOException, InterruptedException, ExecutionException {
        cluster.create(output, plan.partitions(), measured(Map.of("max.message.bytes", "4194304")));
        String application = name + "-" + round;
        Candidate candidate = new Candidate(
                name,
                application,
                output,
                IdentityMain.class.getName(),
                List.of(configuration(application, requests.form()).toString(), output, hops));
        OutputReader reader = new OutputReader(cluster, plan.partitions());
        return trial(candidate, requests, List.of(output), () -> reader.copy(output, plan.workload()));
    }

    private Figures plait(String name, Preload input, int round)
            throws IOException, InterruptedException, ExecutionException {
        List<String> outputs = new ArrayList<>();
        for (TopicContract contract : TopicContract.outputs()) {
            cluster.create(contract.name(), contract.partitions(plan.partitions()), measured(contract.settings()));
            outputs.add(contract.name());
        }
        String application = name.replace(", ", "-") + "-" + round;
        Candidate candidate = new Candidate(
                name,
                application,
                Topics.TRACES,
                ENGINE_MAIN,
                List.of(
                        "run",
                        "--config",
                        configuration(application, input.form()).toString()));
        return trial(candidate, input, outputs, this::judgeTraces);
    }

    private Output judgeTraces() {
        OutputReader reader = new OutputReader(cluster, plan.partitions());
        Output output = reader.traces(Topics.TRACES, plan.workload());
        long dead = reader.count(Topics.DEAD_LETTERS);
        if (dead == 0) {
            return output;
        }
        List<String> problems = new ArrayList<>(output.problems());
        problems.add(dead + " dead letters");
        return new Output(output.records(), output.firstAppendMs(), output.lastAppendMs(), output.verdict(), problems);
    }

    private Figures trial(Candidate candidate, Preload input, List<String> outputs, Trial.Judge judge)
            throws IOException, InterruptedException, ExecutionException {
        say("running " + candidate.applicationId());
        Figures figures = new Trial(plan, cluster, broker, directory).run(candidate, input, judge);
        say(candidate.applicationId() + ": " + Math.round(figures.warmRate()) + " spans/s; "
                + figures.output().verdict());
        figures.output().problems().forEach(problem -> say("  " + problem));
        Collection<String> own = cluster.topics().stream()
                .filter(topic -> topic.startsWith(candidate.applicationId() + "-") || outputs.contains(topic))
                .collect(Collectors.toList());
        cluster.delete(own);
        for (long left = DELETE_PATIENCE.toMillis(); left > 0; left -= 200) {
            if (cluster.topics().stream().noneMatch(own::contains)) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return figures;
    }

    /** Retention must not take what carries old timestamps, and the broker's own clock tells when a record was appended. */
    private static Map<String, String> measured(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("retention.ms", "-1");
        all.put("message.timestamp.type", "LogAppendTime");
        return all;
    }

    private Path configuration(String application, InputForm input) throws IOException {
        Path file = directory.resolve(application + ".yaml");
        String text = """
                kafka:
                  bootstrap.servers: "%s"
                  # as long as the run: the hops' topics keep all they carried, so that their sizes can be read
                  repartition.purge.interval.ms: "86400000"
                application:
                  id: %s
                  partitions: %d
                  threads: %d
                  state-dir: "%s"
                  commit-interval: %dms
                sources:
                  - { topic: %s, format: otlp, signal: traces%s }
                """.formatted(
                        cluster.bootstrap(),
                        application,
                        plan.partitions(),
                        plan.threads(),
                        directory.resolve("state-" + application),
                        plan.commitInterval().toMillis(),
                        input.topic(),
                        input.sourceKeys());
        return Files.writeString(file, text);
    }

    private static void say(String what) {
        System.err.println("perf: " + what);
    }

    @Override
    public void close() {
        cluster.close();
        broker.close();
    }
}
