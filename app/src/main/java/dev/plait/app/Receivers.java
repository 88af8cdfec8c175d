package dev.plait.app;

import dev.plait.ingest.receiver.ForeignFormat;
import dev.plait.ingest.receiver.FrameTopics;
import dev.plait.ingest.receiver.Input;
import dev.plait.ingest.receiver.KafkaTopicWriter;
import dev.plait.ingest.receiver.NetworkReceivers;
import dev.plait.ingest.receiver.OtlpSignal;
import dev.plait.ingest.receiver.ReceiverAccess;
import dev.plait.ingest.receiver.ReceiverLimits;
import dev.plait.schemas.topic.TopicContract;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.ReceiversConfig;
import dev.plait.topology.config.ReceiversConfig.Port;
import dev.plait.topology.config.Secret;
import dev.plait.topology.config.SourceConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The network receivers of one configuration, open, writing to the topics of its sources. */
final class Receivers implements AutoCloseable {
    /** Less than a topic takes by what a record batch adds. */
    private static final int RECORD_BYTES = TopicContract.MAX_MESSAGE_BYTES - 64 * 1024;

    private final ReceiversConfig config;
    private final KafkaTopicWriter writer;
    private final NetworkReceivers receivers;
    private final List<String> open = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    private Receivers(ReceiversConfig config, KafkaTopicWriter writer, NetworkReceivers receivers) {
        this.config = config;
        this.writer = writer;
        this.receivers = receivers;
    }

    /**
     * Opens the ports.
     *
     * @param required whether a port must open even if the configuration does not name it
     * @throws IOException when a port that must open does not; the message says which and why
     * @throws org.apache.kafka.common.KafkaException when Kafka or a topic is not there
     */
    static Receivers start(PlaitConfig config, boolean required) throws IOException {
        return start(config, config.receivers(), required);
    }

    /** The same with other {@code receivers} than those of the configuration. */
    static Receivers start(PlaitConfig config, ReceiversConfig ports, boolean required) throws IOException {
        Map<Input, String> topics = topics(config);
        ReceiverLimits limits = limits(ports);
        KafkaTopicWriter writer = new KafkaTopicWriter(config.kafka(), limits);
        NetworkReceivers receivers =
                new NetworkReceivers(topics, frames(config), limits, access(ports), writer, System::nanoTime);
        Receivers started = new Receivers(ports, writer, receivers);
        try {
            requireTopic(ports.zipkin(), "zipkin-port", "zipkin", topics.containsKey(ForeignFormat.ZIPKIN));
            requireTopic(ports.lines(), "tcp-port", "kong or envoy", hasLines(topics));
            topics.values().forEach(writer::know);
            frames(config).topics().forEach(writer::know);
            started.open("OTLP/HTTP", "http-port", ports.http(), required, started.receivers::listenHttp);
            started.open("OTLP/gRPC", "grpc-port", ports.grpc(), required, started.receivers::listenGrpc);
            if (hasLines(topics)) {
                started.open("TCP", "tcp-port", ports.lines(), required, started.receivers::listenLines);
            }
            if (topics.containsKey(ForeignFormat.ZIPKIN)) {
                started.open("Zipkin", "zipkin-port", ports.zipkin(), required, started.receivers::listenHttp);
            }
        } catch (IOException | RuntimeException failed) {
            started.close();
            throw failed;
        }
        return started;
    }

    private interface Listening {
        int on(InetSocketAddress address) throws IOException;
    }

    private void open(String name, String key, Port port, boolean required, Listening listening) throws IOException {
        if (port.number() == 0) {
            return;
        }
        String where = config.host() + ":" + port.number();
        try {
            listening.on(new InetSocketAddress(config.host(), port.number()));
            open.add(name + " " + where);
        } catch (BindException taken) {
            if (required || port.configured()) {
                throw new BindException("receivers." + key + ": " + taken.getMessage());
            }
            closed.add(
                    name + " is not received: " + taken.getMessage() + "; receivers." + key + " chooses another port");
        }
    }

    /** The ports that are open, for people. */
    List<String> open() {
        return open;
    }

