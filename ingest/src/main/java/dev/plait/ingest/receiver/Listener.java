package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One open port for HTTP/1.1 and HTTP/2, with and without upgrade, and so for gRPC. */
final class Listener {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_INITIAL_LINE_BYTES = 4 * 1024;
    private static final int MAX_STREAMS = 128;
    private static final Duration CLOSE_QUIET = Duration.ofMillis(50);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(6);

    /** After everything else should have answered. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Server server;

    private Listener(Server server) {
        this.server = server;
    }

    /** @throws IOException when the port is taken or TLS cannot be set up; the message says which */
    static Listener start(
            InetSocketAddress address, Map<String, HttpService> routes, ReceiverLimits limits, ReceiverAccess access)
            throws IOException {
        ServerBuilder builder = Server.builder();
        limit(builder, limits);
        listen(builder, address, access);
        routes.forEach(builder::service);
        builder.serviceUnder("/", new UnknownRoute());
        builder.decorator(UnreadBody::serve);
        builder.childChannelPipelineCustomizer(FirstRequest.within(limits.requestTime()))
                .decorator(FirstRequest::serve);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException failed) {
            server.close();
            throw problem(address, failed.getCause());
        }
        return new Listener(server);
    }

    private static void limit(ServerBuilder builder, ReceiverLimits limits) {
        builder.maxNumConnections(limits.connections())
                .idleTimeout(limits.idleTime())
                .requestTimeout(limits.requestTime().plus(limits.ackTime()).plus(GRACE))
                .maxRequestLength(0) // the body's collector counts, and answers in the protocol's words
                .http1MaxHeaderSize(MAX_HEADER_BYTES)
                .http1MaxInitialLineLength(MAX_INITIAL_LINE_BYTES)
                .http2MaxHeaderListSize(MAX_HEADER_BYTES)
                .http2MaxStreamsPerConnection(MAX_STREAMS)
                .gracefulShutdownTimeout(CLOSE_QUIET, CLOSE_PATIENCE)
                .childChannelOption(ChannelOption.SO_KEEPALIVE, true) // a stream's peer may be gone without a word
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
            throw tls.unusable(unusable);
        }
    }

    /** Why a port does not open, in one line. */
    static IOException problem(InetSocketAddress address, Throwable cause) {
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
