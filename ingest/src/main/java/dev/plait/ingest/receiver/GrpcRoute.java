package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One signal's {@code Export} over gRPC: one message in, one out. Source: "gRPC over HTTP2",
 * where a message is a flag (compressed or not), four bytes of length, and content.
 */
final class GrpcRoute implements HttpService {
    private static final String CONTENT_TYPE = "application/grpc";
    private static final int PREFIX_BYTES = 5;

    private final OtlpSignal signal;
    private final Reception reception;

    GrpcRoute(OtlpSignal signal, Reception reception) {
        this.signal = signal;
        this.reception = reception;
    }

    static boolean isGrpc(RequestHeaders headers) {
        String type = headers.get("content-type", "");
        return type.equals(CONTENT_TYPE)
                || type.startsWith(CONTENT_TYPE + "+proto")
                || type.startsWith(CONTENT_TYPE + ";");
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!isGrpc(request.headers()) || !context.sessionProtocol().isMultiplex()) {
            request.abort();
            return HttpResponse.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        return HttpResponse.of(reception
                .receive(context, request, signal, PREFIX_BYTES, this::reader)
                .thenApply(GrpcRoute::response));
    }

    @Override
    public ServiceOptions options() {
        return UnreadBody.LATE_RESET;
    }

    private Reception.BodyReader reader(RequestHeaders headers) {
        String name = headers.get("grpc-encoding", "");
        return body -> {
            if (body.length < PREFIX_BYTES
                    || lengthIn(body) != body.length - PREFIX_BYTES
                    || body[0] < 0
                    || body[0] > 1) {
                throw new Refusal(Kind.MALFORMED, "Malformed: not one gRPC message");
            }
            Encoding encoding = body[0] == 0 ? Encoding.IDENTITY : Encoding.of(name);
            return new Payload(signal, body, PREFIX_BYTES, encoding, false);
        };
    }

    private static long lengthIn(byte[] body) {
        long length = 0;
        for (int i = 1; i < PREFIX_BYTES; i++) {
            length = length << 8 | body[i] & 0xff;
        }
        return length;
    }

    /** With the status in trailers after the message, or at once when there is no message. */
    static HttpResponse response(Answer answer) {
        if (answer.kind() == Kind.ACCEPTED) {
            HttpHeaders trailers = HttpHeaders.of("grpc-status", "0");
            byte[] message = ExportResponse.protobuf(answer);
            byte[] framed = ByteBuffer.allocate(PREFIX_BYTES + message.length)
                    .put((byte) 0)
                    .putInt(message.length)
                    .put(message)
                    .array();
            return HttpResponse.of(headers(HttpHeaders.of()), HttpData.wrap(framed), trailers);
        }
        HttpHeadersBuilder status = HttpHeaders.builder()
                .addInt("grpc-status", answer.kind().grpcStatus())
                .add("grpc-message", percentEncoded(answer.message()))
                .add("grpc-status-details-bin", StatusMessage.base64(answer));
        // "Trailers-Only": gRPC's Go client takes headers that do not end the stream for a broken server
        return HttpResponse.of(
                headers(status.build()).toBuilder().endOfStream(true).build());
    }

    /** Printable ASCII but the percent sign stays as it is. Source: "gRPC over HTTP2", Percent-Encoded. */
    private static String percentEncoded(String message) {
        StringBuilder out = new StringBuilder(message.length());
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b));
            }
        }
        return out.toString();
    }

    private static ResponseHeaders headers(HttpHeaders more) {
        return ResponseHeaders.builder(HttpStatus.OK)
                .add("content-type", CONTENT_TYPE)
                .add("grpc-accept-encoding", Encoding.ACCEPTED)
                .add(more)
                .build();
    }
}
