package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;

/**
 * Kong's http-log plugin: one log, an array of them (a batched queue), or one a line. The content type is a setting of the
 * plugin and says nothing. Kong sends again until it hears a status below 300, or gives up after its queue's
 * {@code max_retry_time}. Source: Kong/kong, kong/plugins/http-log/handler.lua.
 */
final class KongRoute implements HttpService {
    static final String PATH = "/kong/logs";

    private static final HttpMethod[] METHODS = {HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH};
    private static final Set<HttpMethod> ALLOWED = Set.of(METHODS);

    private final Reception reception;

    KongRoute(Reception reception) {
        this.reception = reception;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!ALLOWED.contains(request.method())) {
            return AnswerHeaders.methodNotAllowed(request, METHODS);
        }
        return HttpResponse.of(reception
                .receive(context, request, ForeignFormat.KONG, 0, KongRoute::reader)
                .thenApply(answer -> TextAnswer.of(HttpStatus.OK, answer)));
    }

    private static Reception.BodyReader reader(RequestHeaders headers) {
        Encoding encoding = Encoding.of(headers.get(HttpHeaderNames.CONTENT_ENCODING, ""));
        return body -> new Payload(ForeignFormat.KONG, body, 0, encoding, true);
    }
}
