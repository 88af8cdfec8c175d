package dev.plait.sink.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OTLP receiver over gRPC on a port of loopback, made of OTLP's own service definitions. */
final class GrpcBackend implements AutoCloseable {
    private final OtlpBackend backend = new OtlpBackend();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Server server;

    GrpcBackend() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(threads)
                .maxInboundMessageSize(64 << 20)
                .intercept(new HeaderRecorder())
                .addService(new Traces())
                .addService(new Logs())
                .addService(new Metrics())
                .build()
                .start();
    }

    OtlpBackend backend() {
        return backend;
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    // the answer is of the request's signal
    @SuppressWarnings("unchecked")
    private <T extends Message> void answer(Message request, StreamObserver<T> observer) {
        Optional<Fault> fault = backend.next(request);
        if (fault.isPresent() && fault.get() instanceof Fault.Grpc grpc) {
            com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                    .setCode(grpc.code().value())
                    .setMessage(grpc.text());
            grpc.retryDelay()
                    .ifPresent(delay -> status.addDetails(Any.pack(RetryInfo.newBuilder()
                            .setRetryDelay(Duration.newBuilder()
                                    .setSeconds(delay.toSeconds())
                                    .setNanos(delay.toNanosPart()))
                            .build())));
            observer.onError(StatusProto.toStatusRuntimeException(status.build()));
            return;
        }
        if (fault.isPresent() && fault.get() instanceof Fault.Hang) {
            backend.awaitClosed();
            return;
        }
        Fault.Partial partial = fault.filter(Fault.Partial.class::isInstance)
                .map(Fault.Partial.class::cast)
                .orElse(new Fault.Partial(0, ""));
        observer.onNext((T) OtlpBackend.answer(request, partial.rejected(), partial.message()));
        observer.onCompleted();
    }

    private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(
                ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> responseObserver) {
            answer(request, responseObserver);
        }
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(
                ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> responseObserver) {
            answer(request, responseObserver);
        }
    }

    private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        @Override
        public void export(
                ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> responseObserver) {
            answer(request, responseObserver);
        }
    }

    private final class HeaderRecorder implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Map<String, String> texts = new HashMap<>();
            for (String name : headers.keys()) {
                if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                    texts.put(name, headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
                }
            }
            backend.headers(texts);
            return next.startCall(call, headers);
        }
    }

    @Override
    public void close() {
        backend.close();
        server.shutdownNow();
        threads.shutdownNow();
    }
}
