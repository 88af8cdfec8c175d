package dev.plait.topology;

import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.correlator.trace.Closing;
import dev.plait.correlator.trace.Pieces;
import dev.plait.correlator.trace.view.TraceDeriver;
import dev.plait.correlator.trace.view.TraceLimit;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.SliceReader;
import dev.plait.schemas.wire.TraceJson;
import dev.plait.topology.config.PlaitConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Reads the pieces of a closing from their frames, once, and writes the trace and its sampling decision. */
final class TraceEmitter {
    /** Tightening the estimated size so often always gets below the limit, as each time at least halves it. */
    private static final int MAX_FITS = 8;

    private final FrameLog frames;
    private final RequestCounter requests;
    private final ProcessorContext<String, Emitted> context;
    private final TaskCounters counters;
    private final TraceDeriver deriver;
    private final SliceReader slices = new SliceReader();
    private final long maxBytes;

    TraceEmitter(
            PlaitConfig config,
            FrameLog frames,
            RequestCounter requests,
            ProcessorContext<String, Emitted> context,
            TaskCounters counters) {
        this.frames = frames;
        this.requests = requests;
        this.context = context;
        this.counters = counters;
        this.deriver = new TraceDeriver(new SamplingRules(
                config.sampling().slow().toNanos(), config.sampling().probability()));
        this.maxBytes = config.traces().rules().maxBytes();
    }

    /** Writes one revision. Returns its bytes. */
    int emit(Closing closing) {
        CorrelatedTrace trace = derive(closing);
        byte[] json = fit(trace);
        long timestampMs = Math.max(0, closing.closedAtMs());
        context.forward(new Record<>(trace.traceId(), new Emitted.ToTraces(json), timestampMs));
        if (trace.sampling().keep() || !trace.delta()) {
            // a delta knows only the late pieces: it may add a reason to keep, and never takes one back
            byte[] decision = TraceJson.write(trace.sampling());
            context.forward(new Record<>(trace.traceId(), new Emitted.ToDecisions(decision), timestampMs));
        }
        counters.add(
                closing.revision() == 1 ? "traces-closed" : "traces-revised",
                closing.reason().name(),
                1);
        return json.length;
    }

    private CorrelatedTrace derive(Closing closing) {
        List<ReceivedSpan> spans = new ArrayList<>();
        List<ReceivedLog> logs = new ArrayList<>();
        List<ReceivedExemplar> exemplars = new ArrayList<>();
        ClosedPieces closed = new ClosedPieces(closing);
        Pieces pieces = closing.pieces();
        for (int piece = 0; piece < pieces.size(); piece++) {
            Frame frame = frames.frame(pieces.sequence(piece));
            int item = pieces.item(piece);
            switch (ItemFlags.signal(frame.flags(item))) {
                case ItemFlags.SPAN -> spans.add(closed.add(piece, slices.span(frame, item)));
                case ItemFlags.LOG -> logs.add(closed.add(piece, slices.log(frame, item)));
                case ItemFlags.EXEMPLAR -> exemplars.add(slices.exemplar(frame, item));
                default -> throw new IllegalStateException("announcements do not reach the assembler");
            }
        }
        CorrelatedTrace trace = deriver.derive(closing, spans, logs, exemplars);
        requests.closed(closed, trace);
        return trace;
    }

    /** JSON of at most {@code max-bytes}: the size is estimated before writing and tightened if the estimate was low. */
    private byte[] fit(CorrelatedTrace trace) {
        long budget = maxBytes;
        byte[] json = new byte[0];
        for (int attempt = 0; attempt < MAX_FITS; attempt++) {
            CorrelatedTrace fitting = TraceLimit.fit(trace, budget);
            json = TraceJson.write(fitting);
            if (json.length <= maxBytes) {
                return json;
            }
            budget /= 2;
        }
        return json;
    }
}
