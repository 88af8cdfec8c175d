package dev.plait.ingest.receiver;

import dev.plait.schemas.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells the readers of frames, partition by partition, that a receiver is there and what time it is: a partition that nothing is
 * written to would hold the clock of its reader. A partition whose last tick Kafka has not yet acknowledged gets none, so
 * none pile up while Kafka is away.
 */
final class FrameTicks implements AutoCloseable {
    /** The reader of a frame puts in sender and time, as it does with every frame of receivers. */
    private static final byte[] TICK = Frame.tick(0, 0);

    private final TopicWriter writer;
    private final List<Tick> ticks = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "receive-ticks");
        daemon.setDaemon(true);
        return daemon;
    });

    private record Tick(String topic, int partition, AtomicBoolean onItsWay) {}

    private FrameTicks(FrameTopics topics, TopicWriter writer) {
        this.writer = writer;
        for (FrameTopics.Target target : topics.bySignal().values()) {
            for (String topic : List.of(target.frames(), target.requests())) {
                for (int partition = 0; partition < topics.partitions(); partition++) {
                    ticks.add(new Tick(topic, partition, new AtomicBoolean()));
                }
            }
        }
    }

    static FrameTicks start(FrameTopics topics, TopicWriter writer) {
        FrameTicks ticks = new FrameTicks(topics, writer);
        if (!ticks.ticks.isEmpty()) {
            var unused = ticks.thread.scheduleAtFixedRate(
                    () -> ticks.ticks.forEach(ticks::write),
                    0,
                    topics.tickEach().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return ticks;
    }

    private void write(Tick tick) {
        if (tick.onItsWay.compareAndSet(false, true)) {
            var unused = writer.write(new ProducerRecord<>(tick.topic, tick.partition, null, TICK))
                    .whenComplete((done, failure) -> tick.onItsWay.set(false));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
