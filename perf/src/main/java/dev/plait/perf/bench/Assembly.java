package dev.plait.perf.bench;

import dev.plait.correlator.graph.TraceEdges;
import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.correlator.trace.Closing;
import dev.plait.correlator.trace.Pieces;
import dev.plait.correlator.trace.TraceAssembler;
import dev.plait.correlator.trace.TraceRules;
import dev.plait.correlator.trace.view.TraceDeriver;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.perf.load.Batch;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.SliceReader;
import dev.plait.schemas.wire.TraceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Frames become traces, of 10 spans on average. Event time passes at 2 000 spans a second, so that a trace closes while later
 * ones arrive and few are open at a time. Figures are for one span.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Assembly.SPANS)
public class Assembly {
    static final int BATCHES = 64;
    static final int SPANS = BATCHES * Batches.SPANS;

    private static final long LATER_MS = 3_600_000;

    private final TraceDeriver deriver = new TraceDeriver(SamplingRules.defaults());
    private final SliceReader slices = new SliceReader();
    private List<byte[]> stored;
    private List<Closing> closings;
    private List<CorrelatedTrace> traces;

    @Setup
    public void generate() {
        stored = new ArrayList<>();
        Decoder decoder = OtlpDecoder.traces();
        FrameSink sink = new FrameSink(1);
        for (Batch batch : Batches.of(BATCHES, 2_000)) {
            List<byte[]> out = new ArrayList<>();
            sink.frame(decoder, Source.OTLP, batch.bytes(), batch.timestampMs(), (to, frame) -> out.add(frame));
            // the second frame of a batch holds announcements, which go to the matcher
            stored.add(out.get(0));
        }
        closings = new ArrayList<>();
        assemble(frames(), closings);
        int spans =
                closings.stream().mapToInt(closing -> closing.pieces().size()).sum();
        if (spans != SPANS) {
            throw new IllegalStateException("the benchmark's figures are for " + SPANS + " spans, not " + spans);
        }
        List<Frame> frames = frames();
        traces = new ArrayList<>();
        for (Closing closing : closings) {
            traces.add(deriver.derive(closing, spans(frames, closing.pieces()), List.of(), List.of()));
        }
    }

    /** The life of every trace in the index: append, close, expire. */
    @Benchmark
    public int appendCloseExpire() {
        List<Closing> closed = new ArrayList<>();
        assemble(frames(), closed);
        return closed.size();
    }

    /** What closing a trace costs beside: decompress, read the slices, derive the record. */
    @Benchmark
    public void readAndDerive(Blackhole hole) {
        List<Frame> frames = frames();
        for (Closing closing : closings) {
            hole.consume(deriver.derive(closing, spans(frames, closing.pieces()), List.of(), List.of()));
        }
    }

    /** The same and its JSON. */
    @Benchmark
    public void readDeriveAndWrite(Blackhole hole) {
        List<Frame> frames = frames();
        for (Closing closing : closings) {
            hole.consume(
                    TraceJson.write(deriver.derive(closing, spans(frames, closing.pieces()), List.of(), List.of())));
        }
    }

    /** The calls between services that derived traces tell of. */
    @Benchmark
    public void edges(Blackhole hole) {
        for (CorrelatedTrace trace : traces) {
            hole.consume(TraceEdges.edges(trace, span -> true, log -> true));
        }
    }

    private List<Frame> frames() {
        List<Frame> frames = new ArrayList<>(stored.size());
        for (byte[] bytes : stored) {
            frames.add(Frame.of(bytes));
        }
        return frames;
    }

    private static void assemble(List<Frame> frames, List<Closing> closed) {
        TraceAssembler assembler =
                new TraceAssembler(TraceRules.defaults(), sequence -> frames.get(Math.toIntExact(sequence)));
        long clockMs = 0;
        for (int sequence = 0; sequence < frames.size(); sequence++) {
            Frame frame = frames.get(sequence);
            clockMs = frame.arrivalMs();
            close(assembler, clockMs, sequence, closed);
            assembler.append(sequence, frame);
            assembler.expire(clockMs, freed -> {}, freed -> {});
        }
        close(assembler, clockMs + LATER_MS, frames.size(), closed);
        assembler.expire(clockMs + 2 * LATER_MS, freed -> {}, freed -> {});
    }

    private static void close(TraceAssembler assembler, long clockMs, long sweep, List<Closing> closed) {
        Optional<Closing> due = assembler.closeNext(clockMs, sweep);
        while (due.isPresent()) {
            closed.add(due.get());
            due = assembler.closeNext(clockMs, sweep);
        }
    }

    private List<ReceivedSpan> spans(List<Frame> frames, Pieces pieces) {
        List<ReceivedSpan> spans = new ArrayList<>(pieces.size());
        for (int piece = 0; piece < pieces.size(); piece++) {
            Frame frame = frames.get(Math.toIntExact(pieces.sequence(piece)));
            spans.add(slices.span(frame, pieces.item(piece)));
        }
        return spans;
    }
}
