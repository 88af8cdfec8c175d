package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;

/** One signal over OTLP/HTTP: POST of protobuf or JSON. Source: OTLP specification, "OTLP/HTTP". */
final class HttpRoute implements HttpService {
    static final MediaType PROTOBUF = MediaType.create("application", "x-protobuf");
    private static final MediaType PLAIN_PROTOBUF = MediaType.create("application", "protobuf");
    /** Without a character set, so that one may be given. */
    private static final MediaType JSON = MediaType.create("application", "json");

    private final OtlpSignal signal;
    private final Reception reception;

    HttpRoute(OtlpSignal signal, Reception reception) {
        this.signal = signal;
        this.reception = reception;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return AnswerHeaders.methodNotAllowed(request, HttpMethod.POST);
        }
        // who sends neither can read text, if anything
        boolean json = !isProtobuf(request.headers());
        return HttpResponse.of(reception
                .receive(context, request, signal, 0, this::reader)
                .thenApply(answer -> response(answer, json)));
    }

    @Override
    public ServiceOptions options() {
        return UnreadBody.LATE_RESET;
    }

    private Reception.BodyReader reader(RequestHeaders headers) {
        boolean json = isJson(headers);
        if (!json && !isProtobuf(headers)) {
            throw new Refusal(Kind.UNSUPPORTED, "content type is neither application/x-protobuf nor application/json");
        }
        Encoding encoding = Encoding.of(headers.get(HttpHeaderNames.CONTENT_ENCODING, ""));
        return body -> new Payload(signal, body, 0, encoding, json);
    }

    private static boolean isJson(RequestHeaders headers) {
        MediaType type = headers.contentType();
        return type != null && type.is(JSON);
    }

    static boolean isProtobuf(RequestHeaders headers) {
        MediaType type = headers.contentType();
        return type != null && (type.is(PROTOBUF) || type.is(PLAIN_PROTOBUF));
    }

    private HttpResponse response(Answer answer, boolean json) {
        HttpStatus status = HttpStatus.valueOf(answer.kind().httpStatus());
        ResponseHeadersBuilder headers = AnswerHeaders.of(status, answer).contentType(json ? JSON : PROTOBUF);
        return HttpResponse.of(headers.build(), HttpData.wrap(content(answer, json)));
    }

    private byte[] content(Answer answer, boolean json) {
        if (answer.kind() == Kind.ACCEPTED) {
            return json ? ExportResponse.json(signal, answer) : ExportResponse.protobuf(answer);
        }
        return json ? StatusMessage.json(answer) : StatusMessage.protobuf(answer);
    }
}
