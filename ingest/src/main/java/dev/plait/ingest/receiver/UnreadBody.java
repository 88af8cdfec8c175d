package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLogAccess;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;
import com.linecorp.armeria.server.ServiceRequestContext;

/**
 * Answers that do not wait for the end of a request's body. What is still sent of it is thrown away for two or three seconds,
 * in which the client can read the answer; then the connection (HTTP/1) or the stream (HTTP/2) ends. Without that end, whoever sends a
 * byte now and then would hold a connection for good.
 */
final class UnreadBody {
    /** gRPC's C core takes a stream that is reset at once for cancelled, whatever status came before. */
    static final ServiceOptions LATE_RESET =
            ServiceOptions.builder().closeHttp2StreamDelayMillis(2_000).build();

    private UnreadBody() {}

    /** A decorator of services. HTTP/1 has no streams: its connection is what ends, some seconds after the answer says so. */
    static HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        HttpResponse response = service.serve(context, request);
        return context.sessionProtocol().isMultiplex()
                ? response
                : response.mapHeaders(headers -> isWhole(context.log()) ? headers : closing(headers));
    }

    private static boolean isWhole(RequestLogAccess log) {
        return log.isAvailable(RequestLogProperty.REQUEST_END_TIME)
                && log.partial().requestCause() == null;
    }

    private static ResponseHeaders closing(ResponseHeaders headers) {
        return headers.toBuilder().set(HttpHeaderNames.CONNECTION, "close").build();
    }
}
