package dev.plait.topology;

import dev.plait.ingest.frame.Hop;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.Sender;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The main job: decode, match, assemble, aggregate. Four sub-topologies, joined by internal topics (two of frames and two of
 * deltas, because a shared one would make one sub-topology of its writers); acyclic. Every instance reads the definitions of
 * SLOs. Every node, store and topic has a name of its own, pinned by a golden file.
 *
 * <pre>
 * [inputs] - decode-signals -+- [frames] --------------------------------------+- assemble-traces -+- plait-traces
 *                            +- [requests] - match-requests -+- [matched-frames] +                  +- plait-decisions
 *                            +- plait-dead-letters           |                                      |
 *                                                            +- [matched-deltas] -+- [deltas] ------+
 *                                                                                 |
 *     plait-red, plait-edges, plait-measures, plait-slo, plait-alerts - aggregate-windows
 * </pre>
 *
 * Sources that are partitioned by Plait, whose records are frames, skip decode-signals: {@code admit-frames} reads them beside
 * [frames], and {@code admit-requests} their companion topics beside [requests]. They must have as many partitions as those
 * ({@link TopicAdmin} sees to it), because Kafka Streams does not look.
 */
public final class PlaitTopology implements Supplier<Topology> {
    private static final Map<String, String> WINDOW_TOPICS = new TreeMap<>(Map.of(
            "red",
            Topics.RED,
            "edges",
            Topics.EDGES,
            "measures",
            Topics.MEASURES,
            "slo",
            Topics.SLO,
            "alerts",
            Topics.ALERTS));

    private final PlaitConfig config;
    private final List<SourceConfig> received;
    private final Set<Integer> decoders;
    private final Set<Integer> senders;
    private final Set<Integer> windowSenders;
    private final SloDefinitionFeed definitions = new SloDefinitionFeed();

    /**
     * @param inputPartitions the highest partition count of the input topics: so many decode tasks send frames, and until
     *     each was heard or {@code source-idle} is over, the clocks wait for it
     */
    public PlaitTopology(PlaitConfig config, int inputPartitions) {
        this.config = config;
        this.received = config.sources().stream().filter(SourceConfig::framed).toList();
        this.decoders = senders(Sender.Stage.DECODE, hasInputs() ? inputPartitions : 0);
        if (!received.isEmpty()) {
            decoders.add(AdmitFrames.SENDER);
        }
        this.senders = new HashSet<>(decoders);
        this.senders.addAll(senders(Sender.Stage.MATCH, config.application().partitions()));
        this.windowSenders = senders(Sender.Stage.ASSEMBLE, config.application().partitions());
        this.windowSenders.addAll(
                senders(Sender.Stage.MATCH, config.application().partitions()));
    }

    private static Set<Integer> senders(Sender.Stage stage, int tasks) {
        Set<Integer> codes = new HashSet<>();
        for (int task = 0; task < tasks; task++) {
            codes.add(new Sender(stage, task).code());
        }
        return codes;
    }

    private boolean hasInputs() {
        return received.size() < config.sources().size();
    }

    /**
     * The topics on which the first decode task, and receivers, tell how far they are, matchers first. Who drives a topology
     * with one task without a broker writes {@link #tick} to them before each record, so that everything due before it is closed.
     */
    public List<String> clockTopics() {
        List<String> topics = new ArrayList<>();
        received.forEach(source -> topics.add(source.requestsTopic()));
        received.forEach(source -> topics.add(source.topic()));
        if (hasInputs()) {
            topics.add(config.application().id() + "-requests-repartition");
            topics.add(config.application().id() + "-frames-repartition");
        }
        return topics;
    }

    /** What the first decode task writes to {@link #clockTopics} when all that comes now arrives at this time or later. */
    public static byte[] tick(long watermarkMs) {
        return Frame.tick(new Sender(Sender.Stage.DECODE, 0).code(), watermarkMs);
    }

