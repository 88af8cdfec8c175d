package dev.plait.ingest.receiver;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Requests, compressed and framed. */
final class Bodies {
    static final ByteString TRACE = ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736");

    private static final ExportLogsServiceRequest LOG = ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder()
                    .addScopeLogs(ScopeLogs.newBuilder()
                            .addLogRecords(LogRecord.newBuilder()
                                    .setTimeUnixNano(1)
                                    .setBody(AnyValue.newBuilder().setStringValue("took an order")))))
            .build();
    private static final ExportMetricsServiceRequest METRIC = ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(ResourceMetrics.newBuilder()
                    .addScopeMetrics(ScopeMetrics.newBuilder()
                            .addMetrics(Metric.newBuilder()
                                    .setName("orders")
                                    .setGauge(Gauge.newBuilder()
                                            .addDataPoints(NumberDataPoint.newBuilder()
                                                    .setTimeUnixNano(1)
                                                    .setAsInt(7))))))
            .build();

    private Bodies() {}

    /** One service's spans, each with a name of {@code nameBytes}. */
    static ExportTraceServiceRequest spans(String service, int spans, int nameBytes) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("scope of " + service));
        for (int i = 0; i < spans; i++) {
            scope.addSpans(Span.newBuilder()
                    .setTraceId(TRACE)
                    .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, i + 1L)))
                    .setName("n".repeat(nameBytes))
                    .setStartTimeUnixNano(i + 1L));
        }
        scope.setSchemaUrl("https://example.org/schema");
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(KeyValue.newBuilder()
                                        .setKey("service.name")
                                        .setValue(AnyValue.newBuilder().setStringValue(service))))
                        .addScopeSpans(scope))
                .build();
    }

    /** A good request of any signal. */
    static byte[] small(OtlpSignal signal) {
        return switch (signal) {
            case TRACES -> small();
            case LOGS -> LOG.toByteArray();
            case METRICS -> METRIC.toByteArray();
        };
    }

    static byte[] small() {
        return spans("orders", 2, 10).toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static byte[] zstd(byte[] content) {
        return Zstd.compress(content);
    }

    /** Without zlib's header and sum when {@code bare}. */
    static byte[] deflate(byte[] content, boolean bare) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        try (OutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        deflater.end();
        return out.toByteArray();
    }

    static byte[] grpc(int flag, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }
}
