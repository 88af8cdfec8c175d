package dev.plait.topology;

import dev.plait.correlator.trace.RequestMatcher;
import dev.plait.correlator.trace.Watermarks;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.FrameConsumer;
import dev.plait.schemas.wire.FrameSet;
import dev.plait.schemas.wire.Sender;
import dev.plait.topology.config.PlaitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Access logs without a trace ID wait here for the span that names their request, and go on to its trace. State: the frames
 * as they came ({@link FrameLog}); the matcher's index is rebuilt by replaying them. (A log whose wait ended just before a
 * restart may wait a little longer after it; the assembler tells copies apart, so none joins twice.)
 */
final class MatchRequests implements Processor<byte[], byte[], byte[], Routed> {
    static final String STORE = "open-requests";

    private final PlaitConfig config;
    private final Set<Integer> expectedSenders;
    private final FrameSet frames;
    private ProcessorContext<byte[], Routed> context;
    private FrameLog log;
    private RequestMatcher matcher;
    private Watermarks watermarks;
    private FrameSender sender;
    private TaskCounters counters;
    private long untraced;
    private long toldMs;

    MatchRequests(PlaitConfig config, Set<Integer> expectedSenders) {
        this.config = config;
        this.expectedSenders = expectedSenders;
        this.frames = new FrameSet(config.application().partitions());
    }

    /** Called again on this object when Kafka Streams revives a corrupted task: nothing on the heap may survive it. */
    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        matcher = new RequestMatcher(
                config.traces().rules().idleGapMs(), config.traces().rules().maxAgeMs());
        untraced = 0;
        toldMs = 0;
        log = new FrameLog(context.getStateStore(STORE));
        watermarks =
                new Watermarks(config.traces().sourceIdle().toMillis(), expectedSenders, context.currentSystemTimeMs());
        sender = new FrameSender(
                context, Sender.Stage.MATCH, config.application().partitions());
        counters = new TaskCounters(context);
        log.replay((sequence, frame) -> {
            matcher.append(sequence, frame, (source, item, high, low) -> {});
            watermarks.resume(frame.arrivalMs());
        });
        context.schedule(config.application().commitInterval(), PunctuationType.WALL_CLOCK_TIME, wallMs -> {
            expire(watermarks.clockMs(wallMs));
            tick(watermarks.idle(wallMs), watermarks.clockMs(wallMs));
            counters.publish();
        });
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Frame frame = Frame.of(record.value());
        long wallMs = context.currentSystemTimeMs();
        watermarks.observe(frame.sender(), frame.watermarkMs(), wallMs);
        long clockMs = watermarks.clockMs(wallMs);
        expire(clockMs);
        if (frame.size() > 0) {
            match(frame, record.value(), clockMs);
        }
        if (clockMs != Watermarks.NONE
                && clockMs - toldMs >= config.application().commitInterval().toMillis()) {
            tick(false, clockMs);
        }
    }

    @Override
    public void close() {
        counters.close();
    }

    private void match(Frame frame, byte[] bytes, long clockMs) {
        long sequence = log.nextSequence();
        log.put(sequence, bytes);
        Map<Long, List<Match>> matches = new TreeMap<>();
        matcher.append(
                sequence,
                frame,
                (source, item, high, low) -> matches.computeIfAbsent(source, absent -> new ArrayList<>())
                        .add(new Match(item, high, low)));
        matches.forEach((source, items) -> sendOn(source == sequence ? frame : log.frame(source), items, clockMs));
    }

    private void sendOn(Frame source, List<Match> matches, long clockMs) {
        frames.start(source.source(), source.tags());
        for (Match match : matches) {
            int partition = TraceId.partition(match.low, config.application().partitions());
            int flags = source.flags(match.item) | ItemFlags.BY_REQUEST_ID | ItemFlags.COUNTED;
            copy(source, match, partition, flags);
        }
        counters.add("logs-matched", matches.size());
        FrameConsumer out = (partition, frame) ->
                sender.send(partition, new Routed.ToFrames(frame), Math.max(0, source.arrivalMs()));
        frames.drain(sender.code(), Math.max(0, clockMs), source.arrivalMs(), out);
    }

    private void copy(Frame source, Match match, int partition, int flags) {
        int item = match.item;
        byte[] body = source.body();
        int resource = frames.resource(body, source.resourceOffset(item), source.resourceLength(item));
        int scope = frames.scope(body, source.scopeOffset(item), source.scopeLength(item));
        frames.add(
                partition,
                match.high,
                match.low,
                source.spanId(item),
                source.contentHash(item),
                flags,
                resource,
                scope,
                body,
                source.offset(item),
                source.length(item));
    }

    private void expire(long clockMs) {
        matcher.expire(clockMs, log::delete);
        counters.add("logs-untraced", matcher.untraced() - untraced);
        untraced = matcher.untraced();
    }

    /** Tells the assemblers this task's clock: when it has moved by a commit interval, and at least that often anyway. */
    private void tick(boolean idle, long clockMs) {
        if (idle || clockMs != Watermarks.NONE) {
            sender.tick(idle, clockMs, Math.max(0, clockMs), Routed.ToFrames::new);
            toldMs = clockMs;
        }
    }

    private record Match(int item, long high, long low) {}
}
