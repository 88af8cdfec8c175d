package dev.plait.perf.bench;

import dev.plait.correlator.red.RedDelta;
import dev.plait.correlator.red.RequestReader;
import dev.plait.correlator.red.SeriesKeys;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.perf.load.Batch;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.SliceReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Items that were read from their frames are counted: read as requests, and added to the delta of their series. Figures are for one
 * request, without reading its slice. Every invocation begins with new deltas, as every frame does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Counting.REQUESTS)
public class Counting {
    static final int REQUESTS = 1024;

    private final RequestReader reader = new RequestReader();
    private final SeriesKeys keys = new SeriesKeys(List.of());
    private final SliceReader slices = new SliceReader();
    private final List<ReceivedSpan> spans = new ArrayList<>();
    private final List<ReceivedLog> logs = new ArrayList<>();

    @Setup
    public void generate() {
        for (Batch batch : Batches.of(32, 2_000)) {
            read(OtlpDecoder.traces(), Source.OTLP, batch.bytes());
        }
        for (byte[] log : AccessLogLines.of(REQUESTS, AccessLogLines::kong)) {
            read(new KongDecoder(), Source.KONG, log);
        }
        if (spans.size() < REQUESTS || logs.size() < REQUESTS) {
            throw new IllegalStateException(spans.size() + " spans and " + logs.size() + " logs are too few");
        }
    }

    @Benchmark
    public Map<String, RedDelta> spans() {
        Map<String, RedDelta> deltas = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            add(deltas, reader.read(spans.get(i), 1, i).orElseThrow());
        }
        return deltas;
    }

    @Benchmark
    public Map<String, RedDelta> kongLogs() {
        Map<String, RedDelta> deltas = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            add(deltas, reader.read(logs.get(i), 1, i).orElseThrow());
        }
        return deltas;
    }

    /** Reading alone. */
    @Benchmark
    public void spansRead(Blackhole hole) {
        for (int i = 0; i < REQUESTS; i++) {
            hole.consume(reader.read(spans.get(i), 1, i));
        }
    }

    private void add(Map<String, RedDelta> deltas, CountedRequest request) {
        deltas.computeIfAbsent(keys.of(request), key -> new RedDelta()).add(request);
    }

    private void read(Decoder decoder, Source source, byte[] input) {
        List<byte[]> frames = new ArrayList<>();
        new FrameSink(1).frame(decoder, source, input, 1, (to, frame) -> frames.add(frame));
        // the second frame of a batch goes to the matcher
        Frame frame = Frame.of(frames.get(0));
        for (int item = 0; item < frame.size(); item++) {
            int flags = frame.flags(item);
            if (RequestReader.counts(flags)) {
                if (ItemFlags.signal(flags) == ItemFlags.SPAN) {
                    spans.add(slices.span(frame, item));
                } else {
                    logs.add(slices.log(frame, item));
                }
            }
        }
    }
}
