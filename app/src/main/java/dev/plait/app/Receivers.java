package dev.plait.app;

import dev.plait.ingest.receiver.FrameTopics;
import dev.plait.ingest.receiver.KafkaTopicWriter;
import dev.plait.ingest.receiver.OtlpReceivers;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The network receivers of one configuration, open, writing to the topics of its sources. */
final class Receivers implements AutoCloseable {
    /** Less than a topic takes by what a record batch adds. */
    private static final int RECORD_BYTES = TopicContract.MAX_MESSAGE_BYTES - 64 * 1024;

    private final ReceiversConfig config;
    private final KafkaTopicWriter writer;
    private final OtlpReceivers receivers;
    private final List<String> open = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    private Receivers(ReceiversConfig config, KafkaTopicWriter writer, OtlpReceivers receivers) {
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
        Map<OtlpSignal, String> topics = topics(config);
        ReceiverLimits limits = limits(ports);
        KafkaTopicWriter writer = new KafkaTopicWriter(config.kafka(), limits);
        OtlpReceivers receivers =
                new OtlpReceivers(topics, frames(config), limits, access(ports), writer, System::nanoTime);
        Receivers started = new Receivers(ports, writer, receivers);
        try {
            topics.values().forEach(writer::know);
            started.open("OTLP/HTTP", "http-port", ports.http(), required, started.receivers::listenHttp);
            started.open("OTLP/gRPC", "grpc-port", ports.grpc(), required, started.receivers::listenGrpc);
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

    /** What is not received because its usual port is taken. */
    List<String> closed() {
        return closed;
    }

    /** The first source of each signal that is one topic. */
    private static Map<OtlpSignal, SourceConfig> sources(PlaitConfig config) {
        Map<OtlpSignal, SourceConfig> sources = new EnumMap<>(OtlpSignal.class);
        for (SourceConfig source : config.sources()) {
            if (source.format() == SourceConfig.Format.OTLP && !source.pattern()) {
                sources.putIfAbsent(OtlpSignal.valueOf(source.signal().name()), source);
            }
        }
        return sources;
    }

    private static Map<OtlpSignal, String> topics(PlaitConfig config) {
        Map<OtlpSignal, String> topics = new EnumMap<>(OtlpSignal.class);
        sources(config).forEach((signal, source) -> topics.put(signal, source.topic()));
        return topics;
    }

    private static FrameTopics frames(PlaitConfig config) {
        Map<OtlpSignal, FrameTopics.Target> targets = new EnumMap<>(OtlpSignal.class);
        sources(config).forEach((signal, source) -> {
            if (source.framed()) {
                String topic = source.topic();
                targets.put(signal, new FrameTopics.Target(topic, source.requestsTopic(), source.tagsOf(topic)));
            }
        });
        return new FrameTopics(
                targets, config.application().partitions(), config.application().commitInterval());
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
                config.maxBytesPerSecond());
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
                    "sources: none has format otlp and a topic name; receivers would not know where to write");
        }
        if (config.receivers().http().number() == 0 && config.receivers().grpc().number() == 0) {
            throw new ConfigException("receivers.http-port: '0' and receivers.grpc-port '0' leave nothing to receive");
        }
    }

    @Override
    public void close() {
        receivers.close();
        writer.close();
    }
}
