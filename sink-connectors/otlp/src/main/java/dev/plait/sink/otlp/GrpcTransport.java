package dev.plait.sink.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * OTLP over gRPC. Retried are CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS, and
 * RESOURCE_EXHAUSTED when the answer has a RetryInfo; servers also answer it to a message that is too large, which is told by its
 * text. Everything else is final; UNAUTHENTICATED, PERMISSION_DENIED and
 * UNIMPLEMENTED are a matter of how the sink is configured. Source: opentelemetry-proto, docs/specification.md, "Failures" and "OTLP/gRPC Throttling".
 * Thread safe.
 */
final class GrpcTransport implements Transport {
    /** An answer is empty or names what was refused. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private static final int MAX_HEADER_BYTES = 64 << 10;

    /** How gRPC's servers in Go, C++ and Java say that a message is too large; there is no status for it. */
    private static final Pattern SIZE = Pattern.compile("larger than max|exceeds maximum");

    private final ManagedChannel channel;
    private final Channel calls;
    private final CallOptions options;
    private final int maxRequestBytes;
    private final Duration timeout;

    GrpcTransport(GrpcTarget target, Map<String, String> headers, boolean gzip, int maxRequestBytes, Duration timeout) {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(target.target())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .maxInboundMetadataSize(MAX_HEADER_BYTES)
                .disableServiceConfigLookUp();
        target.secure(builder);
        channel = builder.build();
        Metadata metadata = new Metadata();
        headers.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        calls = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
        options = gzip ? CallOptions.DEFAULT.withCompression("gzip") : CallOptions.DEFAULT;
        this.maxRequestBytes = maxRequestBytes;
        this.timeout = timeout;
    }

    @Override
    public Answer send(Signal signal, Message request) {
        if (request.getSerializedSize() > maxRequestBytes) {
            return Answer.TooLarge.here(request.getSerializedSize(), maxRequestBytes);
        }
        try {
            return PartialSuccess.of(call(signal.method(), request));
        } catch (StatusRuntimeException failure) {
            return answer(failure);
        }
    }

    // the request is of the signal whose method it is
    @SuppressWarnings("unchecked")
    private <Q extends Message, R extends Message> R call(MethodDescriptor<Q, R> method, Message request) {
        CallOptions deadline = options.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return ClientCalls.blockingUnaryCall(calls, method, deadline, (Q) request);
    }

    static Answer answer(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        Optional<Duration> delay = retryDelay(failure);
        String text = "gRPC " + status.getCode()
                + (status.getDescription() == null ? "" : ": " + Texts.cut(status.getDescription()));
        return switch (status.getCode()) {
            case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS ->
                Answer.NotNow.of(text, delay);
            case RESOURCE_EXHAUSTED ->
                delay.isPresent()
                        ? Answer.NotNow.of(text, delay)
                        : SIZE.matcher(text).find() ? new Answer.TooLarge(text) : new Answer.Refused(text, false);
            case UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED -> new Answer.Denied(text);
            default -> new Answer.Refused(text, status.getCode() == Status.Code.INVALID_ARGUMENT);
        };
    }

    private static Optional<Duration> retryDelay(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(RetryInfo.class))
                .findFirst()
                .map(detail -> {
                    try {
                        return detail.unpack(RetryInfo.class).getRetryDelay();
                    } catch (InvalidProtocolBufferException unreadable) {
                        return com.google.protobuf.Duration.getDefaultInstance();
                    }
                })
                .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
