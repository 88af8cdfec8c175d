package dev.plait.sink.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the backends of tests have in common, over HTTP and gRPC: they keep what they take, and fail as they are told. */
final class OtlpBackend {
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Message> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, String> lastHeaders = new ConcurrentHashMap<>();
    private volatile Function<Message, Optional<Fault>> rule = request -> Optional.empty();

    /** The next requests fail so, one each. */
    void failNext(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Requests fail by what they hold, until another rule is set. */
    void failWhen(Function<Message, Optional<Fault>> rule) {
        this.rule = rule;
    }

    Optional<Fault> next(Message request) {
        requests.incrementAndGet();
        Optional<Fault> fault = rule.apply(request).or(() -> Optional.ofNullable(faults.poll()));
        boolean takes = fault.isEmpty()
                || fault.get() instanceof Fault.Partial
                || fault.get() instanceof Fault.HalfAnswer
                || fault.get() instanceof Fault.HugeAnswer;
        if (takes) {
            taken.add(request);
        }
        return fault;
    }

    void headers(Map<String, String> headers) {
        lastHeaders.clear();
        lastHeaders.putAll(headers);
    }

    Map<String, String> headers() {
        return lastHeaders;
    }

    /** Requests that came, whether they were taken or not. */
    int requests() {
        return requests.get();
    }

    List<Message> taken() {
        return taken;
    }

    List<Span> spans() {
        return taken.stream().flatMap(request -> spans(request).stream()).toList();
    }

    static List<Span> spans(Message request) {
        return request instanceof ExportTraceServiceRequest traces
                ? traces.getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream())
                        .toList()
                : List.of();
    }

    List<LogRecord> logs() {
        return taken.stream()
                .filter(ExportLogsServiceRequest.class::isInstance)
                .flatMap(request -> ((ExportLogsServiceRequest) request).getResourceLogsList().stream())
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }

    List<Metric> metrics() {
        return taken.stream()
                .filter(ExportMetricsServiceRequest.class::isInstance)
                .flatMap(request -> ((ExportMetricsServiceRequest) request).getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed.countDown();
    }

    /** The answer that a request was taken, or taken in part. */
    static Message answer(Message request, long rejected, String message) {
        boolean partial = rejected > 0 || !message.isEmpty();
        if (request instanceof ExportTraceServiceRequest) {
            ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
            return partial
                    ? answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                    .setRejectedSpans(rejected)
                                    .setErrorMessage(message))
                            .build()
                    : answer.build();
        }
        if (request instanceof ExportLogsServiceRequest) {
            ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
            return partial
                    ? answer.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                                    .setRejectedLogRecords(rejected)
                                    .setErrorMessage(message))
                            .build()
                    : answer.build();
        }
        ExportMetricsServiceResponse.Builder answer = ExportMetricsServiceResponse.newBuilder();
        return partial
                ? answer.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                                .setRejectedDataPoints(rejected)
                                .setErrorMessage(message))
                        .build()
                : answer.build();
    }
}
