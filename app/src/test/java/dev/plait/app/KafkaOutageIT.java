package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in through each kind of listener, but OTLP's and Prometheus', while Kafka is stopped and started. */
class KafkaOutageIT {
    private static final long TIME_MS = 1_767_225_600_000L;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Pattern MARKER = Pattern.compile("(?:kong|zipkin|tcp|envoy)-[a-z]+-\\d+-");
    private static final List<String> TOPICS = List.of(Topics.KONG_LOGS, Topics.ZIPKIN_SPANS, Topics.MESH_ACCESS_LOGS);

    /** Before, and after. */
    private static final int ITEMS = 30;

    /** More than a connection can hold. */
    private static final int MANY = 100_000;

    /** Of an item in a stream, so that it does not take many of them to fill what a connection holds. */
    private static final String LARGE = "0".repeat(16_000);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger refusals = new AtomicInteger();
    private int httpPort;
    private int zipkinPort;
    private int grpcPort;
    private int tcpPort;

    @TempDir
    private Path directory;

    @BeforeEach
    void choosePorts() throws IOException {
        httpPort = LoopbackPorts.any();
        zipkinPort = LoopbackPorts.any();
        grpcPort = LoopbackPorts.any();
        tcpPort = LoopbackPorts.any();
    }

    @Test
    void everythingAcknowledged_isOnItsTopic() throws Exception {
        try (RestartedKafka kafka = new RestartedKafka(directory.resolve("kafka"));
                PlaitProcess receive = receive(kafka.bootstrap())) {
            receive.awaitLine("plait receives ");
            List<NumberedItems> all = List.of(
                    posting("kong-single", httpPort, "/kong/logs", text(KafkaOutageIT::kong)),
                    posting("kong-batch", httpPort, "/kong/logs", text(KafkaOutageIT::kongBatch)),
                    posting("zipkin-json", zipkinPort, "/api/v2/spans", text(KafkaOutageIT::spanJson)),
                    posting("zipkin-proto", zipkinPort, "/api/v2/spans", KafkaOutageIT::spanProto));
            all.forEach(items -> items.allow(ITEMS));
            awaitAll(all);

            kafka.stop();
            all.forEach(items -> items.allow(ITEMS));
            for (NumberedItems items : all) {
                items.awaitKeptWaiting(); // each asks again, and is told to come again
            }
            all.forEach(items -> items.allow(ITEMS));
            kafka.start();
            awaitAll(all);

            assertThat(refusals).hasValueGreaterThanOrEqualTo(all.size());
            assertAllArrived(all, kafka, receive);
        }
    }

    @Test
    void senderThatHearsNothing_isKeptWaitingAndNothingReadIsLost() throws Exception {
        try (RestartedKafka kafka = new RestartedKafka(directory.resolve("kafka"));
                PlaitProcess receive = receive(kafka.bootstrap())) {
            receive.awaitLine("plait receives ");
            HttpRequestWriter stream = com.linecorp.armeria.common.HttpRequest.streaming(RequestHeaders.of(
                    HttpMethod.POST,
                    "/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs",
                    "content-type",
                    "application/grpc",
                    "te",
                    "trailers"));
            CompletableFuture<AggregatedHttpResponse> answer = WebClient.builder("h2c://127.0.0.1:" + grpcPort)
                    .responseTimeoutMillis(0)
                    .writeTimeoutMillis(0)
                    .build()
                    .execute(stream)
                    .aggregate();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
                socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PlaitProcess.PATIENCE_SECONDS));
                List<NumberedItems> all = List.of(
                        new NumberedItems(
                                "tcp-line",
                                marker -> socket.getOutputStream()
                                        .write(meshLine(marker).getBytes(StandardCharsets.UTF_8))),
                        new NumberedItems("envoy-als", marker -> write(stream, alsMessage(marker))));
                all.forEach(items -> items.allow(ITEMS));
                awaitAll(all);

                kafka.stop();
                all.forEach(items -> items.allow(MANY));
                for (NumberedItems items : all) {
                    items.awaitKeptWaiting();
                }
                kafka.start();
                awaitAll(all);
                all.forEach(items -> items.allow(ITEMS));
                awaitAll(all);

