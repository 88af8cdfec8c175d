package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;

/** What a service listens with: the SERVER span and the duration metric around what it does (HTTP semantic conventions). */
record HttpService(Telemetry telemetry, Server handler) implements Server {
    @Override
    public Response handle(Request request) {
        String route = route(request);
        Span span = telemetry
                .tracer()
                .spanBuilder(request.method() + " " + route)
                .setParent(telemetry.extract(request.headers()))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.method())
                .setAttribute("http.route", route)
                .setAttribute("url.path", request.path())
                .setAttribute("url.scheme", "http")
                .setAttribute("server.address", request.host())
                .startSpan();
        long startNanos = System.nanoTime();
        return Telemetry.within(span, () -> {
            Response response = handler.handle(request);
            describe(span, response);
            telemetry.recordDuration(System.nanoTime() - startNanos, labels(request, route, response));
            return response;
        });
    }

    /** The path with its numbers left open. */
    private static String route(Request request) {
        return request.path().replaceAll("/[0-9]+", "/{id}");
    }

    private static void describe(Span span, Response response) {
        span.setAttribute("http.response.status_code", response.status());
        if (response.isServerError()) {
            span.setAttribute("error.type", Integer.toString(response.status()));
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static Attributes labels(Request request, String route, Response response) {
        return Attributes.builder()
                .put("http.request.method", request.method())
                .put("http.route", route)
                .put("http.response.status_code", response.status())
                .build();
    }
}
