package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;

/**
 * Zipkin's collector, version 2: POST of a list of spans, JSON or protobuf, which is answered with 202. What a body is of is told
 * by its bytes; the content type matters only where a list must be cut. Source: openzipkin/zipkin-api, zipkin2-api.yaml.
 */
final class ZipkinRoute implements HttpService {
    static final String PATH = "/api/v2/spans";
    static final String V1_PATH = "/api/v1/spans";

    /** Thrift and JSON of old libraries. */
    static final HttpService V1 = (context, request) -> {
        request.abort();
        return TextAnswer.of(
                HttpStatus.ACCEPTED,
                new Answer(Kind.UNSUPPORTED, "Zipkin v1 is not received; send version 2 to " + PATH));
    };

    private final Reception reception;

    ZipkinRoute(Reception reception) {
        this.reception = reception;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return AnswerHeaders.methodNotAllowed(request, HttpMethod.POST);
        }
        return HttpResponse.of(reception
                .receive(context, request, ForeignFormat.ZIPKIN, 0, ZipkinRoute::reader)
                .thenApply(answer -> TextAnswer.of(HttpStatus.ACCEPTED, answer)));
    }

    private static Reception.BodyReader reader(RequestHeaders headers) {
        Encoding encoding = Encoding.of(headers.get(HttpHeaderNames.CONTENT_ENCODING, ""));
        boolean json = !HttpRoute.isProtobuf(headers);
        return body -> new Payload(ForeignFormat.ZIPKIN, body, 0, encoding, json);
    }
}
