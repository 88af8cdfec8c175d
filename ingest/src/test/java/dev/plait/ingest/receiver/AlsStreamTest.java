package dev.plait.ingest.receiver;

import static dev.plait.ingest.envoy.AlsMessages.http;
import static dev.plait.ingest.envoy.AlsMessages.identifier;
import static dev.plait.ingest.envoy.AlsMessages.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.envoy.AlsMessages;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.receiver.FakeTopics.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlsStreamTest {
    private static final byte[] FIRST = message(out -> {
        identifier(out);
        http(out, "/first");
    });
    private static final byte[] NEXT = message(out -> http(out, "/next"));
    private static final byte[] IDENTIFIER = message(AlsMessages::identifier);

    private ReceiverFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ReceiverFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A stream that a proxy would have open, with its answer. */
    private static final class Client {
        private final HttpRequestWriter request;
        private final CompletableFuture<AggregatedHttpResponse> answer;

        Client(int port, String... more) {
            RequestHeaders headers = RequestHeaders.of(
                            HttpMethod.POST, AlsRoute.PATH, "content-type", "application/grpc", "te", "trailers")
                    .toBuilder()
                    .add("grpc-encoding", "gzip")
                    .build();
            if (more.length > 0) {
                headers = headers.toBuilder().add(more[0], more[1]).build();
            }
            this.request = HttpRequest.streaming(headers);
            this.answer = WebClient.builder("h2c://127.0.0.1:" + port)
                    .responseTimeoutMillis(60_000)
                    .build()
                    .execute(request)
                    .aggregate();
        }

        void send(byte[] bytes) {
            request.write(HttpData.wrap(bytes));
        }

        String status() {
            AggregatedHttpResponse ended = answer.join();
            return ended.trailers().get("grpc-status", ended.headers().get("grpc-status", ""));
        }
    }

    @Test
    void messages_areWrittenEachWithWhoSends() throws InterruptedException {
        Client client = new Client(fixture.grpcPort());

        client.send(Bodies.grpc(0, FIRST));
        assertThat(arrived()).isEqualTo(written(FIRST));
        client.send(Bodies.grpc(1, Bodies.gzip(NEXT)));
        assertThat(arrived()).isEqualTo(written(NEXT, IDENTIFIER));
        client.request.close();

        assertThat(client.status()).isEqualTo("0");
        assertThat(fixture.metric("signal=mesh,answer=accepted", "requests-total"))
                .isEqualTo(2);
        awaitGivenBack();
    }

    @Test
    void messagesInPieces_areOneRecordEach() {
        Client client = new Client(fixture.grpcPort());
        byte[] two = ByteBuffer.allocate(10 + FIRST.length + NEXT.length)
                .put(Bodies.grpc(0, FIRST))
                .put(Bodies.grpc(0, NEXT))
                .array();

        for (int at = 0; at < two.length; at += 7) {
            client.send(Arrays.copyOfRange(two, at, Math.min(two.length, at + 7)));
        }
        client.request.close();

        assertThat(client.status()).isEqualTo("0");
        assertThat(fixture.topics.records()).containsExactly(written(FIRST), written(NEXT, IDENTIFIER));
    }

    @Test
    void unreadableMessage_isWrittenAndTheStreamGoesOn() {
        Client client = new Client(fixture.grpcPort());
        byte[] broken = {0x12, 100, 1};

        client.send(Bodies.grpc(0, broken));
        client.send(Bodies.grpc(0, FIRST));
        client.request.close();

        assertThat(client.status()).isEqualTo("0");
        assertThat(fixture.topics.records()).containsExactly(written(broken), written(FIRST));
        assertThat(fixture.metric("signal=mesh,answer=malformed", "requests-total"))
                .isEqualTo(1);
    }

    @Test
    void messageAboveARecord_isCutBetweenItsEntries() {
        Client client = new Client(fixture.grpcPort());
        client.send(Bodies.grpc(0, FIRST));
        client.send(Bodies.grpc(0, message(out -> http(out, paths()))));
        client.request.close();

        assertThat(client.status()).isEqualTo("0");
        List<Written> records = fixture.topics.records();
        assertThat(records)
                .hasSizeGreaterThan(2)
                .allMatch(record -> record.hex().length() / 2 <= ReceiverFixture.RECORD_BYTES);
        assertThat(entries()).isEqualTo(1 + paths().length);
    }

    @Test
    void tooLargeOrNoMessage_endsTheStream() {
        Client large = new Client(fixture.grpcPort());
        large.send(ByteBuffer.allocate(5).put((byte) 0).putInt(1 << 30).array());
        Client none = new Client(fixture.grpcPort());
        none.send(new byte[] {9, 0, 0, 0, 0});
        Client bomb = new Client(fixture.grpcPort());
        bomb.send(Bodies.grpc(1, Bodies.gzip(new byte[100 << 20])));

        assertThat(large.status()).isEqualTo("8");
        assertThat(none.status()).isEqualTo("3");
        assertThat(bomb.status()).isEqualTo("8");
        awaitGivenBack();
    }

    @Test
    void whatKafkaRefusesForAWhile_isWrittenAgainBeforeTheNextIsRead() {
        AtomicInteger attempts = new AtomicInteger();
        fixture.topics.acknowledge(() -> attempts.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new IllegalStateException("no leader"))
                : CompletableFuture.completedFuture(null));
        Client client = new Client(fixture.grpcPort());

        client.send(Bodies.grpc(0, FIRST));
        client.send(Bodies.grpc(0, NEXT));
        client.request.close();

        assertThat(client.status()).isEqualTo("0");
        assertThat(fixture.topics.records())
                .containsExactly(written(FIRST), written(FIRST), written(FIRST), written(NEXT, IDENTIFIER));
    }

    /** Room that is missing when a message is decompressed comes back when those before it are acknowledged. */
    @Test
    void messagesThatThereIsNoRoomToDecompress_areKept() throws IOException, InterruptedException {
        reopen(ReceiverFixture.limits(256 << 10, 100));
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        fixture.topics.acknowledge(() -> acknowledgement);
        byte[] message = Bodies.grpc(1, Bodies.gzip(message(out -> {
            identifier(out);
            http(out, paths());
        })));
        List<Client> clients = IntStream.range(0, 8)
                .mapToObj(i -> new Client(fixture.grpcPort()))
                .toList();
        await(() -> fixture.receivers().inFlightBytes() >= 8 * Budget.REQUEST_BYTES);

        clients.forEach(client -> client.send(message));
        clients.forEach(client -> client.request.close());
        assertThat(arrived()).isNotNull();
        acknowledgement.complete(null);

        assertThat(clients).extracting(Client::status).containsOnly("0");
        assertThat(entries()).isEqualTo(clients.size() * paths().length);
        assertThat(fixture.metric("signal=mesh", "lost-bytes-total")).isZero();
        awaitGivenBack();
    }

    @Test
    void manyMessagesInOnePiece_areOneRecordEach() {
        Client client = new Client(fixture.grpcPort());
        ByteBuffer many = ByteBuffer.allocate(3_000 * 5 + 5 + FIRST.length).put(Bodies.grpc(0, FIRST));
        while (many.hasRemaining()) {
            many.put(Bodies.grpc(0, new byte[0]));
        }

        client.send(many.array());
        client.request.close();

        assertThat(client.status()).isEqualTo("0");
        assertThat(fixture.topics.records())
                .hasSize(3_001)
                .startsWith(written(FIRST), written(IDENTIFIER))
                .endsWith(written(IDENTIFIER));
    }

    @Test
    void messageThatDoesNotEnd_endsTheStreamAndIsCounted() throws IOException {
        reopen(ReceiverFixture.impatient(8 << 20, 100));
        Client silent = new Client(fixture.grpcPort());
        Client client = new Client(fixture.grpcPort());

        client.send(new byte[] {0, 0, 0, 1, 0, 10});

        assertThat(client.status()).isEqualTo("4");
        assertThat(fixture.metric("signal=mesh", "lost-bytes-total")).isEqualTo(6);
        assertThat(silent.answer).isNotDone();
    }

    /** Each holds a part of the room that all of them wait for. */
    @Test
    void messagesThatKeepEachOtherOut_doNotHoldTheBudget() throws IOException {
        reopen(ReceiverFixture.impatient(1 << 20, 100));
        byte[] half = Arrays.copyOf(Bodies.grpc(0, new byte[ReceiverFixture.MAX_BYTES]), 300_000);
        List<Client> clients = IntStream.range(0, 6)
                .mapToObj(i -> new Client(fixture.grpcPort()))
                .toList();
        await(() -> fixture.receivers().inFlightBytes() >= 6 * Budget.REQUEST_BYTES);

        clients.forEach(client -> client.send(half));

        assertThat(clients).extracting(Client::status).containsOnly("4");
        awaitGivenBack();
    }

    @Test
    void closing_writesWhatWasReadAndEndsTheStream() throws InterruptedException {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        fixture.topics.acknowledge(() -> acknowledgement);
        Client client = new Client(fixture.grpcPort());
        client.send(Bodies.grpc(0, FIRST));
        assertThat(arrived()).isEqualTo(written(FIRST));

        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(() -> fixture.receivers().close());
        acknowledgement.complete(null);
        closed.join();

        assertThat(client.status()).isEqualTo("14");
        assertThat(fixture.receivers().inFlightBytes()).isZero();
    }

    @Test
    void wrongToken_isRefused() throws IOException {
        fixture.close();
        fixture = new ReceiverFixture(
                ReceiverFixture.limits(8 << 20, 100),
                new ReceiverAccess(Optional.of("correct-horse"), Optional.empty(), List.of()));
        Client right = new Client(fixture.grpcPort(), "authorization", "Bearer correct-horse");
        right.request.close();

        assertThat(new Client(fixture.grpcPort()).status()).isEqualTo("16");
        assertThat(right.status()).isEqualTo("0");
    }

    private void reopen(ReceiverLimits limits) throws IOException {
        fixture.close();
        fixture = new ReceiverFixture(limits, ReceiverAccess.OPEN);
    }

    /** Of entries that are more than a record holds. */
    private static String[] paths() {
        return IntStream.range(0, 2_000).mapToObj(i -> "/orders/" + i).toArray(String[]::new);
    }

    /** How many entries are on the topic, all good and each with who sends. */
    private int entries() {
        RecordingSink sink = new RecordingSink();
        for (Written record : fixture.topics.records()) {
            assertThat(new MeshDecoder().decode(HexFormat.of().parseHex(record.hex()), sink))
                    .isEmpty();
        }
        assertThat(sink.items()).allMatch(item -> !item.resource().isEmpty());
        assertThat(sink.rejected()).isEmpty();
        return sink.items().size();
    }

    private Written arrived() throws InterruptedException {
        return fixture.topics.arrived().poll(20, TimeUnit.SECONDS);
    }

    private static Written written(byte[]... parts) {
        String hex = Arrays.stream(parts).map(HexFormat.of()::formatHex).reduce("", String::concat);
        return new Written("mesh", hex);
    }

    private void awaitGivenBack() {
        await(() -> fixture.receivers().inFlightBytes() == 0);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
