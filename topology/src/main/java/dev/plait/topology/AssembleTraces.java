package dev.plait.topology;

import dev.plait.correlator.trace.Appended;
import dev.plait.correlator.trace.ClosedTrace;
import dev.plait.correlator.trace.Closing;
import dev.plait.correlator.trace.TraceAssembler;
import dev.plait.correlator.trace.Watermarks;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.Sender;
import dev.plait.topology.config.PlaitConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Frames into traces. On every frame: advance the clock, close what is due, then add the pieces. What one call closes is
 * bounded by a {@link ClosingShare}, so that no transaction is too long when millions are due at once; frames that come
 * meanwhile are kept but wait to be added until all that was due before them is closed.
 *
 * <p>What a frame adds to windows and SLOs leaves when it is added, in the transaction that says so; service-graph edges and
 * the evidence of bad requests leave when traces close.
 *
 * <p>State: {@code open-traces} holds the frames as they came, {@code closed-traces} one record of markers per sweep. A
 * marker is written in the transaction that writes its trace. The heap index is rebuilt from both.
 */
final class AssembleTraces implements Processor<byte[], byte[], String, Emitted> {
    private final PlaitConfig config;
    private final SloDefinitionFeed definitions;
    private final Set<Integer> expectedSenders;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private ProcessorContext<String, Emitted> context;
    private TraceAssembler assembler;
    private FrameLog frames;
    private MarkerLog markers;
    private TraceEmitter emitter;
    private Watermarks watermarks;
    private TaskCounters counters;
    private RequestCounter requests;
    private DeltaSender deltas;
    private long clockMs = Watermarks.NONE;

    /** All that was due up to here is closed, and every frame that came before is added: what the windows may rely on. */
    private long doneMs = Watermarks.NONE;

    private long toldMs;

    AssembleTraces(PlaitConfig config, SloDefinitionFeed definitions, Set<Integer> expectedSenders) {
        this.config = config;
        this.definitions = definitions;
        this.expectedSenders = expectedSenders;
    }

    /** Called again on this object when Kafka Streams revives a corrupted task: nothing on the heap may survive it. */
    @Override
    public void init(ProcessorContext<String, Emitted> context) {
        this.context = context;
        waiting.clear();
        clockMs = Watermarks.NONE;
        doneMs = Watermarks.NONE;
        toldMs = 0;
        frames = new FrameLog(context.getStateStore(TraceStores.OPEN));
        markers = new MarkerLog(context.getStateStore(TraceStores.CLOSED));
        counters = new TaskCounters(context);
        deltas = new DeltaSender(
                Sender.Stage.ASSEMBLE,
                context.taskId().partition(),
                config.application().partitions(),
                (partition, bytes, timestampMs) ->
                        context.forward(new Record<>("", new Emitted.ToWindows(partition, bytes), timestampMs)));
        requests = new RequestCounter(config, definitions, deltas, counters);
        emitter = new TraceEmitter(config, frames, requests, context, counters);
        watermarks =
                new Watermarks(config.traces().sourceIdle().toMillis(), expectedSenders, context.currentSystemTimeMs());
        assembler = new TraceAssembler(config.traces().rules(), frames::frame);
        markers.replay((sweep, marker) -> assembler.restore(marker, sweep));
        frames.replay(
                assembler::restore,
                (sequence, cameAtMs, frame) -> waiting.add(new Waiting(sequence, cameAtMs, frame, true)));
        frames.startAt(assembler.nextSequence());
        watermarks.resume(assembler.lastArrivalMs());
        context.schedule(config.application().commitInterval(), PunctuationType.WALL_CLOCK_TIME, wallMs -> {
            closeDue(wallMs, ClosingShare.ofALook(config.application()));
            tell(watermarks.idle(wallMs) && waiting.isEmpty());
            counters.publish();
        });
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Frame frame = Frame.of(record.value());
        long wallMs = context.currentSystemTimeMs();
        watermarks.observe(frame.sender(), frame.watermarkMs(), wallMs);
        if (frame.size() > 0) {
            long sequence = frames.nextSequence();
            frames.put(sequence, record.value());
            waiting.add(new Waiting(sequence, clockMs(wallMs), frame, false));
        }
        closeDue(wallMs, ClosingShare.of(frame.size(), record.value().length));
        if (doneMs != Watermarks.NONE
                && doneMs - toldMs >= config.application().commitInterval().toMillis()) {
            tell(false);
        }
    }

    /** Tells the window tasks how far this task is: when that has moved by a commit interval, and at least that often. */
    private void tell(boolean idle) {
        if (idle || doneMs != Watermarks.NONE) {
            deltas.tick(idle, doneMs);
            toldMs = doneMs;
        }
    }

    @Override
    public void close() {
        counters.close();
    }

    /** Adds the frames that wait, each after what was due before it; then closes what is due now. */
    private void closeDue(long wallMs, ClosingShare share) {
        List<ClosedTrace> closed = new ArrayList<>();
        while (!waiting.isEmpty() && closeUpTo(waiting.peek().clockMs, share, closed)) {
            add(waiting.remove());
        }
        long clockMs = waiting.isEmpty() ? clockMs(wallMs) : waiting.peek().clockMs;
        boolean done = closeUpTo(clockMs, share, closed) && waiting.isEmpty();
        markers.append(closed);
        requests.sendClosed(doneMs);
        doneMs = done ? Math.max(doneMs, clockMs) : doneMs;
        rememberLastWaiting();
        assembler.expire(clockMs, frames::delete, markers::delete);
    }

    /**
     * The lowest watermark of the senders. When more than {@code max-open-bytes} are kept, the highest: better some late
     * pieces than no memory because one input is far behind. Never back.
     */
    private long clockMs(long wallMs) {
        clockMs = Math.max(clockMs, watermarks.clockMs(wallMs));
        if (frames.storedBytes() > config.traces().maxOpenBytes() && watermarks.highestMs() > clockMs) {
            clockMs = watermarks.highestMs();
            counters.add("clock-forced", 1);
        }
        return clockMs;
    }

    private boolean closeUpTo(long clockMs, ClosingShare share, List<ClosedTrace> closed) {
        while (share.isLeft()) {
            Optional<Closing> due = assembler.closeNext(clockMs, markers.sweep());
            if (due.isEmpty()) {
                return true;
            }
            share.take(due.get().pieces().size(), emitter.emit(due.get()));
            closed.add(due.get().marker());
        }
        return false;
    }

    /** Only a frame that is not added within the call that brought it needs to be known as waiting after a restart. */
    private void rememberLastWaiting() {
        Waiting last = waiting.peekLast();
        if (last != null && !last.remembered) {
            waiting.removeLast();
            waiting.addLast(new Waiting(last.sequence, last.clockMs, last.frame, true));
            frames.putWaiting(last.sequence, last.clockMs);
        }
    }

    private void add(Waiting arrived) {
        if (arrived.remembered) {
            frames.deleteWaiting(arrived.sequence);
        }
        Appended appended = assembler.append(arrived.sequence, arrived.frame);
        requests.count(arrived.frame, appended.fresh(), true, doneMs);
        counters.add("items-fresh", appended.fresh().cardinality());
        counters.add("items-unkept", appended.unkept().cardinality());
        if (!appended.needed()) {
            frames.delete(arrived.sequence);
        } else if (!appended.unkept().isEmpty()) {
            frames.replace(arrived.sequence, arrived.frame.without(appended.unkept()));
        }
    }

    /** A frame that is kept and not yet added, and the clock it came with; remembered: the store knows that it waits. */
    private record Waiting(long sequence, long clockMs, Frame frame, boolean remembered) {}
}
