package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;

/** Whatever else is asked for: UNIMPLEMENTED to who speaks gRPC, 404 to all others. */
final class UnknownRoute implements HttpService {
    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        request.abort();
        return GrpcRoute.isGrpc(request.headers())
                ? GrpcRoute.response(new Answer(Kind.UNSUPPORTED, "no such service here"))
                : HttpResponse.of(HttpStatus.NOT_FOUND);
    }

    @Override
    public ServiceOptions options() {
        return UnreadBody.LATE_RESET;
    }
}
