package dev.plait.topology;

import dev.plait.correlator.trace.Watermarks;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.frame.SignalRouter;
import dev.plait.schemas.topic.DeadLetters;
import dev.plait.schemas.wire.FrameConsumer;
import dev.plait.schemas.wire.Sender;
import dev.plait.topology.config.PlaitConfig;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Input bytes into frames. Every record ends as items in frames, as untraced or counted, or as dead letters, within the
 * transaction that commits its offset; nothing throws for bad input, so no partition stalls. Stateless: the watermark starts
 * anew after a restart, from the next record.
 */
final class DecodeSignals implements Processor<byte[], byte[], byte[], Routed> {
    private final PlaitConfig config;
    private final SloDefinitionFeed definitions;
    private final InputDecoders decoders;
    private final SignalRouter router;
    private final DeadLetters.Shown shown;
    private ProcessorContext<byte[], Routed> context;
    private ArrivalClock clock;
    private FrameSender sender;
    private TaskCounters counters;
    private long clamped;
    private long arrivalMs;
    private final FrameConsumer toFrames =
            (partition, frame) -> sender.send(partition, new Routed.ToFrames(frame), arrivalMs);
    private final FrameConsumer toRequests =
            (partition, frame) -> sender.send(partition, new Routed.ToRequests(frame), arrivalMs);

    DecodeSignals(PlaitConfig config, SloDefinitionFeed definitions) {
        this.config = config;
        this.definitions = definitions;
        this.decoders = new InputDecoders(config);
        this.shown = LetterRedaction.of(config.redaction());
        this.router = new SignalRouter(config.application().partitions());
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.clock = new ArrivalClock(config.traces().sourceIdle().toMillis(), context.currentSystemTimeMs());
        this.sender = new FrameSender(
                context, Sender.Stage.DECODE, config.application().partitions());
        this.counters = new TaskCounters(context);
        this.clamped = 0;
        context.schedule(config.application().commitInterval(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata where = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("decode runs directly behind its source topics"));
        arrivalMs = clock.arrivalMs(record.timestamp(), context.currentSystemTimeMs());
        counters.add("records-in", 1);
        if (record.value() == null) {
            counters.add("records-ignored", "NULL", 1);
            return;
        }
        InputDecoders.Input input = decoders.of(where.topic());
        router.start(input.source(), input.tags(), definitions.snapshot().metrics());
        Optional<Rejected> refused = input.decoder().decode(record.value(), router);
        DeadLetters letters = input.deadLetters(record, where, shown);
        if (refused.isPresent()) {
            bury(letters, refused.get());
            return;
        }
        router.drain(sender.code(), clock.watermarkMs(), arrivalMs, toFrames, toRequests);
        router.rejected().forEach(item -> bury(letters, item));
        count();
    }

    @Override
    public void close() {
        counters.close();
    }

    private void bury(DeadLetters letters, Rejected rejected) {
        String what = rejected.item() == Rejected.WHOLE_RECORD ? "records-" : "items-";
        if (rejected.reason().isIgnored()) {
            counters.add(what + "ignored", rejected.reason().name(), 1);
        } else {
            counters.add(what + "dead", rejected.reason().name(), 1);
            context.forward(Routed.ToDeadLetters.record(letters, rejected, arrivalMs));
        }
    }

    private void count() {
        counters.add("items-in", router.items());
        counters.add("items-untraced", router.untraced());
        counters.add("points-in", router.points());
        counters.add("items-dead", "TOO_MANY", router.untold());
        counters.add("secrets-redacted", router.redacted());
        router.normalised().forEach((kind, count) -> counters.add("normalised", kind, count));
    }

    private void tick(long wallMs) {
        boolean idle = clock.idle(wallMs);
        if (idle || clock.watermarkMs() != Watermarks.NONE) {
            tellAll(idle);
        }
        counters.add("timestamps-clamped", clock.clamped() - clamped);
        clamped = clock.clamped();
        counters.publish();
    }

    /** Before its first record a task says nothing, so that the others wait for it until it is idle. */
    private void tellAll(boolean idle) {
        long timestampMs = Math.max(0, clock.watermarkMs());
        sender.tick(idle, clock.watermarkMs(), timestampMs, Routed.ToFrames::new);
        sender.tick(idle, clock.watermarkMs(), timestampMs, Routed.ToRequests::new);
    }
}
