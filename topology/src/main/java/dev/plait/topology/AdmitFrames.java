package dev.plait.topology;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.frame.FrameProblem;
import dev.plait.ingest.frame.Hop;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.topic.DeadLetters;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.Sender;
import dev.plait.topology.config.PlaitConfig;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Frames that receivers wrote, right in front of the task that takes them. What is no frame, or does not belong here, is a
 * dead letter. The others get what a decode task would have written into them: when they arrived, by the topic's timestamps,
 * and a sender with a watermark. That sender is the topic's partition itself, whoever wrote to it, as its order is what there
 * is of a clock. Stateless.
 */
final class AdmitFrames implements Processor<byte[], byte[], byte[], Routed> {
    /** The sender of all of them: whoever takes frames has one such input. */
    static final int SENDER = new Sender(Sender.Stage.RECEIVE, 0).code();

    private final PlaitConfig config;
    private final Hop hop;
    private final InputDecoders inputs;
    private final DeadLetters.Shown shown;
    private ProcessorContext<byte[], Routed> context;
    private ArrivalClock clock;
    private TaskCounters counters;
    private boolean saidIdle;
    private long clamped;

    AdmitFrames(PlaitConfig config, Hop hop) {
        this.config = config;
        this.hop = hop;
        this.inputs = new InputDecoders(config);
        this.shown = LetterRedaction.of(config.redaction());
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.clock = new ArrivalClock(config.traces().sourceIdle().toMillis(), context.currentSystemTimeMs());
        this.counters = new TaskCounters(context);
        this.saidIdle = false;
        this.clamped = 0;
        context.schedule(config.application().commitInterval(), PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata where = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("frames are admitted directly behind their topics"));
        long arrivalMs = clock.arrivalMs(record.timestamp(), context.currentSystemTimeMs());
        saidIdle = false;
        if (record.value() == null) {
            counters.add("records-in", 1);
            counters.add("records-ignored", "NULL", 1);
            return;
        }
        Optional<String> problem = FrameProblem.of(
                record.value(), hop, where.partition(), config.application().partitions());
        if (problem.isPresent()) {
            counters.add("records-in", 1);
            bury(record, where, problem.get(), arrivalMs);
            return;
        }
        Frame frame = Frame.of(record.value());
        count(frame);
        forward(frame.stamped(SENDER, clock.watermarkMs(), arrivalMs), arrivalMs);
    }

    private void bury(Record<byte[], byte[]> record, RecordMetadata where, String problem, long arrivalMs) {
        Rejected rejected = Rejected.record(Reason.WRONG_FORMAT, problem, -1);
        counters.add("records-dead", rejected.reason().name(), 1);
        context.forward(Routed.ToDeadLetters.record(
                inputs.of(where.topic()).deadLetters(record, where, shown), rejected, arrivalMs));
    }

    private void forward(byte[] frame, long timestampMs) {
        context.forward(
                new Record<>(PartitionKey.of(context.taskId().partition()), new Routed.ToFrames(frame), timestampMs));
    }

    /** Ticks are not counted, and an announcement was counted with its item. */
    private void count(Frame frame) {
        counters.add("records-in", frame.size() > 0 ? 1 : 0);
        for (int item = 0; item < frame.size(); item++) {
            counters.add("items-in", frame.flags(item) == ItemFlags.ANNOUNCEMENT ? 0 : 1);
        }
    }

    /**
     * Receivers write something each commit interval; when nothing has come for source-idle, there is none. Said once: said again
     * and again it would be heard as a sign that Kafka can be read.
     */
    private void look(long wallMs) {
        if (clock.idle(wallMs) && !saidIdle) {
            saidIdle = true;
            forward(Frame.tick(SENDER, Frame.IDLE), Math.max(0, clock.watermarkMs()));
        }
        counters.add("timestamps-clamped", clock.clamped() - clamped);
        clamped = clock.clamped();
        counters.publish();
    }

    @Override
    public void close() {
        counters.close();
    }
}
