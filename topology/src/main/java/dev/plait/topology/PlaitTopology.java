package dev.plait.topology;

import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.Sender;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
 * The main job: decode, match, assemble. Three sub-topologies, joined by the internal topics {@code requests},
 * {@code frames} and {@code matched-frames} (two, because a shared one would make one sub-topology of decode and match);
 * acyclic. Every node, store and topic has a name of its own, pinned by a golden file.
 *
 * <pre>
 * [inputs] - decode-signals -+- [frames] -------------------------------------+- assemble-traces -+- plait-traces
 *                            +- [requests] - match-requests - [matched-frames] +                   +- plait-decisions
 *                            +- plait-dead-letters
 * </pre>
 */
public final class PlaitTopology implements Supplier<Topology> {
    private final PlaitConfig config;
    private final Set<Integer> decoders;
    private final Set<Integer> senders;

    /**
     * @param inputPartitions the highest partition count of the input topics: so many decode tasks send frames, and until
     *     each was heard or {@code source-idle} is over, the clocks wait for it
     */
    public PlaitTopology(PlaitConfig config, int inputPartitions) {
        this.config = config;
        this.decoders = senders(Sender.Stage.DECODE, inputPartitions);
        this.senders = new HashSet<>(decoders);
        this.senders.addAll(senders(Sender.Stage.MATCH, config.application().partitions()));
    }

    private static Set<Integer> senders(Sender.Stage stage, int tasks) {
        Set<Integer> codes = new HashSet<>();
        for (int task = 0; task < tasks; task++) {
            codes.add(new Sender(stage, task).code());
        }
        return codes;
    }

    /**
     * The internal topics on which the first decode task tells how far it is, matchers first. Who drives a topology with one
     * task without a broker writes {@link #tick} to them before each record, so that everything due before it is closed.
     */
    public List<String> clockTopics() {
        String id = config.application().id();
        return List.of(id + "-requests-repartition", id + "-frames-repartition");
    }

    /** What the first decode task writes to {@link #clockTopics} when all that comes now arrives at this time or later. */
    public static byte[] tick(long watermarkMs) {
        return Frame.tick(new Sender(Sender.Stage.DECODE, 0).code(), watermarkMs);
    }

    @Override
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(StreamsSettings.of(config))));
        Map<String, KStream<byte[], Routed>> decoded = inputs(builder)
                .process(() -> new DecodeSignals(config), Named.as("decode-signals"))
                .split(Named.as("route-"))
                .branch((key, routed) -> routed instanceof Routed.ToFrames, Branched.as("frames"))
                .branch((key, routed) -> routed instanceof Routed.ToRequests, Branched.as("requests"))
                .defaultBranch(Branched.as("dead-letters"));
        bytes(decoded.get("route-dead-letters"), "unwrap-dead-letters")
                .to(
                        Topics.DEAD_LETTERS,
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("write-dead-letters"));
        KStream<byte[], Routed> matched = bytes(decoded.get("route-requests"), "unwrap-requests")
                .repartition(hop("requests"))
                .process(new MatchSupplier(config, decoders), Named.as("match-requests"));
        bytes(decoded.get("route-frames"), "unwrap-frames")
                .repartition(hop("frames"))
                .merge(bytes(matched, "unwrap-matched").repartition(hop("matched-frames")), Named.as("merge-frames"))
                .process(new AssembleSupplier(config, senders), Named.as("assemble-traces"))
                .split(Named.as("emit-"))
                .branch(
                        (key, emitted) -> emitted instanceof Emitted.ToTraces,
                        Branched.withConsumer(traces -> write(traces, "traces", Topics.TRACES), "traces"))
                .defaultBranch(Branched.withConsumer(
                        decisions -> write(decisions, "decisions", Topics.DECISIONS), "decisions"));
        return builder.build(StreamsSettings.of(config));
    }

    private KStream<byte[], byte[]> inputs(StreamsBuilder builder) {
        List<String> topics = config.sources().stream()
                .filter(source -> !source.pattern())
                .map(SourceConfig::topic)
                .sorted()
                .toList();
        KStream<byte[], byte[]> inputs = topics.isEmpty() ? null : builder.stream(topics, consumed("read-topics"));
        int number = 0;
        for (SourceConfig source : config.sources()) {
            if (source.pattern()) {
                number++;
                KStream<byte[], byte[]> more =
                        builder.stream(Pattern.compile(source.topic()), consumed("read-pattern-" + number));
                inputs = inputs == null ? more : inputs.merge(more, Named.as("merge-pattern-" + number));
            }
        }
        return inputs;
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

    private static void write(KStream<String, Emitted> emitted, String name, String topic) {
        emitted.mapValues(Emitted::bytes, Named.as("unwrap-" + name))
                .to(topic, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("write-" + name));
    }
}
