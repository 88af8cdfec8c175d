package dev.plait.app;

import dev.plait.app.connect.Sinks;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sinks of {@code plait up}: they start beside the engine, not before it, and whatever fails of them is told (on standard
 * error and in the log) and stops nothing else.
 */
final class BackgroundSinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundSinks.class);

    private final PlaitConfig config;
    private final DataDirectory directory;
    private final Thread starter = new Thread(this::run, "start-sinks");
    private Optional<Sinks> sinks = Optional.empty();
    private boolean closed;

    private BackgroundSinks(PlaitConfig config, DataDirectory directory) {
        this.config = config;
        this.directory = directory;
        starter.setDaemon(true);
    }

    static BackgroundSinks start(PlaitConfig config, DataDirectory directory) {
        BackgroundSinks background = new BackgroundSinks(config, directory);
        if (!config.sinks().isEmpty()) {
            background.starter.start();
        }
        return background;
    }

    private void run() {
        try {
            Sinks started = Sinks.alone(config, directory.path(), LOG::error);
            if (keep(started)) {
                directory.announceConnect(started.url());
                started.apply(config.sinks());
            } else {
                started.close();
            }
        } catch (ConfigException refused) {
            // told already, with the other refusals; the other sinks run
            LOG.info("a sink is not in effect");
        } catch (IOException | KafkaException failed) {
            if (!isClosed()) {
                LOG.error("sinks do not run: {}", failed.getMessage(), failed);
            }
        }
    }

    private synchronized boolean keep(Sinks started) {
        if (!closed) {
            sinks = Optional.of(started);
        }
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Waits for a start that is under way: a worker cannot be stopped before it has started. */
    @Override
    public void close() throws IOException {
        Optional<Sinks> started;
        synchronized (this) {
            closed = true;
            started = sinks;
        }
        directory.forgetConnect();
        started.ifPresent(Sinks::close);
        try {
            starter.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