    /** Whether OTLP is received on every port that it is configured for. */
    boolean hasOtlp() {
        return closed.stream().noneMatch(line -> line.startsWith("OTLP"));
    }

    /** What is not received because its usual port is taken. */
    List<String> closed() {
        return closed;
    }

    /** The first source of each kind that is one topic. */
    private static Map<Input, SourceConfig> sources(PlaitConfig config) {
        Map<Input, SourceConfig> sources = new LinkedHashMap<>();
        for (SourceConfig source : config.sources()) {
            if (!source.pattern()) {
                input(source).ifPresent(input -> sources.putIfAbsent(input, source));
            }
        }
        return sources;
    }

    private static Map<Input, String> topics(PlaitConfig config) {
        Map<Input, String> topics = new LinkedHashMap<>();
        sources(config).forEach((input, source) -> topics.put(input, source.topic()));
        return topics;
    }

    private static FrameTopics frames(PlaitConfig config) {
        Map<OtlpSignal, FrameTopics.Target> targets = new EnumMap<>(OtlpSignal.class);
        sources(config).forEach((input, source) -> {
            if (source.framed() && input instanceof OtlpSignal signal) {
                String topic = source.topic();
                targets.put(
                        signal,
                        new FrameTopics.Target(
                                topic, source.requestsTopic(), source.tagsOf(topic), source.options()::mesh));
            }
        });
        return new FrameTopics(
                targets,
                config.application().partitions(),
                config.redaction().rules(),
                config.redaction().keepsLetters(),
                config.application().commitInterval());
    }

    private static Optional<Input> input(SourceConfig source) {
        return switch (source.format()) {
            case OTLP -> Optional.of(OtlpSignal.valueOf(source.signal().name()));
            case KONG -> Optional.of(ForeignFormat.KONG);
            case ENVOY -> Optional.of(ForeignFormat.MESH);
            case ZIPKIN -> Optional.of(ForeignFormat.ZIPKIN);
            case PROMETHEUS -> Optional.of(ForeignFormat.PROMETHEUS);
            case JAEGER, LOG -> Optional.empty();
        };
    }

    private static boolean hasLines(Map<Input, String> topics) {
        return topics.containsKey(ForeignFormat.KONG) || topics.containsKey(ForeignFormat.MESH);
    }

    private static ReceiverLimits limits(ReceiversConfig config) {
        return new ReceiverLimits(
                (int) config.maxRequestBytes(),
                RECORD_BYTES,
                config.maxInFlightBytes(),
                config.maxConnections(),
                config.requestTimeout(),
                config.idleTimeout(),
                config.ackTimeout(),
                config.maxRequestsPerSecond(),
                config.maxBytesPerSecond(),
                config.maxLineBytes(),
                config.lineIdleTimeout());
    }

    private static ReceiverAccess access(ReceiversConfig config) {
        Optional<ReceiverAccess.Tls> tls =
                config.tls().map(files -> new ReceiverAccess.Tls(files.certificate(), files.key()));
        return new ReceiverAccess(config.bearerToken().map(Secret::value), tls, config.corsOrigins());
    }

    /** What is missing for {@code plait receive}. @throws ConfigException when there is nothing to do */
    static void requireSomethingToDo(PlaitConfig config) {
        if (topics(config).isEmpty()) {
            throw new ConfigException(
                    "sources: none has a topic name and a format that is received; receivers would not know where to write");
        }
        ReceiversConfig receivers = config.receivers();
        if (Stream.of(receivers.http(), receivers.grpc(), receivers.zipkin(), receivers.lines())
                .allMatch(port -> port.number() == 0)) {
            throw new ConfigException("receivers.http-port: '0' and '0' for all other ports leave nothing to receive");
        }
    }

    /** Whether an explicit port would open for nothing. @throws ConfigException if so */
    private static void requireTopic(Port port, String key, String formats, boolean present) {
        if (port.configured() && port.number() != 0 && !present) {
            throw new ConfigException("receivers." + key + ": '" + port.number()
                    + "' opens a port for which no source has format " + formats + " and a topic name");
        }
    }

    @Override
    public void close() {
        receivers.close();
        writer.close();
    }
}
