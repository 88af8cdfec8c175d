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
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.List;
import java.util.Set;

/**
 * Prometheus remote write, versions 1.0 and 2.0. Senders repeat what is answered with 5xx and, unless told otherwise, nothing else.
 * So what would be 429 or 408 is 503 here; bad data is 400, also where the good series of the request were written, of which the
 * answer has the counts. Source: Prometheus remote write specifications 1.0 and 2.0, "Invalid Samples", "Partial Write".
 */
final class RemoteWriteRoute implements HttpService {
    static final String PATH = "/api/v1/write";

    private static final Set<String> MESSAGES = Set.of("prometheus.WriteRequest", "io.prometheus.write.v2.Request");

    private final Reception reception;

    RemoteWriteRoute(Reception reception) {
        this.reception = reception;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return AnswerHeaders.methodNotAllowed(request, HttpMethod.POST);
        }
        return HttpResponse.of(reception
                .receive(context, request, ForeignFormat.PROMETHEUS, 0, RemoteWriteRoute::reader)
                .thenApply(RemoteWriteRoute::response));
    }

    /** Senders of the first version do not always have the headers, and what they would say is all there is. */
    private static Reception.BodyReader reader(RequestHeaders headers) {
        MediaType type = headers.contentType();
        boolean known =
                type == null && headers.get(HttpHeaderNames.CONTENT_TYPE, "").isEmpty()
                        || HttpRoute.isProtobuf(headers)
                                && MESSAGES.containsAll(type.parameters().getOrDefault("proto", List.of()));
        if (!known) {
            throw new Refusal(
                    Kind.UNSUPPORTED,
                    "content type is not application/x-protobuf of one of " + String.join(", ", MESSAGES));
        }
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "snappy");
        if (!encoding.equals("snappy")) {
            throw new Refusal(Kind.UNSUPPORTED, "content encoding is not snappy");
        }
        return body -> new Payload(ForeignFormat.PROMETHEUS, body, 0, Encoding.SNAPPY, false);
    }

    private static HttpResponse response(Answer answer) {
        HttpStatus status = HttpStatus.valueOf(answer.kind().httpStatus());
        if (answer.kind() == Kind.BUSY || answer.kind() == Kind.SLOW) {
            status = HttpStatus.SERVICE_UNAVAILABLE;
        } else if (answer.kind() == Kind.ACCEPTED) {
            status = answer.refusedItems() == 0 ? HttpStatus.NO_CONTENT : HttpStatus.BAD_REQUEST;
        }
        ResponseHeadersBuilder headers = AnswerHeaders.of(status, answer)
                .setLong(
                        "x-prometheus-remote-write-samples-written",
                        answer.samples().samples())
                .setLong(
                        "x-prometheus-remote-write-histograms-written",
                        answer.samples().histograms())
                .setLong(
                        "x-prometheus-remote-write-exemplars-written",
                        answer.samples().exemplars());
        return status.equals(HttpStatus.NO_CONTENT)
                ? HttpResponse.of(headers.build())
                : HttpResponse.of(
                        headers.contentType(MediaType.PLAIN_TEXT_UTF_8).build(),
                        HttpData.ofUtf8(answer.message() + "\n"));
    }
}
