package dev.plait.ingest.receiver;

import com.linecorp.armeria.server.HttpService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Network listeners in front of Kafka: OTLP over HTTP and gRPC, Envoy's gRPC access logs, Kong's http-log, Zipkin and Prometheus
 * remote write over HTTP, access logs a line each over TCP. Of access logs over gRPC and TCP nothing is answered, and all is
 * written that was read. A request is answered with success only when Kafka has acknowledged its bytes, which are written as
 * they came, or as frames where {@link FrameTopics} says so. What is nothing of its format is refused; items that are bad are
 * told where the protocol can, and become dead letters. All ports share one bound of memory and one rate. What they do is
 * counted in {@link ReceiverMetrics}. Thread safe.
 */
public final class NetworkReceivers implements AutoCloseable {
    private final Intake intake;
    private final FrameTicks ticks;
    private final ReceiverAccess access;
    private final Routes routes;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<LineListener> lineListeners = new ArrayList<>();

    /**
     * @param topics of what is to be received; the rest is answered as unknown
     * @param frames which of it is written as frames
     * @param writer not closed by this object
     * @param nanoClock as {@link System#nanoTime}: what rates are measured by
     */
    public NetworkReceivers(
            Map<Input, String> topics,
            FrameTopics frames,
            ReceiverLimits limits,
            ReceiverAccess access,
            TopicWriter writer,
            LongSupplier nanoClock) {
        this.intake = new Intake(topics, frames, limits, writer, new RateLimit(limits, nanoClock));
        this.ticks = FrameTicks.start(frames, writer);
        this.access = access;
        this.routes = new Routes(intake, access);
    }

    /**
     * Opens a port for everything that comes over HTTP; gives its number.
     *
     * @throws IOException when it cannot be opened
     */
    public int listenHttp(InetSocketAddress address) throws IOException {
        return listen(address, routes.http());
    }

    /** Opens a port for OTLP/gRPC; gives its number. @throws IOException when it cannot be opened */
    public int listenGrpc(InetSocketAddress address) throws IOException {
        return listen(address, routes.grpc());
    }

    /**
     * Opens a TCP port for access logs of Kong and of the mesh, one a line; gives its number.
     *
     * @throws IOException when it cannot be opened
     */
    public synchronized int listenLines(InetSocketAddress address) throws IOException {
        LineListener listener = LineListener.start(address, intake, access);
        lineListeners.add(listener);
        return listener.port();
    }

    private synchronized int listen(InetSocketAddress address, Map<String, HttpService> services) throws IOException {
        Listener listener = Listener.start(address, services, intake.limits(), access);
        listeners.add(listener);
        return listener.port();
    }

    /** What all requests in flight hold together. */
    public long inFlightBytes() {
        return intake.budget().heldBytes();
    }

    /** Closes the ports; requests in flight are answered first, and what was read of lines is written, for some seconds. */
    @Override
    public synchronized void close() {
        intake.delivery().finish();
        routes.close();
        Stream<CompletableFuture<?>> closing = Stream.concat(
                listeners.stream().map(Listener::close), lineListeners.stream().map(LineListener::close));
        CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).join();
        listeners.clear();
        ticks.close();
        lineListeners.clear();
        intake.close();
    }
}
