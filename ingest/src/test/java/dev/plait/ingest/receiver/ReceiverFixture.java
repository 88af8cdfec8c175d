package dev.plait.ingest.receiver;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;

/** Receivers on free ports in front of topics in memory, and clients of both kinds. */
final class ReceiverFixture implements AutoCloseable {
    static final int MAX_BYTES = 1 << 20;
    static final int RECORD_BYTES = 256 << 10;
    static final int LINE_BYTES = 64 << 10;
    static final Map<Input, String> TOPICS = Map.of(
            OtlpSignal.TRACES,
            "spans",
            OtlpSignal.LOGS,
            "logs",
            OtlpSignal.METRICS,
            "metrics",
            ForeignFormat.KONG,
            "kong",
            ForeignFormat.MESH,
            "mesh",
            ForeignFormat.ZIPKIN,
            "zipkin",
            ForeignFormat.PROMETHEUS,
            "prometheus");

    final FakeTopics topics = new FakeTopics();

    /** The clock of rates, which stands still until it is set. */
    final AtomicLong nanos = new AtomicLong();

    private final NetworkReceivers receivers;
    private final int httpPort;
    private final int grpcPort;
    private final int linePort;

    ReceiverFixture() throws IOException {
        this(limits(8 << 20, 500), ReceiverAccess.OPEN);
    }

    ReceiverFixture(ReceiverLimits limits, ReceiverAccess access) throws IOException {
        this(limits, access, FrameTopics.NONE);
    }

    ReceiverFixture(ReceiverLimits limits, ReceiverAccess access, FrameTopics frames) throws IOException {
        receivers = new NetworkReceivers(TOPICS, frames, limits, access, topics, nanos::get);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        httpPort = receivers.listenHttp(anyPort);
        grpcPort = receivers.listenGrpc(anyPort);
        linePort = receivers.listenLines(anyPort);
    }

    static ReceiverLimits limits(long inFlightBytes, int connections) {
        return limits(inFlightBytes, connections, 0, 0);
    }

    static ReceiverLimits limits(long inFlightBytes, int connections, long requestsPerSecond, long bytesPerSecond) {
        return limits(inFlightBytes, connections, Duration.ofSeconds(15), requestsPerSecond, bytesPerSecond);
    }

    /** For clients that are slow on purpose. */
    static ReceiverLimits impatient(long inFlightBytes, int connections) {
        return limits(inFlightBytes, connections, Duration.ofMillis(700), 0, 0);
    }

    /** Requests must come soon; connections between two of them may last. */
    static ReceiverLimits lasting() {
        return limits(8 << 20, 100, Duration.ofMillis(700), Duration.ofMinutes(5), 0, 0);
    }

    private static ReceiverLimits limits(
            long inFlightBytes, int connections, Duration requestTime, long requestsPerSecond, long bytesPerSecond) {
        return limits(
                inFlightBytes, connections, requestTime, Duration.ofSeconds(1), requestsPerSecond, bytesPerSecond);
    }

    private static ReceiverLimits limits(
            long inFlightBytes,
            int connections,
            Duration requestTime,
            Duration idleTime,
            long requestsPerSecond,
            long bytesPerSecond) {
        return new ReceiverLimits(
                MAX_BYTES,
                RECORD_BYTES,
                inFlightBytes,
                connections,
                requestTime,
                idleTime,
                Duration.ofSeconds(4),
                requestsPerSecond,
                bytesPerSecond,
                LINE_BYTES,
                Duration.ofSeconds(2));
    }

    NetworkReceivers receivers() {
        return receivers;
    }

    int httpPort() {
        return httpPort;
    }

    int grpcPort() {
        return grpcPort;
    }

    Socket connect() throws IOException {
        return connect(httpPort);
    }

    /** To the port for lines. */
    Socket connectLines() throws IOException {
        return connect(linePort);
    }

    int linePort() {
        return linePort;
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** POST of {@code body}; {@code headers} are names and values in turn. */
    AggregatedHttpResponse post(String path, byte[] body, String... headers) {
        return posted(path, body, headers).join();
    }

    CompletableFuture<AggregatedHttpResponse> posted(String path, byte[] body, String... headers) {
        return send("h1c://127.0.0.1:" + httpPort, path, body, headers);
    }

    AggregatedHttpResponse http(HttpMethod method, String path, byte[] body) {
        return send(method, "h1c://127.0.0.1:" + httpPort, path, body).join();
    }

    AggregatedHttpResponse options(String path, String... headers) {
        return send(HttpMethod.OPTIONS, "h1c://127.0.0.1:" + httpPort, path, new byte[0], headers)
                .join();
    }

    AggregatedHttpResponse grpc(OtlpSignal signal, byte[] body, String... headers) {
        return send("h2c://127.0.0.1:" + grpcPort, signal.grpcPath(), body, headers)
                .join();
    }

    private static CompletableFuture<AggregatedHttpResponse> send(
            String server, String path, byte[] body, String... headers) {
        return send(HttpMethod.POST, server, path, body, headers);
    }

    private static CompletableFuture<AggregatedHttpResponse> send(
            HttpMethod method, String server, String path, byte[] body, String... headers) {
        RequestHeadersBuilder all = RequestHeaders.builder(method, path);
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return WebClient.builder(server)
                .responseTimeoutMillis(20_000)
                .build()
                .execute(HttpRequest.of(all.build(), HttpData.wrap(body)))
                .aggregate();
    }

    /** The value of an attribute of the receivers' MBean with these tags. */
    long metric(String tags, String attribute) {
        try {
            ObjectName name = new ObjectName("dev.plait:type=receiver-metrics" + (tags.isEmpty() ? "" : "," + tags));
            return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute)).longValue();
        } catch (JMException missing) {
            throw new AssertionError(missing);
        }
    }

    @Override
    public void close() {
        receivers.close();
    }
}
