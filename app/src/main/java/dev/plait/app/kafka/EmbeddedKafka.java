package dev.plait.app.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker (KRaft) in this process, listening on the loopback interface only. Its directory holds everything: the
 * cluster ID and the logs, and the port of the last start, which the next start takes again so that clients find it.
 *
 * <p>It stands on three internals of Kafka ({@code StorageTool.execute}, {@code KafkaConfig}, {@code KafkaRaftServer}); see
 * RATIONALE.md. Not thread safe; {@link #close} may be called from a shutdown hook.
 */
public final class EmbeddedKafka implements AutoCloseable {
    /** Let the port be the one of the last start, else {@value #USUAL_PORT}, else any free one. */
    public static final int REMEMBERED_PORT = 0;

    private static final int USUAL_PORT = 9092;
    private static final String PORT = "port";

    private final KafkaRaftServer server;
    private final BrokerSettings settings;

    private EmbeddedKafka(KafkaRaftServer server, BrokerSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Starts a broker on {@code directory}, which is made and formatted when it is new.
     *
     * @param port to listen on, or {@link #REMEMBERED_PORT}
     * @throws IOException when the directory cannot be used or the port is taken; the message says which
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        Path home = Files.createDirectories(directory).toAbsolutePath();
        Path properties = home.resolve("broker.properties");
        int chosen = port == REMEMBERED_PORT ? remembered(properties) : port;
        if (!LoopbackPorts.isFree(chosen)) {
            throw new BindException("port " + chosen + " of " + LoopbackPorts.HOST
                    + " is taken by another process; free it, or give another port");
        }
        BrokerSettings settings = new BrokerSettings(home.resolve("logs"), chosen, LoopbackPorts.any());
        Properties all = settings.properties();
        store(all, chosen, properties);
        if (!Files.exists(settings.logDir().resolve("meta.properties"))) {
            format(properties);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(all), Time.SYSTEM);
        try {
            server.startup();
        } catch (KafkaException e) {
            throw new IOException("Kafka did not start in " + home + ": " + e.getMessage(), e);
        }
        return new EmbeddedKafka(server, settings);
    }

    /** What clients give as {@code bootstrap.servers}. */
    public String bootstrap() {
        return settings.bootstrap();
    }

    /** Stops the broker and waits until its logs are closed: about half a second. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int remembered(Path properties) throws IOException {
        if (Files.exists(properties)) {
            Properties last = new Properties();
            try (var reader = Files.newBufferedReader(properties)) {
                last.load(reader);
            }
            return Integer.parseInt(last.getProperty(PORT));
        }
        return LoopbackPorts.isFree(USUAL_PORT) ? USUAL_PORT : LoopbackPorts.any();
    }

    private static void store(Properties settings, int port, Path file) throws IOException {
        Properties stored = new Properties();
        stored.putAll(settings);
        stored.put(PORT, Integer.toString(port));
        try (Writer writer = Files.newBufferedWriter(file)) {
            stored.store(writer, "written at every start of the embedded Kafka");
        }
    }

    private static void format(Path properties) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()};
        int code = StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IOException("Kafka's storage was not formatted: " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
