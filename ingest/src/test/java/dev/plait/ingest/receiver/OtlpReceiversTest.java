package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.plait.ingest.receiver.FakeTopics.Written;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpReceiversTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String TYPE = "content-type";

    private static ReceiverFixture shared;

    private ReceiverFixture fixture;

    @BeforeAll
    static void open() throws IOException {
        shared = new ReceiverFixture();
    }

    @BeforeEach
    void use() {
        fixture = shared;
        fixture.topics.clear();
    }

    @AfterEach
    void closeOwn() {
        if (fixture != shared) {
            fixture.close();
        }
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @ParameterizedTest
    @EnumSource
    void http_writesTheBytesAsTheyAreToTheSignalsTopic(OtlpSignal signal) throws InvalidProtocolBufferException {
        AggregatedHttpResponse answer = fixture.post(signal.httpPath(), Bodies.small(signal), TYPE, PROTOBUF);

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(answer.headers().get(TYPE)).isEqualTo(PROTOBUF);
        assertThat(ExportTraceServiceResponse.parseFrom(answer.content().array()))
                .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
        assertThat(fixture.topics.records()).containsExactly(written(signal, Bodies.small(signal)));
    }

    @ParameterizedTest
    @EnumSource
    void grpc_writesTheBytesAsTheyAreToTheSignalsTopic(OtlpSignal signal) {
        AggregatedHttpResponse answer =
                fixture.grpc(signal, Bodies.grpc(0, Bodies.small(signal)), TYPE, "application/grpc", "te", "trailers");

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(answer.content().array()).isEqualTo(new byte[5]);
        assertThat(answer.trailers().get("grpc-status")).isEqualTo("0");
        assertThat(fixture.topics.records()).containsExactly(written(signal, Bodies.small(signal)));
    }

    @Test
    void json_staysJson() {
        byte[] json = " {\"resourceSpans\":[]}\n".getBytes(StandardCharsets.UTF_8);

        AggregatedHttpResponse answer = fixture.post("/v1/traces", json, TYPE, "application/json; charset=utf-8");

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(answer.contentUtf8()).isEqualTo("{}");
        assertThat(fixture.topics.records()).containsExactly(written(OtlpSignal.TRACES, json));
    }

    @Test
    void compressedBodies_areWrittenAsTheirContent() {
        byte[] gzip = Bodies.gzip(Bodies.small());
        byte[] zstd = Bodies.zstd(Bodies.small());
        byte[] deflate = Bodies.deflate(Bodies.small(), false);

        assertThat(statusOf(gzip, TYPE, PROTOBUF, "content-encoding", "gzip")).isEqualTo(200);
        assertThat(statusOf(zstd, TYPE, PROTOBUF, "content-encoding", "zstd")).isEqualTo(200);
        assertThat(statusOf(deflate, TYPE, PROTOBUF, "content-encoding", "deflate"))
                .isEqualTo(200);
        assertThat(statusOf(Bodies.deflate(Bodies.small(), true), TYPE, PROTOBUF, "content-encoding", "deflate"))
                .isEqualTo(200);
        assertThat(grpcStatus(Bodies.grpc(1, deflate), "grpc-encoding", "deflate"))
                .isEqualTo("0");
        assertThat(grpcStatus(Bodies.grpc(1, gzip), "grpc-encoding", "gzip")).isEqualTo("0");
        assertThat(grpcStatus(Bodies.grpc(1, zstd), "grpc-encoding", "zstd")).isEqualTo("0");
        assertThat(grpcStatus(Bodies.grpc(0, Bodies.small()), "grpc-encoding", "gzip"))
                .isEqualTo("0");
        assertThat(fixture.topics.records()).hasSize(8).containsOnly(written(OtlpSignal.TRACES, Bodies.small()));
    }

    @Test
    void emptyRequest_isAcceptedAndNotWritten() {
        assertThat(statusOf(new byte[0], TYPE, PROTOBUF)).isEqualTo(200);
        assertThat(grpcStatus(Bodies.grpc(0, new byte[0]))).isEqualTo("0");
        assertThat(fixture.topics.records()).isEmpty();
    }

    @Test
    void malformedBodies_areRefusedForGood() {
        byte[] cut = Arrays.copyOf(Bodies.small(), Bodies.small().length - 3);
        byte[] gzip = Bodies.gzip(Bodies.small());

        assertThat(statusOf(cut, TYPE, PROTOBUF)).isEqualTo(400);
        assertThat(statusOf(new byte[] {0x0f}, TYPE, PROTOBUF)).isEqualTo(400);
        assertThat(statusOf(new byte[0], TYPE, "application/json")).isEqualTo(400);
        assertThat(statusOf(Bodies.small(), TYPE, "application/json")).isEqualTo(400);
        assertThat(statusOf(Bodies.small(), TYPE, PROTOBUF, "content-encoding", "gzip"))
                .isEqualTo(400);
        assertThat(statusOf(Arrays.copyOf(gzip, gzip.length - 9), TYPE, PROTOBUF, "content-encoding", "gzip"))
                .isEqualTo(400);
        assertThat(statusOf(Arrays.copyOf(Bodies.zstd(Bodies.small()), 12), TYPE, PROTOBUF, "content-encoding", "zstd"))
                .isEqualTo(400);
        assertThat(statusOf(Bodies.small(), TYPE, PROTOBUF, "content-encoding", "deflate"))
                .isEqualTo(400);
        for (boolean bare : new boolean[] {true, false}) {
            byte[] deflate = Bodies.deflate(Bodies.small(), bare);
            assertThat(statusOf(
                            Arrays.copyOf(deflate, deflate.length - 9), TYPE, PROTOBUF, "content-encoding", "deflate"))
                    .isEqualTo(400);
        }
        assertThat(grpcStatus(Bodies.grpc(0, cut))).isEqualTo("3");
        assertThat(grpcStatus(Arrays.copyOf(Bodies.grpc(0, cut), 20))).isEqualTo("3");
        assertThat(grpcStatus(new byte[3])).isEqualTo("3");
        assertThat(fixture.topics.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"text/plain, ''", "'', ''", "application/x-protobuf, br", "application/x-protobuf, 'gzip, gzip'"})
    void http_refusesWhatItDoesNotSpeak(String type, String encoding) {
        AggregatedHttpResponse answer = type.isEmpty()
                ? fixture.post("/v1/traces", Bodies.small())
                : fixture.post("/v1/traces", Bodies.small(), TYPE, type, "content-encoding", encoding);

        assertThat(answer.status().code()).isEqualTo(415);
        if (!type.equals(PROTOBUF)) {
            assertThat(answer.contentType()).hasToString("application/json");
            assertThat(answer.contentUtf8()).startsWith("{\"code\":12,\"message\":\"content type is neither");
        }
        assertThat(answer.headers().get("accept-encoding")).isEqualTo("gzip, zstd, deflate");
    }

    @Test
    void grpc_refusesWhatItDoesNotSpeak() {
        byte[] message = Bodies.grpc(1, Bodies.small());

        assertThat(grpcStatus(message, "grpc-encoding", "snappy")).isEqualTo("12");
        AggregatedHttpResponse plain = fixture.grpc(OtlpSignal.TRACES, message, TYPE, PROTOBUF);
        assertThat(plain.status().code()).isEqualTo(415);
    }

    @Test
    void otherPathsAndMethods_areRefused() {
        assertThat(fixture.post("/", Bodies.small(), TYPE, PROTOBUF).status().code())
                .isEqualTo(404);
        assertThat(fixture.post("/v1/profiles", Bodies.small(), TYPE, PROTOBUF)
                        .status()
                        .code())
                .isEqualTo(404);
        assertThat(com.linecorp.armeria.client.WebClient.of("h1c://127.0.0.1:" + fixture.httpPort())
                        .get("/v1/traces")
                        .aggregate()
                        .join()
                        .status()
                        .code())
                .isEqualTo(405);
    }

    @Test
    void crossOriginRequests_getNoPermission() {
        AggregatedHttpResponse answer =
                fixture.post("/v1/traces", Bodies.small(), TYPE, PROTOBUF, "origin", "https://example.org");

        assertThat(answer.headers().names()).noneMatch(name -> name.toString().startsWith("access-control"));
    }

    @Test
    void kafkaAway_isUnavailableWithATimeToRetry() {
        fixture.topics.acknowledge(
                () -> CompletableFuture.failedFuture(new org.apache.kafka.common.errors.TimeoutException("expired")));

        AggregatedHttpResponse http = fixture.post("/v1/logs", Bodies.small(OtlpSignal.LOGS), TYPE, PROTOBUF);
        AggregatedHttpResponse grpc = grpc(Bodies.grpc(0, Bodies.small()));

        assertThat(http.status().code()).isEqualTo(503);
        assertThat(http.headers().get("retry-after")).isEqualTo("2");
        assertThat(grpc.headers().get("grpc-status")).isEqualTo("14");
        // google.rpc.Status{14, "Kafka did not acknowledge", [RetryInfo{2 s}]}
        assertThat(HexFormat.of()
                        .formatHex(java.util.Base64.getDecoder()
                                .decode(grpc.headers().get("grpc-status-details-bin"))))
                .startsWith("080e1219")
                .contains(HexFormat.of().formatHex("google.rpc.RetryInfo".getBytes(StandardCharsets.US_ASCII)))
                .endsWith("0802");
    }

    @Test
    void recordThatTheTopicRefuses_isTooLargeForGood() {
        fixture.topics.acknowledge(() -> CompletableFuture.failedFuture(new TopicWriter.TooLarge("too large")));

        AggregatedHttpResponse http = fixture.post("/v1/logs", Bodies.small(OtlpSignal.LOGS), TYPE, PROTOBUF);

        assertThat(http.status().code()).isEqualTo(413);
        assertThat(http.headers().contains("retry-after")).isFalse();
        assertThat(grpcStatus(Bodies.grpc(0, Bodies.small()))).isEqualTo("8");
    }

    @Test
    void answer_waitsForTheAcknowledgement() throws InterruptedException {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        fixture.topics.acknowledge(() -> acknowledgement);

        var answer = fixture.posted("/v1/logs", Bodies.small(OtlpSignal.LOGS), TYPE, PROTOBUF);
        assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(answer).isNotDone();
        assertThat(fixture.receivers().inFlightBytes()).isPositive();
        acknowledgement.complete(null);

        assertThat(answer.join().status().code()).isEqualTo(200);
        assertThat(fixture.receivers().inFlightBytes()).isZero();
    }

    @Test
    void budget_isPushedBackAndGivenBack() throws IOException, InterruptedException {
        fixture = new ReceiverFixture(ReceiverFixture.limits(64 << 10, 500), ReceiverAccess.OPEN);
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        fixture.topics.acknowledge(() -> acknowledgement);
        byte[] body = Bodies.spans("orders", 1, 20_000).toByteArray();
        List<CompletableFuture<AggregatedHttpResponse>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(fixture.posted("/v1/traces", body, TYPE, PROTOBUF));
            assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
        }

        AggregatedHttpResponse http = fixture.post("/v1/traces", body, TYPE, PROTOBUF);
        AggregatedHttpResponse grpc = grpc(Bodies.grpc(0, body));
        acknowledgement.complete(null);

        assertThat(http.status().code()).isEqualTo(429);
        assertThat(http.headers().get("retry-after")).isEqualTo("1");
        assertThat(grpc.headers().get("grpc-status")).isEqualTo("8");
        assertThat(grpc.headers().get("grpc-status-details-bin")).isNotEmpty();
        assertThat(waiting).allMatch(answer -> answer.join().status().code() == 200);
        assertThat(fixture.receivers().inFlightBytes()).isZero();
        assertThat(statusOf(body, TYPE, PROTOBUF)).isEqualTo(200);
    }

    @Test
    void requestAboveARecord_isSplitWhenItIsProtobuf() {
        byte[] large = Bodies.spans("orders", 100, 5_000).toByteArray();
        byte[] json = ("{\"x\":\"" + "a".repeat(ReceiverFixture.RECORD_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(statusOf(large, TYPE, PROTOBUF)).isEqualTo(200);
        assertThat(statusOf(json, TYPE, "application/json")).isEqualTo(413);
        assertThat(fixture.topics.records()).hasSize(2);
    }

    @Test
    void bearerToken_isAskedForBeforeTheBody() throws IOException {
        fixture = new ReceiverFixture(
                ReceiverFixture.limits(1 << 20, 500),
                new ReceiverAccess(Optional.of("correct-horse"), Optional.empty(), List.of()));

        AggregatedHttpResponse none = fixture.post("/v1/traces", Bodies.small(), TYPE, PROTOBUF);
        assertThat(none.status().code()).isEqualTo(401);
        assertThat(none.headers().get("www-authenticate")).isEqualTo("Bearer");
        assertThat(statusOf(Bodies.small(), TYPE, PROTOBUF, "authorization", "Bearer wrong"))
                .isEqualTo(401);
        assertThat(statusOf(Bodies.small(), TYPE, PROTOBUF, "authorization", "correct-horse"))
                .isEqualTo(401);
        assertThat(grpcStatus(Bodies.grpc(0, Bodies.small()))).isEqualTo("16");
        assertThat(statusOf(Bodies.small(), TYPE, PROTOBUF, "authorization", "bearer correct-horse"))
                .isEqualTo(200);
        assertThat(grpcStatus(Bodies.grpc(0, Bodies.small()), "authorization", "Bearer correct-horse"))
                .isEqualTo("0");
    }

    @Test
    void takenPort_isNamed() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.httpPort());

        assertThatThrownBy(() -> fixture.receivers().listenHttp(taken))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(":" + fixture.httpPort() + " is taken by another process");
    }

    private int statusOf(byte[] body, String... headers) {
        return fixture.post("/v1/traces", body, headers).status().code();
    }

    private String grpcStatus(byte[] body, String... headers) {
        AggregatedHttpResponse answer = grpc(body, headers);
        assertThat(answer.status().code()).isEqualTo(200);
        return answer.headers().get("grpc-status", answer.trailers().get("grpc-status", ""));
    }

    private AggregatedHttpResponse grpc(byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(TYPE, "application/grpc", "te", "trailers"));
        all.addAll(List.of(headers));
        return fixture.grpc(OtlpSignal.TRACES, body, all.toArray(String[]::new));
    }

    private static Written written(OtlpSignal signal, byte[] value) {
        return new Written(ReceiverFixture.TOPICS.get(signal), HexFormat.of().formatHex(value));
    }
}
