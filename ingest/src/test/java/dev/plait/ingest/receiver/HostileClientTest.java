package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that hold on, send too much or send nothing; honest ones are answered all the while. */
class HostileClientTest {
    private static final String HEAD =
            "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n";
    private static final int CONNECTIONS = 400;

    private static ReceiverFixture fixture;

    @BeforeAll
    static void open() throws IOException {
        fixture = new ReceiverFixture(ReceiverFixture.impatient(8 << 20, CONNECTIONS + 50), ReceiverAccess.OPEN);
    }

    @BeforeEach
    void forget() {
        fixture.topics.clear();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void slowBody_isCutOff() throws IOException {
        try (Socket socket = fixture.connect()) {
            send(socket, HEAD + "Content-Length: 1000\r\n\r\n\n\n");

            assertThat(statusLine(socket)).contains(" 408 ");
        }
        assertGivenBack();
    }

    /** Whoever sends on after the answer would else hold the connection as long as it likes. */
    @Test
    void connections_endAfterAnAnswerThatDidNotWaitForTheBody() throws IOException {
        String length = "Content-Length: 9000000000\r\n\r\n";
        String text = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";
        for (String head : List.of(
                HEAD + length,
                HEAD + "Content-Length: 1000\r\n\r\n",
                text + length,
                "POST /nowhere HTTP/1.1\r\nHost: x\r\n" + length,
                "PUT /v1/traces HTTP/1.1\r\nHost: x\r\n" + length)) {
            try (Socket socket = fixture.connect()) {
                send(socket, head);
                assertThat(statusLine(socket)).as(head).contains(" 4");

                assertThat(isClosedWhileSending(socket)).as(head).isTrue();
            }
        }
        assertGivenBack();
    }

    private static boolean isClosedWhileSending(Socket socket) {
        long end = System.nanoTime() + 20_000_000_000L;
        try {
            while (System.nanoTime() < end) {
                send(socket, "\n");
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void connectionWithoutARequest_isClosed() throws IOException {
        try (Socket socket = fixture.connect();
                Socket half = fixture.connect()) {
            send(half, HEAD);

            assertThat(statusLine(socket)).isEmpty();
            assertThat(statusLine(half)).isEmpty();
        }
    }

    /** Bytes that never become a request's headers: of HTTP/1.1, and of HTTP/2, whose preface is all that comes. */
    @Test
    void connectionsThatNeverCompleteTheirFirstHeaders_areClosed() throws IOException {
        try (ReceiverFixture lasting = new ReceiverFixture(ReceiverFixture.lasting(), ReceiverAccess.OPEN)) {
            try (Socket trickle = lasting.connect()) {
                send(trickle, HEAD + "X-Long: ");
                assertThat(isClosedWhileSendingSeldom(trickle)).isTrue();
            }
            for (int port : List.of(lasting.httpPort(), lasting.grpcPort())) {
                for (String start : List.of("", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")) {
                    try (Socket socket = ReceiverFixture.connect(port)) {
                        send(socket, start);
                        assertThat(isClosed(socket)).as(start).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void connectionAfterARequest_isKept() throws IOException {
        try (ReceiverFixture lasting = new ReceiverFixture(ReceiverFixture.lasting(), ReceiverAccess.OPEN);
                Socket answered = lasting.connect();
                Socket silent = lasting.connect()) {
            send(answered, "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(statusLine(answered)).contains(" 404 ");

            assertThat(isClosed(silent)).isTrue();

            send(answered, "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(statusLine(answered)).contains(" 404 ");
        }
    }

    @Test
    void headersOfALaterRequest_areCutOffWhenIdleTimeIsOver() throws IOException {
        try (Socket socket = fixture.connect()) {
            send(socket, "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(statusLine(socket)).contains(" 404 ");

            send(socket, HEAD + "X-Long: ");

            assertThat(isClosedWhileSendingSeldom(socket)).isTrue();
        }
    }

    /** Reads away what comes; false when nothing ends it for some seconds. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // settings, or the rest of an answer
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** A byte now and then: fewer of them than the longest headers have. */
    private static boolean isClosedWhileSendingSeldom(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        for (int i = 0; i < 500; i++) {
            if (isClosed(socket)) {
                return true;
            }
            sendIfOpen(socket, "a");
        }
        return false;
    }

    @Test
    void announcedSizeAboveTheLimit_isRefusedUnread() throws IOException {
        try (Socket socket = fixture.connect()) {
            send(socket, HEAD + "Content-Length: 9000000000\r\n\r\n");

            assertThat(statusLine(socket)).contains(" 413 ");
        }
        assertGivenBack();
    }

    @Test
    void endlessChunks_areRefusedAtTheLimit() throws IOException {
        try (Socket socket = fixture.connect()) {
            send(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "8000\r\n" + "\n".repeat(0x8000) + "\r\n";
            int sent = 0;
            try {
                for (; sent < 100; sent++) {
                    send(socket, chunk);
                }
            } catch (SocketException closed) {
                // by the receiver, as it should
            }
        }
        assertGivenBack();
        assertThat(fixture.topics.records()).isEmpty();
    }

    @Test
    void bombs_areRefusedAtTheLimit() {
        byte[] zeros = new byte[200 << 20];
        byte[] gzip = Bodies.gzip(zeros);
        byte[] zstd = Bodies.zstd(zeros);
        byte[] deflate = Bodies.deflate(zeros, false);

        for (int i = 0; i < 3; i++) {
            assertThat(status(gzip, "gzip")).isEqualTo(413);
            assertThat(status(zstd, "zstd")).isEqualTo(413);
            assertThat(status(deflate, "deflate")).isEqualTo(413);
        }
        AggregatedHttpResponse grpc = fixture.grpc(
                OtlpSignal.TRACES, Bodies.grpc(1, gzip), "content-type", "application/grpc", "grpc-encoding", "gzip");
        assertThat(grpc.headers().get("grpc-status")).isEqualTo("8");
        assertThat(grpc.headers().get("grpc-status-details-bin", "")).doesNotContain("UmV0cnlJbmZv");
        assertGivenBack();
        assertHonestIsAnswered();
    }

    @Test
    void hugeHeaders_areRefused() throws IOException {
        try (Socket socket = fixture.connect()) {
            try {
                send(socket, HEAD + "X-Long: " + "a".repeat(64 << 10) + "\r\n\r\n");
            } catch (SocketException closed) {
                // before all of it was sent
            }
            assertThat(statusLine(socket)).doesNotContain(" 200 ");
        }
        assertHonestIsAnswered();
    }

    @Test
    void manySlowConnections_doNotKeepHonestOnesOut() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = fixture.connect();
                sockets.add(socket);
                send(socket, HEAD + "Content-Length: 100000\r\n\r\n\n\n\n");
            }
            assertHonestIsAnswered();
            for (Socket socket : sockets) {
                assertThat(statusLine(socket)).contains(" 408 ");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertGivenBack();
    }

    @Test
    void thousandsOfConnections_areBoundedAndDoNotKeepAnHonestOneOut() throws IOException {
        int limit = 2_000;
        try (ReceiverFixture open =
                new ReceiverFixture(ReceiverFixture.impatient(16 << 20, limit), ReceiverAccess.OPEN)) {
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 3_000; i++) {
                    Socket socket = open.connect();
                    sockets.add(socket);
                    if (i % 2 == 0) {
                        sendIfOpen(socket, HEAD + "Content-Length: 100000\r\n\r\n\n");
                    }
                }
                int answered = 0;
                for (Socket socket : sockets) {
                    answered += statusLine(socket).contains(" 408 ") ? 1 : 0;
                }

                assertThat(answered).isPositive().isLessThanOrEqualTo(limit);
                assertHonestIsAnswered(open);
                assertThat(open.receivers().inFlightBytes()).isLessThanOrEqualTo(16 << 20);
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void slowGrpcBody_isCutOff() {
        HttpRequestWriter request = HttpRequest.streaming(RequestHeaders.of(
                HttpMethod.POST, OtlpSignal.TRACES.grpcPath(), "content-type", "application/grpc", "te", "trailers"));
        request.write(HttpData.wrap(new byte[] {0, 0, 0, 1, 0, 10}));

        AggregatedHttpResponse answer = WebClient.builder("h2c://127.0.0.1:" + fixture.grpcPort())
                .responseTimeoutMillis(20_000)
                .build()
                .execute(request)
                .aggregate()
                .join();

        assertThat(answer.headers().get("grpc-status")).isEqualTo("4");
        assertGivenBack();
    }

    @Test
    void endlessGrpcBody_isRefusedAtTheLimit() {
        byte[] large = new byte[2 * ReceiverFixture.MAX_BYTES];

        AggregatedHttpResponse answer = fixture.grpc(
                OtlpSignal.TRACES, Bodies.grpc(0, large), "content-type", "application/grpc", "te", "trailers");

        assertThat(answer.headers().get("grpc-status")).isEqualTo("8");
        assertThat(answer.headers().get("grpc-status-details-bin", "")).doesNotContain("UmV0cnlJbmZv");
        assertGivenBack();
    }

    @Test
    void connectionsAboveTheLimit_areClosedAndRoomComesBack() throws IOException {
        try (ReceiverFixture small = new ReceiverFixture(ReceiverFixture.impatient(8 << 20, 10), ReceiverAccess.OPEN)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sockets.add(small.connect());
            }
            for (Socket socket : sockets) {
                assertThat(statusLine(socket)).isEmpty();
                socket.close();
            }

            assertHonestIsAnswered(small);
        }
    }

    private static void assertHonestIsAnswered() {
        assertHonestIsAnswered(fixture);
    }

    private static void assertHonestIsAnswered(ReceiverFixture receivers) {
        assertThat(receivers
                        .post("/v1/traces", Bodies.small(), "content-type", "application/x-protobuf")
                        .status()
                        .code())
                .isEqualTo(200);
    }

    private void assertGivenBack() {
        long end = System.nanoTime() + 20_000_000_000L;
        while (fixture.receivers().inFlightBytes() != 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(fixture.receivers().inFlightBytes()).isZero();
    }

    private int status(byte[] body, String encoding) {
        return fixture.post("/v1/traces", body, "content-type", "application/x-protobuf", "content-encoding", encoding)
                .status()
                .code();
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void sendIfOpen(Socket socket, String text) throws IOException {
        try {
            send(socket, text);
        } catch (SocketException closed) {
            // one above the limit
        }
    }

    /** The first line of the answer; empty when the connection was closed without one. */
    private static String statusLine(Socket socket) throws IOException {
        try {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (SocketException reset) {
            return "";
        }
    }
}
