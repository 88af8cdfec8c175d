package dev.plait.ingest.receiver;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The three services of OTLP: where each listens, over HTTP and over gRPC. Source: OTLP specification 1.x. */
public enum OtlpSignal implements Input {
    TRACES("/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "rejectedSpans"),
    LOGS("/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export", "rejectedLogRecords"),
    METRICS("/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "rejectedDataPoints");

    private final String httpPath;
    private final String grpcPath;
    private final String rejected;

    OtlpSignal(String httpPath, String grpcPath, String rejected) {
        this.httpPath = httpPath;
        this.grpcPath = grpcPath;
        this.rejected = rejected;
    }

    public String httpPath() {
        return httpPath;
    }

    public String grpcPath() {
        return grpcPath;
    }

    /** The field of a JSON response's {@code partialSuccess} that counts items. */
    String rejected() {
        return rejected;
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Decoder decoder() {
        return switch (this) {
            case TRACES -> OtlpDecoder.traces();
            case LOGS -> OtlpDecoder.logs();
            case METRICS -> OtlpDecoder.metrics();
        };
    }

    @Override
    public Optional<String> problem(byte[] content, boolean json) {
        return json ? BodyCheck.json(content) : BodyCheck.protobuf(content);
    }

    @Override
    public List<byte[]> split(byte[] content, boolean json, int limitBytes) {
        if (json) {
            throw new Refusal(Kind.TOO_LARGE, "larger than a topic takes: " + limitBytes + " bytes");
        }
        return RequestSplitter.split(content, limitBytes);
    }
}
