package dev.plait.app;

import dev.plait.topology.PlaitTopology;
import dev.plait.topology.StreamsSettings;
import dev.plait.topology.config.PlaitConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology running against a cluster. A bug or a failure that Kafka Streams cannot ride out stops it, loudly. */
final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Engine(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * @param inputPartitions the highest partition count of the input topics
     * @param ready set while the engine has its tasks, their state restored, and processes
     */
    static Engine start(PlaitConfig config, int inputPartitions, ReadyFile ready) {
        Engine engine = new Engine(
                new KafkaStreams(new PlaitTopology(config, inputPartitions).get(), StreamsSettings.of(config)));
        engine.streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("the engine stops: {}", failure.toString(), failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        engine.streams.setStateListener((now, before) -> {
            ready.set(now == KafkaStreams.State.RUNNING);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                engine.stopped.countDown();
            }
        });
        engine.streams.start();
        return engine;
    }

    /** Waits until the engine has stopped, of itself or because it was closed. */
    void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        // leaving the group lets the next instance begin at once, without waiting for the session of this one to end
        CloseOptions leave = CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_PATIENCE);
        if (!streams.close(leave)) {
            LOG.warn("the engine did not stop within {}", CLOSE_PATIENCE);
        }
    }
}
