package dev.plait.sink.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** An OTLP receiver over HTTP on a port of loopback, with OTLP's own classes for what comes and goes. */
final class HttpBackend implements AutoCloseable {
    private final OtlpBackend backend = new OtlpBackend();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Message.Builder> requests = Map.of(
            "/v1/traces", ExportTraceServiceRequest.newBuilder(),
            "/v1/logs", ExportLogsServiceRequest.newBuilder(),
            "/v1/metrics", ExportMetricsServiceRequest.newBuilder());
    private final String prefix;

    HttpBackend() throws IOException {
        this("");
    }

    /** @param prefix what stands before the paths of OTLP */
    HttpBackend(String prefix) throws IOException {
        this.prefix = prefix;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    OtlpBackend backend() {
        return backend;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + prefix;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            backend.headers(headers);
            String path = exchange.getRequestURI().getPath();
            Message.Builder kind = path.startsWith(prefix) ? requests.get(path.substring(prefix.length())) : null;
            if (kind == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            boolean json = "application/json".equals(headers.get("content-type"));
            byte[] body = body(exchange, "gzip".equals(headers.get("content-encoding")));
            Message.Builder builder = kind.build().newBuilderForType();
            Message request = json
                    ? JsonToProto.read(body, builder)
                    : builder.mergeFrom(body).build();
            answer(exchange, request, json, backend.next(request));
        }
    }

    private void answer(HttpExchange exchange, Message request, boolean json, Optional<Fault> fault)
            throws IOException {
        if (fault.isEmpty()) {
            send(exchange, OtlpBackend.answer(request, 0, ""), json);
            return;
        }
        Fault how = fault.get();
        if (how instanceof Fault.Http http) {
            http.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] text = "refused by the test".getBytes(UTF_8);
            exchange.sendResponseHeaders(http.status(), text.length);
            exchange.getResponseBody().write(text);
        } else if (how instanceof Fault.Partial partial) {
            send(exchange, OtlpBackend.answer(request, partial.rejected(), partial.message()), json);
        } else if (how instanceof Fault.Hang) {
            backend.awaitClosed();
        } else if (how instanceof Fault.HalfAnswer) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        } else if (how instanceof Fault.HugeAnswer huge) {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[64 << 10];
            for (long sent = 0; sent < huge.bytes(); sent += piece.length) {
                exchange.getResponseBody().write(piece);
            }
        } else {
            throw new IllegalStateException("HTTP has no " + how);
        }
    }

    private static void send(HttpExchange exchange, Message answer, boolean json) throws IOException {
        byte[] body = json ? OtlpJson.of(answer) : answer.toByteArray();
        exchange.getResponseHeaders().set("Content-Type", json ? "application/json" : "application/x-protobuf");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] body(HttpExchange exchange, boolean gzip) throws IOException {
        try (InputStream in = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        backend.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
