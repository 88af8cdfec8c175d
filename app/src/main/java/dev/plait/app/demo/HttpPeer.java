package dev.plait.app.demo;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;

/** Another service as a service calls it: the CLIENT span, the context in the headers, the time on the wire. */
record HttpPeer(Telemetry telemetry, String host, Server server) {
    Response call(String method, String path) {
        return call(method, path, 0);
    }

    /** @param resend how often the request was already sent */
    Response call(String method, String path, int resend) {
        Span span = telemetry
                .tracer()
                .spanBuilder(method)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", method)
                .setAttribute("url.full", "http://" + host + ":8080" + path)
                .setAttribute("server.address", host)
                .setAttribute("server.port", 8080)
                .startSpan();
        if (resend > 0) {
            span.setAttribute("http.request.resend_count", resend);
        }
        return Telemetry.within(span, () -> {
            Headers headers = new Headers().put("host", host);
            telemetry.inject(headers);
            Latency.WIRE.pass();
            Response response = server.handle(new Request(method, host, path, headers));
            Latency.WIRE.pass();
            span.setAttribute("http.response.status_code", response.status());
            if (response.status() >= 400) {
                span.setAttribute("error.type", Integer.toString(response.status()));
                span.setStatus(StatusCode.ERROR);
            }
            return response;
        });
    }
}
