package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What answers over HTTP have in common. */
final class AnswerHeaders {
    private AnswerHeaders() {}

    /** When to come again, and what would be let in. */
    static ResponseHeadersBuilder of(HttpStatus status, Answer answer) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status);
        if (!answer.retryAfter().isZero()) {
            headers.setLong(HttpHeaderNames.RETRY_AFTER, answer.retryAfterSeconds());
        }
        if (answer.kind() == Kind.UNAUTHENTICATED) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (answer.kind() == Kind.UNSUPPORTED) {
            headers.set(HttpHeaderNames.ACCEPT_ENCODING, Encoding.ACCEPTED);
        }
        return headers;
    }

    static HttpResponse methodNotAllowed(HttpRequest request, HttpMethod... allowed) {
        request.abort();
        String methods = Arrays.stream(allowed).map(HttpMethod::name).collect(Collectors.joining(", "));
        return HttpResponse.of(ResponseHeaders.of(HttpStatus.METHOD_NOT_ALLOWED, HttpHeaderNames.ALLOW, methods));
    }
}
