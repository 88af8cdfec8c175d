package dev.plait.perf.bench;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.schemas.model.Source;
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

/** A Kong access log, one a record, becomes an OTLP log record. Figures are for one log of about 1.7 kB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(KongDecode.LOGS)
public class KongDecode {
    static final int LOGS = 256;

    private final Decoder decoder = new KongDecoder();
    private final CountingSink counted = new CountingSink();
    private final FrameSink framed = new FrameSink(8);
    private byte[][] logs;

    @Setup
    public void generate() {
        logs = AccessLogLines.of(LOGS, AccessLogLines::kong);
    }

    @Benchmark
    public long decode() {
        for (byte[] log : logs) {
            decoder.decode(log, counted);
        }
        return counted.sum();
    }

    /** With its frame, one a log: a log with a trace and a request ID takes two, the second to the matcher. */
    @Benchmark
    public void decodeToFrames(Blackhole hole) {
        for (byte[] log : logs) {
            framed.frame(decoder, Source.KONG, log, 1, (partition, frame) -> hole.consume(frame));
        }
    }
}
