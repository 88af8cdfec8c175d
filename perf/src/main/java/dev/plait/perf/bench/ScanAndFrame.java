package dev.plait.perf.bench;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.perf.load.Batch;
import dev.plait.schemas.model.Source;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A collector's batch becomes frames: scan, slice, spread over partitions, compress. Figures are for one span. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Batches.SPANS)
public class ScanAndFrame {
    private static final int DISTINCT = 16;

    @Param("8")
    private int partitions;

    private final Decoder decoder = OtlpDecoder.traces();
    private final CountingSink counted = new CountingSink();
    private FrameSink sink;
    private byte[][] protobuf;
    private byte[][] json;
    private int next;

    @Setup
    public void generate() {
        sink = new FrameSink(partitions);
        List<Batch> batches = Batches.of(DISTINCT, 80_000);
        protobuf = batches.stream().map(Batch::bytes).toArray(byte[][]::new);
        json = batches.stream().map(batch -> OtlpJsonText.of(batch.bytes())).toArray(byte[][]::new);
    }

    @Benchmark
    public void protobufToFrames(Blackhole hole) {
        toFrames(protobuf[next++ % DISTINCT], hole);
    }

    /** Without framing and compressing. */
    @Benchmark
    public long protobufScanOnly() {
        decoder.decode(protobuf[next++ % DISTINCT], counted);
        return counted.sum();
    }

    @Benchmark
    public void jsonToFrames(Blackhole hole) {
        toFrames(json[next++ % DISTINCT], hole);
    }

    private void toFrames(byte[] value, Blackhole hole) {
        int items = sink.frame(decoder, Source.OTLP, value, 1, (partition, frame) -> hole.consume(frame));
        if (items != Batches.SPANS) {
            throw new IllegalStateException(items + " items");
        }
    }
}