    @Override
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(StreamsSettings.of(config))));
        Map<Hop, KStream<byte[], byte[]>> decoded = new EnumMap<>(Hop.class);
        if (hasInputs()) {
            decode(builder, decoded);
        }
        if (!received.isEmpty()) {
            admit(builder, decoded, Hop.FRAMES, "frames");
            admit(builder, decoded, Hop.REQUESTS, "requests");
        }
        Map<String, KStream<byte[], Routed>> matched = decoded.get(Hop.REQUESTS)
                .process(new MatchSupplier(config, definitions, decoders), Named.as("match-requests"))
                .split(Named.as("matched-"))
                .branch((key, routed) -> routed instanceof Routed.ToFrames, Branched.as("frames"))
                .defaultBranch(Branched.as("deltas"));
        Map<String, KStream<String, Emitted>> emitted = decoded.get(Hop.FRAMES)
                .merge(
                        bytes(matched.get("matched-frames"), "unwrap-matched-frames")
                                .repartition(hop("matched-frames")),
                        Named.as("merge-frames"))
                .process(new AssembleSupplier(config, definitions, senders), Named.as("assemble-traces"))
                .split(Named.as("emit-"))
                .branch((key, one) -> one instanceof Emitted.ToTraces, Branched.as("traces"))
                .branch((key, one) -> one instanceof Emitted.ToDecisions, Branched.as("decisions"))
                .defaultBranch(Branched.as("deltas"));
        write(emitted.get("emit-traces").mapValues(Emitted::bytes, Named.as("unwrap-traces")), "traces", Topics.TRACES);
        write(
                emitted.get("emit-decisions").mapValues(Emitted::bytes, Named.as("unwrap-decisions")),
                "decisions",
                Topics.DECISIONS);
        Map<String, KStream<String, Windowed>> windowed = emitted.get("emit-deltas")
                .map((key, one) -> ((Emitted.ToWindows) one).keyed(), Named.as("unwrap-deltas"))
                .repartition(hop("deltas"))
                .merge(
                        bytes(matched.get("matched-deltas"), "unwrap-matched-deltas")
                                .repartition(hop("matched-deltas")),
                        Named.as("merge-deltas"))
                .process(new AggregateSupplier(config, definitions, windowSenders), Named.as("aggregate-windows"))
                .split(Named.as("window-"))
                .branch((key, one) -> one instanceof Windowed.ToRed, Branched.as("red"))
                .branch((key, one) -> one instanceof Windowed.ToEdges, Branched.as("edges"))
                .branch((key, one) -> one instanceof Windowed.ToMeasures, Branched.as("measures"))
                .branch((key, one) -> one instanceof Windowed.ToSlo, Branched.as("slo"))
                .defaultBranch(Branched.as("alerts"));
        WINDOW_TOPICS.forEach((name, topic) -> write(
                windowed.get("window-" + name).mapValues(Windowed::bytes, Named.as("unwrap-" + name)), name, topic));
        builder.addGlobalStore(
                TraceStores.ofDefinitions(),
                Topics.SLO_DEFINITIONS,
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("read-slo-definitions"),
                definitions);
        return builder.build(StreamsSettings.of(config));
    }

    private void decode(StreamsBuilder builder, Map<Hop, KStream<byte[], byte[]>> hops) {
        Map<String, KStream<byte[], Routed>> decoded = inputs(builder)
                .process(() -> new DecodeSignals(config, definitions), Named.as("decode-signals"))
                .split(Named.as("route-"))
                .branch((key, routed) -> routed instanceof Routed.ToFrames, Branched.as("frames"))
                .branch((key, routed) -> routed instanceof Routed.ToRequests, Branched.as("requests"))
                .defaultBranch(Branched.as("dead-letters"));
        bury(decoded.get("route-dead-letters"), "dead-letters");
        hops.put(
                Hop.REQUESTS,
                bytes(decoded.get("route-requests"), "unwrap-requests").repartition(hop("requests")));
        hops.put(Hop.FRAMES, bytes(decoded.get("route-frames"), "unwrap-frames").repartition(hop("frames")));
    }

    /** Adds the frames that receivers wrote for one hop to those of the decode tasks. */
    private void admit(StreamsBuilder builder, Map<Hop, KStream<byte[], byte[]>> hops, Hop hop, String name) {
        List<String> topics = received.stream()
                .map(source -> hop == Hop.FRAMES ? source.topic() : source.requestsTopic())
                .sorted()
                .toList();
        Map<String, KStream<byte[], Routed>> admitted = builder.stream(topics, consumed("read-received-" + name))
                .process(() -> new AdmitFrames(config, hop), Named.as("admit-" + name))
                .split(Named.as("admitted-" + name + "-"))
                .branch((key, routed) -> routed instanceof Routed.ToFrames, Branched.as("good"))
                .defaultBranch(Branched.as("bad"));
        bury(admitted.get("admitted-" + name + "-bad"), "dead-" + name);
        KStream<byte[], byte[]> good = bytes(admitted.get("admitted-" + name + "-good"), "unwrap-received-" + name);
        hops.merge(hop, good, (decoded, more) -> decoded.merge(more, Named.as("merge-received-" + name)));
    }

    private static void bury(KStream<byte[], Routed> letters, String name) {
        bytes(letters, "unwrap-" + name)
                .to(
                        Topics.DEAD_LETTERS,
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("write-" + name));
    }

    /**
     * One source of all topics, also of those that match a pattern later: Kafka Streams knows no source of its own for a
     * pattern that matched nothing when its tasks were made, and stops when the first such topic comes.
     */
    private KStream<byte[], byte[]> inputs(StreamsBuilder builder) {
        List<SourceConfig> sources =
                config.sources().stream().filter(source -> !source.framed()).toList();
        if (sources.stream().anyMatch(SourceConfig::pattern)) {
            String any = sources.stream().map(SourceConfig::regex).sorted().collect(Collectors.joining("|"));
            return builder.stream(Pattern.compile(any), consumed("read-topics"));
        }
        List<String> topics = sources.stream().map(SourceConfig::topic).sorted().toList();
        return topics.isEmpty() ? null : builder.stream(topics, consumed("read-topics"));
    }

    private static Consumed<byte[], byte[]> consumed(String name) {
        // a record without a timestamp is not a reason to stop, as Kafka Streams' default extractor thinks
        return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName(name)
                .withTimestampExtractor((record, partitionMs) ->
                        record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionMs));
    }

    private Repartitioned<byte[], byte[]> hop(String name) {
        return Repartitioned.<byte[], byte[]>as(name)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withNumberOfPartitions(config.application().partitions())
                .withStreamPartitioner(new PartitionKey());
    }

    private static KStream<byte[], byte[]> bytes(KStream<byte[], Routed> routed, String name) {
        return routed.mapValues(Routed::bytes, Named.as(name));
    }

    private static void write(KStream<String, byte[]> records, String name, String topic) {
        records.to(topic, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("write-" + name));
    }
}
