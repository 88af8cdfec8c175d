package dev.plait.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a long running command has started, closed in reverse order exactly once: when the command fails, or on Ctrl-C and
 * SIGTERM, after which the process exits with 0.
 */
final class Lifetime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    static Lifetime untilSignal() {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::stop, "stop-plait"));
        return lifetime;
    }

    synchronized <T extends AutoCloseable> T add(T resource) {
        if (closed) {
            // the signal came while this was starting
            closeOne(resource);
            throw new IllegalStateException("closed while starting");
        }
        started.push(resource);
        return resource;
    }

    /** Closes what was started; does nothing the second time. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            closeOne(started.pop());
        }
    }

    private void stop() {
        boolean first;
        synchronized (this) {
            first = !closed;
            close();
        }
        if (first) {
            // a signal is how this command is meant to end; the JVM would exit with 128 + its number
            Runtime.getRuntime().halt(Exit.DONE);
        }
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) { // AutoCloseable.close declares it; the others are still to be closed
            LOG.error("closing {}: {}", resource.getClass().getSimpleName(), e.toString(), e);
        }
    }
}
