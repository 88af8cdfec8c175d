package dev.plait.topology;

import dev.plait.correlator.metric.Ignored;
import dev.plait.correlator.metric.MetricStreams;
import dev.plait.correlator.trace.RequestMatcher;
import dev.plait.correlator.trace.Watermarks;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.FrameConsumer;
import dev.plait.schemas.wire.FrameSet;
import dev.plait.schemas.wire.Sender;
import dev.plait.schemas.wire.SliceReader;
import dev.plait.topology.config.PlaitConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Logs without a trace ID wait here for what names their request and its trace, to go on to that trace; access logs are
 * counted first, once. Points of metrics that SLOs count become requests here ({@link MetricStreams}), as all of a family come to one task.
 * State: the frames as they came ({@link FrameLog}), from which the matcher's index is rebuilt, which logs were counted
 * ({@link CountedLogs}), and the last point of each stream. (A log whose wait ended just before a restart may wait a little longer after it; the
 * assembler tells copies apart, so none joins twice.)
 */
final class MatchRequests implements Processor<byte[], byte[], byte[], Routed> {
    /** A metric's stream that is silent for so long begins anew. */
    private static final Duration METRIC_MEMORY = Duration.ofHours(6);

    /** Of one task; points of more are ignored and counted. */
    private static final int MAX_STREAMS = 100_000;

    private final PlaitConfig config;
    private final SloDefinitionFeed definitions;
    private final Set<Integer> expectedSenders;
    private final FrameSet frames;
    private final SliceReader slices = new SliceReader();
    private ProcessorContext<byte[], Routed> context;
    private FrameLog log;
    private CountedLogs counted;
    private final Map<Ignored, Long> ignored = new EnumMap<>(Ignored.class);
    private MetricStreams metrics;
    private RequestCounter requests;
    private DeltaSender deltas;
    private RequestMatcher matcher;
    private Watermarks watermarks;
    private FrameSender sender;
    private TaskCounters counters;
    private long untraced;
    private long toldMs;

    MatchRequests(PlaitConfig config, SloDefinitionFeed definitions, Set<Integer> expectedSenders) {
        this.config = config;
        this.definitions = definitions;
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
        log = new FrameLog(context.getStateStore(TraceStores.REQUESTS));
        counted = new CountedLogs(
                context.getStateStore(TraceStores.COUNTED),
                config.traces().rules().lateWindowMs(),
                CountedLogs.MOST);
        ignored.clear();
        metrics = new MetricStreams(
                METRIC_MEMORY.toMillis(), MAX_STREAMS, new StoreBytes(context.getStateStore(TraceStores.METRICS)));
        watermarks =
                new Watermarks(config.traces().sourceIdle().toMillis(), expectedSenders, context.currentSystemTimeMs());
        sender = new FrameSender(
                context, Sender.Stage.MATCH, config.application().partitions());
        counters = new TaskCounters(context);
        deltas = new DeltaSender(
                Sender.Stage.MATCH,
                context.taskId().partition(),
                config.application().partitions(),
                (partition, bytes, timestampMs) -> context.forward(
                        new Record<>(PartitionKey.of(partition), new Routed.ToWindows(bytes), timestampMs)));
        requests = new RequestCounter(config, definitions, deltas, counters);
        log.replay(
                (sequence, frame) -> {
                    matcher.append(sequence, frame, (source, item, high, low) -> {});
                    watermarks.resume(frame.arrivalMs());
                },
                (sequence, clockMs, frame) -> {
                    throw new IllegalStateException("a matcher adds frames at once");
                });
        context.schedule(config.application().commitInterval(), PunctuationType.WALL_CLOCK_TIME, wallMs -> {
            expire(watermarks.clockMs(wallMs));
            tick(watermarks.idle(wallMs), watermarks.clockMs(wallMs));
            countIgnored();
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
            BitSet copies = count(frame, clockMs);
            if (!isOnlyPoints(frame)) {
                byte[] kept = copies.isEmpty() ? record.value() : frame.marked(copies, ItemFlags.COUNTED);
                match(frame, kept, clockMs);
            }
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

    /**
     * A log under no request ID cannot be told from another of the same content: each is counted. Returns the copies of logs
     * that were counted before: one may still bring its log to a trace, but tells of no call of its own.
     */
    private BitSet count(Frame frame, long clockMs) {
        BitSet fresh = new BitSet(frame.size());
        BitSet copies = new BitSet(frame.size());
        for (int item = 0; item < frame.size(); item++) {
            if (ItemFlags.has(frame.flags(item), ItemFlags.POINT)) {
                count(frame, item);
            } else if (ItemFlags.signal(frame.flags(item)) == ItemFlags.LOG && requests.counts(frame.flags(item))) {
                boolean keyless = frame.traceHigh(item) == 0 && frame.traceLow(item) == 0;
                boolean first = keyless || counted.isFirst(frame, item);
                fresh.set(item, first);
                copies.set(item, !first);
                if (keyless && ItemFlags.has(frame.flags(item), ItemFlags.ACCESS_LOG)) {
                    requests.untraced(frame, item, clockMs);
                }
            }
        }
        counters.add("counted-logs-forgotten", counted.commit(frame));
        requests.count(frame, fresh, false, clockMs);
        return copies;
    }

    /** Of a log whose trace was never named. */
    private void untraced(Frame frame, int item, long clockMs) {
        if (!ItemFlags.has(frame.flags(item), ItemFlags.COUNTED)) {
            requests.untraced(frame, item, clockMs);
        }
    }

    private void countIgnored() {
        for (Ignored reason : Ignored.values()) {
            long before = ignored.getOrDefault(reason, 0L);
            counters.add("points-ignored", reason.name(), metrics.ignored(reason) - before);
            ignored.put(reason, metrics.ignored(reason));
        }
    }

    private static boolean isOnlyPoints(Frame frame) {
        for (int item = 0; item < frame.size(); item++) {
            if (!ItemFlags.has(frame.flags(item), ItemFlags.POINT)) {
                return false;
            }
        }
        return true;
    }

    /** What a metric point has more than the one before it. */
    private void count(Frame frame, int item) {
        long arrivalMs = frame.arrivalMs();
        metrics.add(
                frame.traceHigh(item),
                frame.traceLow(item),
                slices.point(frame, item),
                arrivalMs,
                (metric, request, count) -> requests.metric(metric, request, count, arrivalMs));
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
        if (clockMs == Watermarks.NONE) {
            return;
        }
        matcher.expire(clockMs, log::delete, (sequence, item) -> untraced(log.frame(sequence), item, clockMs));
        requests.sendClosed(clockMs);
        counted.expire(clockMs);
        metrics.expire(clockMs);
        counters.add("logs-untraced", matcher.untraced() - untraced);
        untraced = matcher.untraced();
    }

    /** Tells the assemblers this task's clock: when it has moved by a commit interval, and at least that often anyway. */
    private void tick(boolean idle, long clockMs) {
        if (idle || clockMs != Watermarks.NONE) {
            sender.tick(idle, clockMs, Math.max(0, clockMs), Routed.ToFrames::new);
            deltas.tick(idle, clockMs);
            toldMs = clockMs;
        }
    }

    private record Match(int item, long high, long low) {}
}
