package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An open TCP port for access logs, one a line: Kong's tcp-log plugin, Kuma's Tcp backend. Plain text or TLS; there is no token in
 * such a protocol, and no acknowledgement.
 */
final class LineListener {
    private static final int READ_BYTES = 32 * 1024;

    private final Intake intake;
    private final LineIntake lines;
    private final Optional<SslContext> tls;
    private final Map<Channel, LineConnection> connections = new ConcurrentHashMap<>();
    private Channel server;

    private LineListener(Intake intake, Optional<SslContext> tls) {
        this.intake = intake;
        this.lines = new LineIntake(intake);
        this.tls = tls;
    }

    /** @throws IOException when the port is taken or TLS cannot be set up; the message says which */
    static LineListener start(InetSocketAddress address, Intake intake, ReceiverAccess access) throws IOException {
        LineListener listener = new LineListener(intake, tls(access));
        listener.open(address);
        return listener;
    }

    private static Optional<SslContext> tls(ReceiverAccess access) throws IOException {
        if (access.tls().isEmpty()) {
            return Optional.empty();
        }
        ReceiverAccess.Tls files = access.tls().get();
        try {
            return Optional.of(SslContextBuilder.forServer(
                            files.certificates().toFile(), files.key().toFile())
                    .build());
        } catch (IllegalArgumentException unusable) {
            throw files.unusable(unusable);
        }
    }

    private void open(InetSocketAddress address) throws IOException {
        EventLoopGroup threads = CommonPools.workerGroup();
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(TransportType.serverChannelType(threads))
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw Listener.problem(address, bound.cause());
        }
        server = bound.channel();
    }

    private void accept(Channel channel) {
        try {
            if (connections.size() >= intake.limits().connections()) {
                throw new Refusal(Answer.Kind.BUSY, "too many connections");
            }
            LineConnection connection = new LineConnection(lines);
            connections.put(channel, connection);
            var unused = connection.ended().thenRun(() -> connections.remove(channel));
            tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
            channel.pipeline().addLast(connection);
        } catch (Refusal full) {
            intake.metrics().connectionRefused();
            var unused = channel.close();
        }
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Closes the port and its connections; the future is done when all is delivered that was read. */
    CompletableFuture<?> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        server.close().addListener(done -> closed.complete(null));
        return closed.thenCompose(done -> {
            connections.keySet().forEach(channel -> {
                var unused = channel.close();
            });
            return CompletableFuture.allOf(
                    connections.values().stream().map(LineConnection::ended).toArray(CompletableFuture[]::new));
        });
    }
}
