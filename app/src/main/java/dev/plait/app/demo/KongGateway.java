package dev.plait.app.demo;

import dev.plait.schemas.topic.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The gateway hop with what Kong's plugins leave behind: the spans of its OpenTelemetry plugin (numbers as doubles, no status
 * on the root) and, after the response, a line of its log serializer. Every {@value #UNTRACED_EACH}th log line has no trace
 * ID, as when the tracing plugin is not on the route, and meets its trace by the request ID alone.
 */
final class KongGateway implements Server {
    private static final int UNTRACED_EACH = 5;
    private static final Latency ROUTING = Latency.ofMillis(0.3, 3);

    private final Telemetry telemetry;
    private final Server upstream;
    private final TopicWriter topics;
    private final AtomicLong served = new AtomicLong();

    KongGateway(Telemetry telemetry, Server upstream, TopicWriter topics) {
        this.telemetry = telemetry;
        this.upstream = upstream;
        this.topics = topics;
    }

    @Override
    public Response handle(Request request) {
        boolean traceLogged = served.incrementAndGet() % UNTRACED_EACH != 0;
        KongExchange exchange = new KongExchange(
                request,
                hexOf(UUID.randomUUID()),
                UUID.randomUUID().toString(),
                clientIp(),
                System.currentTimeMillis());
        Span root = startRoot(exchange);
        Telemetry.within(root, () -> {
            ROUTING.pass();
            if (KongRoute.of(request).isPresent()) {
                proxy(exchange, traceLogged);
            } else {
                exchange.answered(new Response(404, 48));
            }
            root.setAttribute("http.status_code", exchange.response().status());
        });
        exchange.finished();
        Optional<String> traceId =
                traceLogged ? Optional.of(root.getSpanContext().getTraceId()) : Optional.empty();
        topics.write(Topics.KONG_LOGS, KongLogLine.write(exchange, traceId));
        return exchange.response();
    }

    private Span startRoot(KongExchange exchange) {
        Request request = exchange.request();
        String route = KongRoute.of(request).map(KongRoute::path).orElse("");
        return telemetry
                .tracer()
                .spanBuilder("kong")
                .setParent(telemetry.extract(request.headers()))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.method", request.method())
                .setAttribute("http.url", "http://" + request.host() + request.path())
                .setAttribute("http.host", request.host())
                .setAttribute("http.scheme", "http")
                .setAttribute("http.flavor", "1.1")
                .setAttribute("http.client_ip", exchange.clientIp())
                .setAttribute("net.peer.ip", exchange.clientIp())
                .setAttribute("kong.request.id", exchange.requestId())
                .setAttribute("http.route", route)
                .startSpan();
    }

    private void proxy(KongExchange exchange, boolean traced) {
        Span balancer = telemetry
                .tracer()
                .spanBuilder("kong.balancer")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("try_count", 1.0)
                .setAttribute("net.peer.ip", KongExchange.UPSTREAM_IP)
                .setAttribute("net.peer.port", (double) KongExchange.UPSTREAM_PORT)
                .setAttribute("net.peer.name", "checkout.shop.svc")
                .startSpan();
        Telemetry.within(balancer, () -> {
            Headers headers = exchange.request().headers().copy();
            headers.put("host", "checkout.shop.svc");
            headers.put("x-forwarded-for", exchange.clientIp());
            headers.put("x-kong-request-id", exchange.requestId());
            headers.put("x-request-id", exchange.correlationId());
            telemetry.inject(headers);
            if (traced) {
                headers.put("x-b3-traceid", balancer.getSpanContext().getTraceId());
                headers.put("x-b3-spanid", balancer.getSpanContext().getSpanId());
            }
            exchange.proxied();
            exchange.answered(upstream.handle(new Request(
                    exchange.request().method(),
                    "checkout.shop.svc",
                    exchange.request().path(),
                    headers)));
            if (exchange.response().isServerError()) {
                balancer.setAttribute("http.status_code", exchange.response().status());
                balancer.setStatus(StatusCode.ERROR);
            }
        });
    }

    private static String hexOf(UUID id) {
        return id.toString().replace("-", "");
    }

    private static String clientIp() {
        return "203.0.113." + ThreadLocalRandom.current().nextInt(1, 255);
    }
}
