package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.cors.CorsServiceBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One open port for OTLP, over HTTP or over gRPC; HTTP/1.1 and HTTP/2, with and without upgrade. Web pages of other
 * origins are let in over HTTP where they are configured.
 */
final class OtlpListener {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_INITIAL_LINE_BYTES = 4 * 1024;
    private static final int MAX_STREAMS = 128;
    private static final Duration CLOSE_QUIET = Duration.ofMillis(50);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(6);

    private static final String ANY_ORIGIN = "*";
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(2);

    /** After everything else should have answered. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Server server;

    private OtlpListener(Server server) {
        this.server = server;
    }

    /** What is spoken on a port. */
    enum Protocol {
        HTTP,
        GRPC
    }

    /** @throws IOException when the port is taken or TLS cannot be set up; the message says which */
    static OtlpListener start(InetSocketAddress address, Protocol protocol, Intake intake, ReceiverAccess access)
            throws IOException {
        ServerBuilder builder = Server.builder();
        limit(builder, intake.limits());
        listen(builder, address, access);
        Reception reception = new Reception(intake, new BearerToken(access.bearerToken()));
        for (OtlpSignal signal : intake.topics().keySet()) {
            HttpService service =
                    protocol == Protocol.HTTP ? new HttpRoute(signal, reception) : new GrpcRoute(signal, reception);
            String path = protocol == Protocol.HTTP ? signal.httpPath() : signal.grpcPath();
            builder.service(path, protocol == Protocol.HTTP ? crossOrigin(service, access.corsOrigins()) : service);
        }
        builder.serviceUnder("/", new UnknownRoute());
        builder.decorator(UnreadBody::serve);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException failed) {
            server.close();
            throw problem(address, failed.getCause());
        }
        return new OtlpListener(server);
    }

    /** What browsers need to hear before and after they send. Without credentials, whoever is let in. */
    private static HttpService crossOrigin(HttpService service, List<String> origins) {
        if (origins.isEmpty()) {
            return service;
        }
        CorsServiceBuilder cors =
                origins.contains(ANY_ORIGIN) ? CorsService.builderForAnyOrigin() : CorsService.builder(origins);
        return cors.allowRequestMethods(HttpMethod.POST)
                .allowRequestHeaders("content-type", "content-encoding", "authorization")
                .exposeHeaders("retry-after")
                .maxAge(PREFLIGHT_KEPT)
                .build(service);
    }

    private static void limit(ServerBuilder builder, ReceiverLimits limits) {
        builder.maxNumConnections(limits.connections())
                .idleTimeout(limits.idleTime())
                .requestTimeout(limits.requestTime().plus(limits.ackTime()).plus(GRACE))
                .maxRequestLength(0) // the body's collector counts, and answers in OTLP's words
                .http1MaxHeaderSize(MAX_HEADER_BYTES)
                .http1MaxInitialLineLength(MAX_INITIAL_LINE_BYTES)
                .http2MaxHeaderListSize(MAX_HEADER_BYTES)
                .http2MaxStreamsPerConnection(MAX_STREAMS)
                .gracefulShutdownTimeout(CLOSE_QUIET, CLOSE_PATIENCE)
                .disableServerHeader()
                .disableDateHeader();
    }

    private static void listen(ServerBuilder builder, InetSocketAddress address, ReceiverAccess access)
            throws IOException {
        if (access.tls().isEmpty()) {
            builder.port(address, SessionProtocol.HTTP);
            return;
        }
        ReceiverAccess.Tls tls = access.tls().get();
        try {
            TlsKeyPair pair =
                    TlsKeyPair.of(tls.key().toFile(), tls.certificates().toFile());
            builder.port(address, SessionProtocol.HTTPS).tls(pair);
        } catch (IllegalArgumentException unusable) {
            throw new IOException(
                    tls.certificates() + " and " + tls.key() + " are not a certificate and its key in PEM", unusable);
        }
    }

    private static IOException problem(InetSocketAddress address, Throwable cause) {
        String where = address.getHostString() + ":" + address.getPort();
        String why = String.valueOf(cause.getMessage());
        if (cause instanceof IOException) {
            // the transports have different exceptions, with the system's words in them
            boolean taken = why.contains("Address already in use");
            return new BindException(
                    where + (taken ? " is taken by another process" : " cannot be listened on: " + why));
        }
        return new IOException(where + ": the receiver did not start: " + why, cause);
    }

    int port() {
        return server.activeLocalPort();
    }

    /** Takes no more connections, lets requests in flight end; the future is done when they have. */
    CompletableFuture<?> close() {
        return server.closeAsync();
    }
}