                stream.close();
                assertThat(answer.get(PlaitProcess.PATIENCE_SECONDS, TimeUnit.SECONDS)
                                .trailers()
                                .get("grpc-status"))
                        .isEqualTo("0");
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isNegative();
                assertAllArrived(all, kafka, receive);
            }
        }
    }

    private static void awaitAll(List<NumberedItems> all) throws IOException {
        for (NumberedItems items : all) {
            items.awaitAll();
        }
    }

    private static void assertAllArrived(List<NumberedItems> all, RestartedKafka kafka, PlaitProcess receive)
            throws IOException, InterruptedException {
        assertThat(receive.stop()).as(receive.errors()).isZero();
        assertThat(receive.errors()).doesNotContain("lost");
        Set<String> arrived = new HashSet<>();
        kafka.read(TOPICS, value -> {
            Matcher marker = MARKER.matcher(new String(value, StandardCharsets.ISO_8859_1));
            while (marker.find()) {
                arrived.add(marker.group());
            }
        });
        for (NumberedItems items : all) {
            items.finish();
            assertThat(items.accepted()).hasSizeGreaterThanOrEqualTo(2 * ITEMS);
            assertThat(arrived).containsAll(items.accepted());
        }
    }

    /** Asks again when and as it is told to. */
    private NumberedItems posting(String prefix, int port, String path, Function<String, byte[]> body) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return new NumberedItems(prefix, marker -> {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.apply(marker)))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            while (answer.statusCode() == 503) {
                refusals.incrementAndGet();
                TimeUnit.SECONDS.sleep(
                        answer.headers().firstValueAsLong("retry-after").orElseThrow());
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(answer.statusCode() + ": " + answer.body());
            }
        });
    }

    private static void write(HttpRequestWriter stream, byte[] message) throws IOException, InterruptedException {
        stream.write(HttpData.wrap(message));
        try {
            stream.whenConsumed().get();
        } catch (ExecutionException broken) {
            throw new IOException(broken);
        }
    }

    private static Function<String, byte[]> text(Function<String, String> text) {
        return marker -> text.apply(marker).getBytes(StandardCharsets.UTF_8);
    }

    private static String kong(String marker) {
        return "{\"request\":{\"id\":\"" + TRACE + "\",\"method\":\"GET\",\"uri\":\"/" + marker + "\"},"
                + "\"response\":{\"status\":200},\"latencies\":{\"request\":12,\"kong\":2,\"proxy\":10},\"started_at\":"
                + TIME_MS + ",\"trace_id\":{\"w3c\":\"" + TRACE + "\"}}";
    }

    private static String kongBatch(String marker) {
        return "[" + kong("first") + "," + kong(marker) + "]";
    }

    private static String spanJson(String marker) {
        return "[{\"traceId\":\"" + TRACE + "\",\"id\":\"00f067aa0ba902b7\",\"kind\":\"SERVER\",\"name\":\"" + marker
                + "\",\"timestamp\":" + TIME_MS * 1000 + ",\"duration\":9000,"
                + "\"localEndpoint\":{\"serviceName\":\"orders\"}}]";
    }

    /** Source: zipkin-api zipkin.proto. */
    private static byte[] spanProto(String marker) {
        ProtoWriter out = new ProtoWriter();
        int span = out.begin(1);
        out.id(1, 0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L);
        out.id(3, 0x00f067aa0ba902b7L);
        out.varint(4, 2);
        out.text(5, marker);
        out.fixed64(6, TIME_MS * 1000);
        out.varint(7, 9000);
        int endpoint = out.begin(8);
        out.text(1, "orders");
        out.end(endpoint);
        out.end(span);
        return out.toByteArray();
    }

    private static String meshLine(String marker) {
        return "[2026-01-01T00:00:00.310Z] default \"GET /" + marker + LARGE
                + " HTTP/1.1\" 200 - 0 91 9 8 \"-\" \"kong\""
                + " \"" + TRACE + "\" \"0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b\" \"orders.mesh\" \"kong\" \"backend\""
                + " \"10.42.0.7\" \"10.42.1.9:8080\"\n";
    }

    /** One HTTP entry, with who sends. Source: envoy als.proto, accesslog.proto. */
    private static byte[] alsMessage(String marker) {
        ProtoWriter out = new ProtoWriter();
        int identifier = out.begin(1);
        out.text(2, "mesh-log");
        out.end(identifier);
        int entries = out.begin(2);
        int entry = out.begin(1);
        int common = out.begin(1);
        int start = out.begin(5);
        out.varint(1, TIME_MS / 1000);
        out.end(start);
        out.end(common);
        int request = out.begin(3);
        out.text(5, "/" + marker + LARGE);
        out.end(request);
        out.end(entry);
        out.end(entries);
        byte[] message = out.toByteArray();
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private PlaitProcess receive(String bootstrap) throws IOException {
        Path config = Files.writeString(
                directory.resolve("plait.yaml"), """
                kafka: { bootstrap.servers: "%s" }
                receivers: { http-port: %d, grpc-port: %d, zipkin-port: %d, tcp-port: %d }
                """.formatted(bootstrap, httpPort, grpcPort, zipkinPort, tcpPort));
        return PlaitProcess.main(directory, Main.class, "receive", "--config", config.toString());
    }
}
