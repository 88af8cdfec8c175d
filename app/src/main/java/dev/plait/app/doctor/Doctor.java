package dev.plait.app.doctor;

import dev.plait.schemas.topic.Topics;
import dev.plait.topology.InputDecoders;
import dev.plait.topology.TopicAdmin;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Examines a running setup from Kafka alone: reads a window of its input and output topics, asks for its groups and, when an
 * address is known, for its connectors. Reads only.
 */
public final class Doctor {
    /** Names that telemetry has: the defaults of collectors, gateways and meshes, and what people make of them. */
    private static final Pattern TELEMETRY =
            Pattern.compile("(?i).*(otlp|otel|kong|mesh|envoy|kuma|zipkin|jaeger|span|trace|access.?log|prometheus).*"
                    + "|(.*[^a-z])?logs?([^a-z].*)?");

    private static final Pattern NOT_INPUT =
            Pattern.compile("(?i)plait-.*|__.*|.*-(changelog|repartition)|connect-.*|.*(dlq|dead.?letter).*");

    private final PlaitConfig config;
    private final Window window;
    private final Optional<String> connect;

    /** @param connect address of a Kafka Connect worker, when one is known */
    public Doctor(PlaitConfig config, Window window, Optional<String> connect) {
        this.config = config;
        this.window = window;
        this.connect = connect;
    }

    /** Takes as long as reading does, and the window's length if that is live. @throws IOException when Kafka does not answer */
    public Examination examine() throws IOException, InterruptedException {
        try (Cluster cluster = new Cluster(config.kafka());
                TopicSampler sampler = new TopicSampler(config.kafka(), window.maxRecords())) {
            Set<String> present = cluster.topics();
            GroupState before = cluster.group(config.application().id(), List.of());
            Map<String, GroupState> sinksBefore = new HashMap<>();
            for (String group : cluster.connectGroups()) {
                sinksBefore.put(group, cluster.group(group, List.of()));
            }
            Map<String, TopicState> states = cluster.states(wanted(present));
            long startMs = System.currentTimeMillis();
            long fromMs = window.live() ? startMs : startMs - window.length().toMillis();
            Map<String, Map<TopicPartition, Long>> starts = starts(sampler, states, fromMs);
            if (window.live()) {
                TimeUnit.MILLISECONDS.sleep(window.length().toMillis());
            }
            Reading reading = new Reading(sampler, states, starts, fromMs, System.currentTimeMillis());
            List<SourceTally> sources = sources(reading, present);
            TraceTally traces = new TraceTally();
            DeadLetterTally dead = new DeadLetterTally();
            List<OutputState> outputs = new ArrayList<>();
            for (String topic : new TreeSet<>(TopicAdmin.OUTPUTS)) {
                outputs.add(
                        new OutputState(topic, states.get(topic), reading.read(topic, reader(topic, traces, dead))));
            }
            EngineState engine = engine(cluster, present, before, sources);
            return new Examination(
                    config.bootstrapServers(),
                    fromMs,
                    reading.nowMs,
                    sources,
                    traces,
                    dead,
                    outputs,
                    engine,
                    sinks(cluster, reading, sinksBefore, startMs));
        }
    }

    private static Consumer<ConsumerRecord<byte[], byte[]>> reader(
            String topic, TraceTally traces, DeadLetterTally dead) {
        return switch (topic) {
            case Topics.TRACES -> item -> traces.add(item.value());
            case Topics.DEAD_LETTERS -> dead::add;
            default -> item -> {};
        };
    }

    private Collection<String> wanted(Set<String> present) {
        Set<String> wanted = new TreeSet<>(TopicAdmin.OUTPUTS);
        wanted.addAll(inputs(present));
        return wanted;
    }

    /** The topics that sources name, there or not, and those that their patterns cover. */
    private Set<String> inputs(Set<String> present) {
        Set<String> inputs = new TreeSet<>();
        config.sources().forEach(source -> {
            if (!source.pattern()) {
                inputs.addAll(source.topics());
            }
            present.stream().filter(source::covers).forEach(inputs::add);
        });
        return inputs;
    }

    private Map<String, Map<TopicPartition, Long>> starts(
            TopicSampler sampler, Map<String, TopicState> states, long fromMs) {
        Map<String, Map<TopicPartition, Long>> starts = new HashMap<>();
        states.forEach((topic, state) -> {
            if (state.isReadable()) {
                Optional<Map<TopicPartition, Long>> start =
                        window.live() ? sampler.ends(topic) : sampler.since(topic, fromMs);
                start.ifPresent(found -> starts.put(topic, found));
            }
        });
        return starts;
    }

