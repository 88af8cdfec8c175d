package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.ingest.envoy.MeshLines;
import dev.plait.ingest.kong.KongLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineListenerTest {
    private static final String KONG = KongLogs.FULL.replace("\n", "");

    private static final int PIECE_BYTES = 64 << 10;

    private ReceiverFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ReceiverFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 1 << 20})
    void linesInPiecesOfAnySize_goToTheirTopics(int pieceBytes) throws IOException {
        List<String> mesh = List.of(MeshLines.KUMA, MeshLines.TCP, MeshLines.JSON, MeshLines.ENVOY);
        String text = KONG + "\n" + String.join("\n", mesh) + "\r\n\n" + KONG + "\n";

        try (Socket socket = fixture.connectLines()) {
            byte[] bytes = bytes(text);
            for (int at = 0; at < bytes.length; at += pieceBytes) {
                socket.getOutputStream().write(bytes, at, Math.min(pieceBytes, bytes.length - at));
                socket.getOutputStream().flush();
            }
            await(() -> lines("kong").size() == 2 && lines("mesh").size() == 4);
        }

        assertThat(lines("kong")).containsExactly(KONG, KONG);
        assertThat(lines("mesh").stream().map(String::strip)).containsExactlyElementsOf(mesh);
    }

    /** As Kuma's Tcp backend sends its format Json; the connection stays open. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 20})
    void objectsWithNothingBetweenThem_areLines(int pieceBytes) throws IOException {
        String odd =
                "{\"method\":\"G\\\"}{ET\",\"response_code\":\"200\",\"tags\":{\"a\":{\"b\":\"}\"}},\"kuma_mesh\":\"m\"}";
        byte[] bytes = bytes(MeshLines.JSON + odd + KONG + MeshLines.KUMA + "\n" + odd + "\r\n" + odd);

        try (Socket socket = fixture.connectLines()) {
            for (int at = 0; at < bytes.length; at += pieceBytes) {
                socket.getOutputStream().write(bytes, at, Math.min(pieceBytes, bytes.length - at));
                socket.getOutputStream().flush();
            }
            await(() -> lines("kong").size() == 1 && lines("mesh").size() == 5);
        }

        assertThat(lines("kong")).containsExactly(KONG);
        assertThat(lines("mesh")).containsExactly(MeshLines.JSON, odd, MeshLines.KUMA, odd, odd);
        assertThat(fixture.metric("signal=mesh", "refused-items-total")).isZero();
    }

    @Test
    void objectAboveTheLimit_isCutAndTheNextOneIsRead_alsoWithoutALineFeed() throws IOException {
        String large = "{\"path\":\"" + "a".repeat(5 * ReceiverFixture.LINE_BYTES) + "\"}";

        try (Socket socket = fixture.connectLines()) {
            write(socket, large + MeshLines.JSON);
            await(() -> lines("mesh").size() == 2);
        }

        assertThat(records("mesh"))
                .containsExactlyInAnyOrder(large.substring(0, ReceiverFixture.LINE_BYTES), MeshLines.JSON + "\n");
        assertThat(fixture.metric("", "cut-lines-total")).isEqualTo(1);
    }

    /** A configured format of text may begin with a brace. */
    @Test
    void textInBraces_endsAtItsLineFeed() throws IOException {
        String text = "{2026-01-01T00:00:00Z} GET {x} 200";

        send(text + "\n" + MeshLines.KUMA + "\n");

        await(() -> lines("mesh").size() == 2);
        assertThat(lines("mesh")).containsExactlyInAnyOrder(text, MeshLines.KUMA);
    }

    @Test
    void wrappedLines_goWhereWhatTheyHoldGoes() throws IOException {
        String nested = "{\"message\":" + KONG + "}";
        String docker = "{\"stream\":\"stdout\",\"log\":\"" + KONG.replace("\"", "\\\"") + "\\n\"}";
        String mesh = "{\"log\":\"" + MeshLines.TCP.replace("\"", "\\\"") + "\\n\"}";

        send(nested + "\n" + mesh + "\n" + docker + "\n");

        await(() -> lines("kong").size() == 2 && lines("mesh").size() == 1);
        assertThat(lines("kong")).containsExactly(nested, docker);
        assertThat(fixture.metric("signal=kong", "refused-items-total")).isZero();
        assertThat(fixture.metric("signal=mesh", "refused-items-total")).isZero();
    }

    @Test
    void lastLineWithoutALineFeed_isTakenWhenTheConnectionEnds() throws IOException {
        send(MeshLines.KUMA + "\n" + KONG);

        await(() -> lines("kong").size() == 1 && lines("mesh").size() == 1);
        assertThat(lines("kong")).containsExactly(KONG);
    }

    @Test
    void lineThatIsNoLog_keepsARecordOfItsOwn() throws IOException {
        String cut = KONG.substring(0, KONG.length() / 2);

        send(KONG + "\n" + cut + "\n" + KONG + "\nGET / HTTP/1.1\n" + MeshLines.KUMA + "\n");

        await(() -> lines("kong").size() == 3 && lines("mesh").size() == 2);
        assertThat(records("kong")).containsExactlyInAnyOrder(cut, KONG + "\n" + KONG + "\n");
        assertThat(records("mesh")).containsExactlyInAnyOrder("GET / HTTP/1.1", MeshLines.KUMA + "\n");
    }

    @Test
    void lineAboveTheLimit_isCutAndTheNextOneIsRead() throws IOException {
        String endless = "{\"request\":{\"uri\":\"" + "a".repeat(5 * ReceiverFixture.LINE_BYTES);

        send(endless + "\n" + KONG + "\n");

        await(() -> lines("kong").size() == 2);
        assertThat(records("kong"))
                .containsExactlyInAnyOrder(endless.substring(0, ReceiverFixture.LINE_BYTES), KONG + "\n");
        assertThat(fixture.metric("", "cut-lines-total")).isEqualTo(1);
        assertThat(fixture.metric("signal=kong", "refused-items-total")).isEqualTo(1);
        assertThat(fixture.metric("signal=kong", "lines-total")).isEqualTo(2);
    }

    @Test
    void senders_waitWhileKafkaIsSlow() throws IOException {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        fixture.topics.acknowledge(() -> acknowledgement);
        int count = 60_000;
        byte[] all = bytes(IntStream.range(0, count)
                .mapToObj(i -> MeshLines.kuma("curl/8.5", "curl/" + i) + "\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString());

        try (SocketChannel channel = SocketChannel.open(lineAddress())) {
            channel.configureBlocking(false);
            int sent = 0;
            for (int refused = 0; refused < 20_000 && sent < all.length; ) {
                int written = channel.write(ByteBuffer.wrap(all, sent, Math.min(PIECE_BYTES, all.length - sent)));
                refused = written == 0 ? refused + 1 : 0;
                sent += written;
            }
            assertThat(sent).isLessThan(all.length);
            assertThat(fixture.receivers().inFlightBytes())
                    .isLessThan(2L * (2 * LineConnection.BATCH_BYTES + ReceiverFixture.LINE_BYTES + (128 << 10)));
            assertThat(fixture.topics.records()).hasSizeLessThan(3);
            acknowledgement.complete(null);
            channel.configureBlocking(true);
            while (sent < all.length) {
                sent += channel.write(ByteBuffer.wrap(all, sent, Math.min(PIECE_BYTES, all.length - sent)));
            }
        }

        await(() -> lineCount("mesh") == count && fixture.receivers().inFlightBytes() == 0);
        assertThat(lines("mesh")).hasSize(count);
        assertThat(lines("mesh").get(count - 1)).contains("curl/" + (count - 1));
    }

    @Test
    void whatKafkaRefusesForAWhile_isWrittenAgain() throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        fixture.topics.acknowledge(() -> attempts.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new IllegalStateException("no leader"))
                : CompletableFuture.completedFuture(null));

        send(KONG + "\n");

        await(() -> attempts.get() == 3);
        assertThat(records("kong")).containsOnly(KONG + "\n").hasSize(3);
        awaitGivenBack();
        assertThat(fixture.metric("signal=kong", "written-bytes-total")).isEqualTo(KONG.length() + 1);
        assertThat(fixture.metric("signal=kong", "lost-bytes-total")).isZero();
    }

    @Test
    void whatATopicNeverTakes_isCountedAndHoldsNobodyUp() throws IOException {
        fixture.topics.acknowledge(() -> CompletableFuture.failedFuture(new TopicWriter.TooLarge("too large")));

        send(KONG + "\n");

        await(() -> fixture.metric("signal=kong", "lost-bytes-total") > 0);
        assertThat(fixture.metric("signal=kong", "lost-bytes-total")).isEqualTo(KONG.length() + 1);
        awaitGivenBack();
    }

    @Test
    void closing_writesWhatWasRead() throws IOException, InterruptedException {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        fixture.topics.acknowledge(() -> acknowledgement);
        try (Socket socket = fixture.connectLines()) {
            write(socket, MeshLines.KUMA + "\n");
            assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
            write(socket, KONG + "\n" + MeshLines.ENVOY);
            long held = 2L * (3L + MeshLines.KUMA.length() + KONG.length() + MeshLines.ENVOY.length() - 1);
            await(() -> fixture.receivers().inFlightBytes() >= held);

            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> fixture.receivers().close());
            acknowledgement.complete(null);
            closed.join();
        }

        assertThat(lines("kong")).containsExactly(KONG);
        assertThat(lines("mesh")).containsExactly(MeshLines.KUMA, MeshLines.ENVOY);
    }

    @Test
    void silentConnection_isClosed() throws IOException {
        try (Socket socket = fixture.connectLines()) {
            assertThat(endOf(socket)).isTrue();
        }
    }

    @Test
    void lineThatDoesNotEnd_isWrittenAndItsConnectionClosed() throws IOException {
        try (Socket socket = fixture.connectLines()) {
            write(socket, KONG.substring(0, 100));

            assertThat(endOf(socket)).isTrue();
        }
        await(() -> lines("kong").size() == 1);
        assertThat(records("kong")).containsExactly(KONG.substring(0, 100));
        awaitGivenBack();
    }

    /** Each holds a part of the room that all of them wait for. */
    @Test
    void linesThatKeepEachOtherOut_areCutOffAndWritten() throws IOException {
        reopen(ReceiverFixture.impatient(256 << 10, 10));
        String beginning = "[" + "x".repeat(ReceiverFixture.LINE_BYTES - 100);
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sockets.add(fixture.connectLines());
        }

        for (Socket socket : sockets) {
            write(socket, beginning);
        }

        for (Socket socket : sockets) {
            assertThat(endOf(socket)).isTrue();
            socket.close();
        }
        awaitGivenBack();
        assertThat(fixture.metric("signal=mesh", "lines-total")).isEqualTo(6);
    }

    @Test
    void connectionsAboveTheLimit_areClosedAndCounted() throws IOException {
        reopen(ReceiverFixture.limits(8 << 20, 3));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sockets.add(fixture.connectLines());
        }
        await(() -> fixture.metric("", "line-connections") == 3);

        try (Socket more = fixture.connectLines()) {
            assertThat(endOf(more)).isTrue();
        }
        assertThat(fixture.metric("", "line-connections-refused-total")).isEqualTo(1);
        for (Socket socket : sockets) {
            socket.close();
        }
        await(() -> fixture.metric("", "line-connections") == 0);
    }

    @Test
    void ratesAboveTheLimit_areWaitedFor() throws IOException {
        reopen(ReceiverFixture.limits(8 << 20, 10, 0, 2_000));
        try (Socket socket = fixture.connectLines()) {
            write(socket, (KONG + "\n").repeat(10));
            await(() -> lines("kong").size() == 10);
            write(socket, MeshLines.KUMA + "\n");
            await(() -> fixture.receivers().inFlightBytes() > Budget.REQUEST_BYTES + MeshLines.KUMA.length());
            assertThat(lines("mesh")).isEmpty();

            fixture.nanos.set(60_000_000_000L);
            await(() -> lines("mesh").size() == 1);
        }
    }

    @Test
    void takenPort_isNamed() {
        assertThatThrownBy(() -> fixture.receivers().listenLines(lineAddress()))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(":" + fixture.linePort() + " is taken by another process");
    }

    private void reopen(ReceiverLimits limits) throws IOException {
        fixture.close();
        fixture = new ReceiverFixture(limits, ReceiverAccess.OPEN);
    }

    private InetSocketAddress lineAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.linePort());
    }

    private void send(String text) throws IOException {
        try (Socket socket = fixture.connectLines()) {
            write(socket, text);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes(text));
        out.flush();
    }

    private static boolean endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> records(String topic) {
        return fixture.topics.records().stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> new String(HexFormat.of().parseHex(record.hex()), StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> lines(String topic) {
        return records(topic).stream().flatMap(String::lines).toList();
    }

    /** Without decoding all of them again and again. */
    private long lineCount(String topic) {
        return fixture.metric("signal=" + topic, "lines-total");
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
