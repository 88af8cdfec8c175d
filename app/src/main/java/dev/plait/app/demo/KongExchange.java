package dev.plait.app.demo;

/** One request as the gateway saw it: what its log line is made of. One thread. */
final class KongExchange {
    static final String UPSTREAM_IP = "10.42.1.9";
    static final int UPSTREAM_PORT = 8080;

    private final Request request;
    private final String requestId;
    private final String correlationId;
    private final String clientIp;
    private final long startedAtMs;
    private final long startNanos = System.nanoTime();
    private long proxiedNanos;
    private long answeredNanos;
    private long finishedNanos;
    private Response response = new Response(0, 0);

    KongExchange(Request request, String requestId, String correlationId, String clientIp, long startedAtMs) {
        this.request = request;
        this.requestId = requestId;
        this.correlationId = correlationId;
        this.clientIp = clientIp;
        this.startedAtMs = startedAtMs;
    }

    void proxied() {
        proxiedNanos = System.nanoTime();
    }

    void answered(Response given) {
        answeredNanos = System.nanoTime();
        response = given;
    }

    void finished() {
        finishedNanos = System.nanoTime();
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    String requestId() {
        return requestId;
    }

    String correlationId() {
        return correlationId;
    }

    String clientIp() {
        return clientIp;
    }

    long startedAtMs() {
        return startedAtMs;
    }

    boolean wasProxied() {
        return proxiedNanos != 0;
    }

    /** When the upstream was tried, milliseconds since the epoch. */
    long triedAtMs() {
        return startedAtMs + (proxiedNanos - startNanos) / 1_000_000;
    }

    /** Whole milliseconds, as nginx counts them. */
    long requestMs() {
        return (finishedNanos - startNanos) / 1_000_000;
    }

    /** -1 when the request was not proxied. */
    long proxyMs() {
        return wasProxied() ? (answeredNanos - proxiedNanos) / 1_000_000 : -1;
    }

    long kongMs() {
        return requestMs() - Math.max(0, proxyMs());
    }
}