    /** The window of every topic, being read. */
    private record Reading(
            TopicSampler sampler,
            Map<String, TopicState> states,
            Map<String, Map<TopicPartition, Long>> starts,
            long fromMs,
            long nowMs) {
        Slice read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> to) {
            Map<TopicPartition, Long> start = starts.get(topic);
            return start == null ? Slice.NOTHING : sampler.read(start, fromMs, nowMs, to);
        }

        /** A topic may be seen and yet not be read. */
        TopicState state(String topic) {
            TopicState state = states.get(topic);
            return state.isReadable() && !starts.containsKey(topic) ? TopicState.DENIED : state;
        }
    }

    private List<SourceTally> sources(Reading reading, Set<String> present) {
        InputDecoders decoders = new InputDecoders(config);
        List<SourceTally> sources = new ArrayList<>();
        for (String topic : inputs(present)) {
            SourceTally source = new SourceTally(topic, decoders.of(topic));
            Slice slice = reading.read(topic, source::add);
            source.end(reading.state(topic), slice);
            sources.add(source);
        }
        return sources;
    }

    private EngineState engine(Cluster cluster, Set<String> present, GroupState before, List<SourceTally> sources)
            throws IOException {
        String id = config.application().id();
        String frames = id + "-frames-repartition";
        Map<String, Double> rates = new LinkedHashMap<>();
        sources.forEach(source -> rates.put(source.topic(), source.slice().perSecond(source.records())));
        Set<String> inputs = inputs(present);
        List<String> unread = present.stream()
                .filter(topic -> !inputs.contains(topic) && !topic.startsWith(id + "-"))
                .filter(topic -> TELEMETRY.matcher(topic).matches()
                        && !NOT_INPUT.matcher(topic).matches())
                .sorted()
                .limit(50)
                .toList();
        List<EngineState.Unread> held = new ArrayList<>();
        cluster.states(unread).forEach((topic, state) -> held.add(new EngineState.Unread(topic, state.records())));
        return new EngineState(
                before,
                cluster.group(id, List.of()),
                present.contains(frames)
                        ? cluster.states(List.of(frames)).get(frames).partitions()
                        : 0,
                config.application().partitions(),
                rates,
                held);
    }

    private ConnectState sinks(Cluster cluster, Reading reading, Map<String, GroupState> before, long startMs)
            throws IOException {
        List<SinkState> sinks = List.of();
        String problem = "";
        if (connect.isPresent()) {
            try {
                sinks = new ConnectRest(connect.get()).sinks();
            } catch (IOException e) {
                problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            }
        }
        return new ConnectState(
                connect.orElse(""),
                problem,
                withDeadLetters(sinks, cluster, reading),
                groups(cluster, reading, sinks, before, startMs));
    }

    private static List<SinkGroup> groups(
            Cluster cluster, Reading reading, List<SinkState> sinks, Map<String, GroupState> before, long startMs)
            throws IOException {
        Map<String, SinkState> known = new TreeMap<>();
        sinks.forEach(sink -> known.put(sink.group(), sink));
        Set<String> ids = new TreeSet<>(known.keySet());
        ids.addAll(cluster.connectGroups());
        List<SinkGroup> groups = new ArrayList<>();
        for (String id : ids) {
            Optional<SinkState> sink = Optional.ofNullable(known.get(id));
            GroupState now = cluster.group(id, sink.map(SinkState::topics).orElse(List.of()));
            long nowMs = System.currentTimeMillis();
            groups.add(SinkGroup.of(
                    before.getOrDefault(id, GroupState.denied(id)),
                    now,
                    sink.filter(SinkState::hasFailed).isPresent(),
                    nowMs - startMs,
                    nowMs,
                    reading.sampler::timeAt));
        }
        return groups;
    }

    private static List<SinkState> withDeadLetters(List<SinkState> sinks, Cluster cluster, Reading reading)
            throws IOException {
        Map<String, SinkLetters> letters = new TreeMap<>();
        List<SinkState> counted = new ArrayList<>();
        for (SinkState sink : sinks) {
            if (!sink.deadLetters().isEmpty() && !letters.containsKey(sink.deadLetters())) {
                letters.put(sink.deadLetters(), written(cluster, reading, sink.deadLetters()));
            }
            SinkLetters of = letters.get(sink.deadLetters());
            counted.add(sink.withDeadLetters(of == null ? 0 : of.count(sink.name())));
        }
        return counted;
    }

    /** What sinks wrote to a topic of dead letters in the window. */
    private static SinkLetters written(Cluster cluster, Reading reading, String topic) throws IOException {
        SinkLetters letters = new SinkLetters();
        if (cluster.states(List.of(topic)).get(topic).isReadable()) {
            reading.sampler
                    .since(topic, reading.fromMs)
                    .ifPresent(start -> reading.sampler.read(start, reading.fromMs, reading.nowMs, letters::add));
        }
        return letters;
    }
}
