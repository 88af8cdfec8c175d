package dev.plait.ingest.receiver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * OTLP over HTTP and gRPC in front of Kafka. A request is answered with success only when Kafka has acknowledged its bytes,
 * which are written as they came, or as frames where {@link FrameTopics} says so. What is no request is refused; items that are bad are told as OTLP's partial success, and
 * become dead letters downstream. All ports share one bound of memory and one rate. What they do is counted in
 * {@link ReceiverMetrics}. Thread safe.
 */
public final class OtlpReceivers implements AutoCloseable {
    private final Intake intake;
    private final FrameTicks ticks;
    private final ReceiverAccess access;
    private final List<OtlpListener> listeners = new ArrayList<>();

    /**
     * @param topics of the signals that are to be received; the others are answered as unknown
     * @param frames which of them are written as frames
     * @param writer not closed by this object
     * @param nanoClock as {@link System#nanoTime}: what rates are measured by
     */
    public OtlpReceivers(
            Map<OtlpSignal, String> topics,
            FrameTopics frames,
            ReceiverLimits limits,
            ReceiverAccess access,
            TopicWriter writer,
            LongSupplier nanoClock) {
        this.intake = new Intake(topics, frames, limits, writer, new RateLimit(limits, nanoClock));
        this.ticks = FrameTicks.start(frames, writer);
        this.access = access;
    }

    /** Opens a port for OTLP/HTTP; gives its number. @throws IOException when it cannot be opened */
    public int listenHttp(InetSocketAddress address) throws IOException {
        return listen(address, OtlpListener.Protocol.HTTP);
    }

    /** Opens a port for OTLP/gRPC; gives its number. @throws IOException when it cannot be opened */
    public int listenGrpc(InetSocketAddress address) throws IOException {
        return listen(address, OtlpListener.Protocol.GRPC);
    }

    private synchronized int listen(InetSocketAddress address, OtlpListener.Protocol protocol) throws IOException {
        OtlpListener listener = OtlpListener.start(address, protocol, intake, access);
        listeners.add(listener);
        return listener.port();
    }

    /** What all requests in flight hold together. */
    public long inFlightBytes() {
        return intake.budget().heldBytes();
    }

    /** Closes the ports; requests in flight are answered first, for some seconds. */
    @Override
    public synchronized void close() {
        CompletableFuture.allOf(listeners.stream().map(OtlpListener::close).toArray(CompletableFuture[]::new))
                .join();
        listeners.clear();
        ticks.close();
        intake.close();
    }
}
