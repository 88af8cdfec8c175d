package dev.plait.perf.bench;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.envoy.MeshDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An access log line of a mesh sidecar, one a record, becomes an OTLP log record. Figures are for one line of about 300 B. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EnvoyDecode.LINES)
public class EnvoyDecode {
    static final int LINES = 256;

    private final Decoder decoder = new MeshDecoder();
    private final CountingSink counted = new CountingSink();
    private byte[][] text;
    private byte[][] json;

    @Setup
    public void generate() {
        text = AccessLogLines.of(LINES, AccessLogLines::kuma);
        json = AccessLogLines.of(LINES, AccessLogLines::envoyJson);
    }

    /** Kuma's default line. */
    @Benchmark
    public long decodeText() {
        for (byte[] line : text) {
            decoder.decode(line, counted);
        }
        return counted.sum();
    }

    /** Envoy's {@code json_format}. */
    @Benchmark
    public long decodeJson() {
        for (byte[] line : json) {
            decoder.decode(line, counted);
        }
        return counted.sum();
    }
}
