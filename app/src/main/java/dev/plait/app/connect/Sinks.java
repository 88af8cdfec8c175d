package dev.plait.app.connect;

import dev.plait.app.connect.ConnectRest.Answer;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SinkConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The sinks of one configuration, run by a Kafka Connect worker in this process. The worker's connectors are made to be those
 * of the configuration; what fails later is told and started again, see {@link FailedTasks}.
 */
public final class Sinks implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private final ConnectWorker worker;
    private final ConnectRest rest;
    private final Consumer<String> problems;
    private final Thread watcher;
    private volatile boolean closed;

    private Sinks(ConnectWorker worker, Consumer<String> problems) {
        this.worker = worker;
        this.rest = new ConnectRest(worker.url());
        this.problems = problems;
        this.watcher = new Thread(this::watch, "watch-sinks");
        watcher.setDaemon(true);
    }

    /**
     * Starts the only worker of a Kafka, without sinks.
     *
     * @param directory for the little that it keeps
     * @param problems takes a line on each thing that fails and heals
     * @throws org.apache.kafka.common.KafkaException when the worker cannot start
     */
    public static Sinks alone(PlaitConfig config, Path directory, Consumer<String> problems) {
        return new Sinks(ConnectWorker.start(new LoneWorker(), WorkerSettings.alone(config, directory)), problems);
    }

    /** Starts one of several workers that share what they do; otherwise the same. */
    public static Sinks shared(PlaitConfig config, Consumer<String> problems) {
        return new Sinks(ConnectWorker.start(new SharingWorker(), WorkerSettings.shared(config)), problems);
    }

    /** Where the worker's REST interface is. */
    public URI url() {
        return worker.url();
    }

    /**
     * Makes the connectors those of {@code sinks}: new ones, changed ones, none else. Then looks after them.
     *
     * @throws ConfigException when a connector does not take its configuration; the others are in effect
     * @throws IOException when the worker does not become ready, or is closed meanwhile
     */
    public void apply(List<SinkConfig> sinks) throws IOException {
        watcher.start();
        awaitReady();
        List<String> names = sinks.stream().map(SinkConfig::name).toList();
        for (String other : rest.names()) {
            if (!names.contains(other)) {
                persistently(() -> rest.delete(other));
            }
        }
        ConfigException refused = null;
        for (SinkConfig sink : sinks) {
            try {
                put(sink);
            } catch (ConfigException problem) {
                refused = problem;
                problems.accept(problem.getMessage());
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    private void put(SinkConfig sink) throws IOException {
        List<String> plugins = rest.plugins();
        if (!plugins.contains(sink.connector())) {
            throw ConfigException.bad(
                    "sinks." + sink.name() + ".type",
                    sink.type(),
                    "a sink connector on the plugin path (connect.plugin.path); there are "
                            + String.join(", ", plugins));
        }
        Map<String, String> settings = ConnectorSettings.of(sink);
        ConnectorSettings.requireVariables(sink, System.getenv());
        ConnectorSettings.requireKnown(sink, rest.keys(sink.connector(), settings));
        if (settings.equals(rest.config(sink.name()))) {
            return;
        }
        Answer answer = persistently(() -> rest.put(sink.name(), settings));
        if (!answer.isSuccess()) {
            throw new ConfigException("sinks." + sink.name() + ": " + Refusals.of(answer.message()));
        }
    }

    private interface Request {
        Answer send() throws IOException;
    }

    /** Again while the worker cannot, up to two minutes: then as it is. */
    private Answer persistently(Request request) throws IOException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        Answer answer = request.send();
        while (answer.isMomentary() && System.nanoTime() < end) {
            pause(Duration.ofMillis(500));
            answer = request.send();
        }
        if (answer.isMomentary()) {
            throw new IOException("the Connect worker at " + url() + " says: " + answer.message());
        }
        return answer;
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (!rest.isReady()) {
            if (System.nanoTime() > end) {
                throw new IOException("the Connect worker at " + url() + " is not ready after "
                        + START_PATIENCE.toSeconds() + " s; the log says why");
            }
            pause(Duration.ofMillis(250));
        }
    }

    private void pause(Duration time) throws IOException {
        LockSupport.parkNanos(time.toNanos());
        if (closed) {
            throw new IOException("the sinks were closed while starting");
        }
    }

    private void watch() {
        FailedTasks failed = new FailedTasks(url().getHost() + ":" + url().getPort());
        while (!closed) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            try {
                FailedTasks.Findings findings =
                        failed.look(rest.statuses(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
                findings.lines().forEach(problems);
                for (String path : findings.restarts()) {
                    rest.restart(path);
                }
            } catch (IOException busy) {
                // it does not answer while its group rebalances; the next look will do
            }
        }
    }

    /** Stops looking, then the worker. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
        watcher.interrupt();
        worker.close();
    }
}
