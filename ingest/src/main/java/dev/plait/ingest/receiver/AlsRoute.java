package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Envoy's gRPC access log service: streams that go on for as long as a proxy lives and are answered, with nothing, when they end.
 * Source: envoy service/accesslog/v3/als.proto.
 */
final class AlsRoute implements HttpService {
    static final String PATH = "/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs";

    private final Intake intake;
    private final BearerToken token;
    private final Set<AlsStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    AlsRoute(Intake intake, BearerToken token) {
        this.intake = intake;
        this.token = token;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!GrpcRoute.isGrpc(request.headers()) || !context.sessionProtocol().isMultiplex()) {
            request.abort();
            return HttpResponse.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        try {
            token.check(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""));
            if (closing) {
                throw new Refusal(Kind.UNAVAILABLE, "closing");
            }
            context.clearRequestTimeout();
            String encoding = request.headers().get("grpc-encoding", "");
            AlsStream stream = new AlsStream(intake, context.eventLoop(), encoding);
            streams.add(stream);
            request.subscribe(stream, context.eventLoop());
            return HttpResponse.of(stream.ended().thenApply(answer -> {
                streams.remove(stream);
                return GrpcRoute.response(answer);
            }));
        } catch (Refusal refusal) {
            request.abort();
            return GrpcRoute.response(refusal.answer());
        }
    }

    /** Ends all streams when what was read of them is written. */
    void close() {
        closing = true;
        streams.forEach(AlsStream::close);
    }
}
