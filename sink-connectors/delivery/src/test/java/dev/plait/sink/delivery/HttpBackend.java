package dev.plait.sink.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A real HTTP server that answers as it is told, request by request, and remembers the bodies it said yes to. What is taken of a
 * body is the backend's own business: {@code judge} says with which status it answers when no fault is in line.
 */
public final class HttpBackend implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<byte[]> accepted = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Function<byte[], Integer> judge;
    private volatile Fault always = Fault.NONE;

    /** What goes wrong with a request. */
    public record Fault(Kind kind, int status, String retryAfter) {
        public static final Fault NONE = new Fault(Kind.NONE, 0, "");
        public static final Fault HANG = new Fault(Kind.HANG, 0, "");
        public static final Fault HALF = new Fault(Kind.HALF, 0, "");
        public static final Fault ENDLESS = new Fault(Kind.ENDLESS, 0, "");

        enum Kind {
            NONE,
            STATUS,
            HANG,
            HALF,
            ENDLESS
        }

        public static Fault status(int status) {
            return new Fault(Kind.STATUS, status, "");
        }

        public static Fault status(int status, String retryAfter) {
            return new Fault(Kind.STATUS, status, retryAfter);
        }
    }

    public HttpBackend(Function<byte[], Integer> judge) throws IOException {
        this(judge, 0);
    }

    /** Listens on {@code port}; 0: any. */
    public HttpBackend(Function<byte[], Integer> judge, int port) throws IOException {
        this.judge = judge;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Meets the next request; faults are in line. */
    public void next(Fault fault) {
        faults.add(fault);
    }

    /** Meets every request that no other fault meets. */
    public void always(Fault fault) {
        always = fault;
    }

    public List<byte[]> accepted() {
        return accepted;
    }

    public List<String> paths() {
        return paths;
    }

    public List<String> authorizations() {
        return authorizations;
    }

    /** How many faults have not met a request yet. */
    public int faultsLeft() {
        return faults.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            paths.add(exchange.getRequestURI().getPath());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Fault next = faults.poll();
            Fault fault = next == null ? always : next;
            switch (fault.kind()) {
                case STATUS -> refuse(exchange, fault);
                case HANG -> closed.await();
                case HALF -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    closed.await();
                }
                case ENDLESS -> endless(exchange);
                case NONE -> {
                    int status = judge.apply(body);
                    if (status < 300) {
                        accepted.add(body);
                    }
                    exchange.sendResponseHeaders(status, -1);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange, Fault fault) throws IOException {
        if (!fault.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
        }
        byte[] text = "not today\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(fault.status(), text.length);
        exchange.getResponseBody().write(text);
    }

    /** A success whose body does not end: until the client goes. */
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(503, 0);
        byte[] noise = new byte[8_192];
        while (true) {
            exchange.getResponseBody().write(noise);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
