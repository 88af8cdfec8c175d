package dev.plait.ingest.receiver;

import static dev.plait.ingest.prometheus.RemoteWrites.TIME_MS;
import static dev.plait.ingest.prometheus.RemoteWrites.one;
import static dev.plait.ingest.prometheus.RemoteWrites.sample;
import static dev.plait.ingest.prometheus.RemoteWrites.series;
import static dev.plait.ingest.prometheus.RemoteWrites.snappy;
import static dev.plait.ingest.prometheus.RemoteWrites.v1;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.prometheus.RemoteWriteDecoder;
import dev.plait.ingest.prometheus.RemoteWrites;
import dev.plait.ingest.receiver.FakeTopics.Written;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteRouteTest {
    private static final String PATH = "/api/v1/write";
    private static final String V1 = "application/x-protobuf";
    private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    private static ReceiverFixture fixture;

    @BeforeAll
    static void open() throws IOException {
        fixture = new ReceiverFixture();
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
    void firstVersion_isWrittenAsItCame() {
        byte[] body = snappy(one(1, "__name__", "up", "job", "kong"));

        AggregatedHttpResponse answer = post(body, V1);

        assertThat(answer.status().code()).isEqualTo(204);
        assertThat(fixture.topics.records()).containsExactly(written(body));
    }

    @Test
    void secondVersion_isAnsweredWithWhatWasWritten() {
        byte[] body = snappy(new RemoteWrites.V2()
                .series(
                        out -> {
                            sample(1, TIME_MS).accept(out);
                            sample(2, TIME_MS + 1).accept(out);
                            exemplar(out);
                        },
                        "__name__",
                        "requests_total")
                .series(sample(3, TIME_MS), "__name__", "up")
                .body());

        AggregatedHttpResponse answer = post(body, V2);

        assertThat(answer.status().code()).isEqualTo(204);
        assertThat(counts(answer)).containsExactly("3", "0", "1");
        assertThat(fixture.topics.records()).containsExactly(written(body));
    }

    /** Senders must not repeat it, and must hear of it: 400, though what is good was written. */
    @Test
    void badSeries_isToldAndItsNeighboursAreWritten() {
        byte[] body = snappy(v1(out -> {
            series(out, sample(1, TIME_MS), "__name__", "up");
            series(out, sample(1, TIME_MS), "job", "nameless");
        }));

        AggregatedHttpResponse answer = post(body, V1);

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentUtf8()).startsWith("item 1: BAD_METRIC: ");
        assertThat(counts(answer)).containsExactly("1", "0", "0");
        assertThat(fixture.topics.records()).containsExactly(written(body));
    }

    @Test
    void requestOfBadSeries_isToldWhatIsWrongWithTheFirst() {
        AggregatedHttpResponse answer = post(snappy(v1(out -> series(out, sample(1, 0), "__name__", "up"))), V1);

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentUtf8()).contains("a sample at 0 ms");
        assertThat(counts(answer)).containsExactly("0", "0", "0");
    }

    @ParameterizedTest
    @CsvSource({"0a", "ff", "ffffffffff", "0a001122", "646464"})
    void brokenBlocks_areRefused(String hex) {
        AggregatedHttpResponse answer = post(HexFormat.of().parseHex(hex), V1);

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(counts(answer)).containsExactly("0", "0", "0");
        assertThat(fixture.topics.records()).isEmpty();
    }

    @Test
    void brokenRequests_areRefusedWithTheDecodersWords() {
        AggregatedHttpResponse otlp = post(snappy(new byte[] {0x12, 1, 1}), V1);
        AggregatedHttpResponse cut = post(snappy(new byte[] {0x0a, 100, 1}), V1);

        assertThat(otlp.status().code()).isEqualTo(400);
        assertThat(otlp.contentUtf8()).startsWith("WRONG_FORMAT: ");
        assertThat(cut.status().code()).isEqualTo(400);
        assertThat(cut.contentUtf8()).startsWith("TRUNCATED: ");
    }

    @Test
    void bomb_isRefusedAtTheLimit() {
        byte[] bomb = snappy(new byte[ReceiverFixture.MAX_BYTES * 4]);

        assertThat(post(bomb, V1).status().code()).isEqualTo(413);
        assertThat(fixture.receivers().inFlightBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-protobuf;proto=io.prometheus.write.v3.Request",
                "application/json",
                "text/plain;proto=prometheus.WriteRequest"
            })
    void otherMessages_areUnsupported(String type) {
        assertThat(post(snappy(one(1, "__name__", "up")), type).status().code()).isEqualTo(415);
    }

    @Test
    void otherEncodings_areUnsupported() {
        byte[] body = Bodies.gzip(one(1, "__name__", "up"));

        assertThat(fixture.post(PATH, body, "content-type", V1, "content-encoding", "gzip")
                        .status()
                        .code())
                .isEqualTo(415);
    }

    @Test
    void oldSendersWithoutHeaders_areUnderstood() {
        assertThat(fixture.post(PATH, snappy(one(1, "__name__", "up"))).status().code())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bodyAboveARecord_isCutBetweenItsSeries(int version) {
        Random random = new Random(7);
        int count = version == 1 ? 9_000 : 6_000;
        RemoteWrites.V2 second = new RemoteWrites.V2();
        byte[] first = v1(out -> {
            for (int i = 0; i < count; i++) {
                series(out, sample(i, TIME_MS), "__name__", "m" + i, "noise", noise(random));
            }
        });
        for (int i = 0; version == 2 && i < count; i++) {
            second.series(
                    out -> {
                        for (int j = 0; j < 5; j++) {
                            sample(random.nextDouble(), TIME_MS + j).accept(out);
                        }
                    },
                    "__name__",
                    "m" + i % 100,
                    "job",
                    "j" + i % 99);
        }
        byte[] body = snappy(version == 1 ? first : second.body());
        assertThat(body.length).isGreaterThan(ReceiverFixture.RECORD_BYTES);

        AggregatedHttpResponse answer = post(body, version == 1 ? V1 : V2);

        assertThat(answer.status().code()).isEqualTo(204);
        assertThat(counts(answer)).containsExactly(Integer.toString(version == 1 ? count : 5 * count), "0", "0");
        assertThat(points(fixture.topics.records())).isEqualTo(points(List.of(written(body))));
        assertThat(fixture.topics.records())
                .hasSizeGreaterThan(1)
                .allMatch(record -> record.hex().length() / 2 <= ReceiverFixture.RECORD_BYTES);
    }

    @Test
    void senders_areToldToRepeatWithWhatTheyRepeat() throws IOException {
        byte[] body = snappy(one(1, "__name__", "up"));
        fixture.topics.acknowledge(() -> CompletableFuture.failedFuture(new IllegalStateException("no leader")));

        AggregatedHttpResponse slow = post(body, V1);

        assertThat(slow.status().code()).isEqualTo(503);
        assertThat(slow.headers().get("retry-after")).isEqualTo("2");
        try (ReceiverFixture busy =
                new ReceiverFixture(ReceiverFixture.limits(8 << 20, 500, 1, 0), ReceiverAccess.OPEN)) {
            busy.post(PATH, body, "content-type", V1);
            AggregatedHttpResponse limited = busy.post(PATH, body, "content-type", V1);

            assertThat(limited.status().code()).isEqualTo(503);
            assertThat(limited.headers().get("retry-after")).isEqualTo("1");
        }
    }

    /** Prometheus drops what is answered 408. */
    @Test
    void senderWhoseNetworkStalls_isToldToRepeat() throws IOException {
        try (ReceiverFixture impatient =
                        new ReceiverFixture(ReceiverFixture.impatient(8 << 20, 10), ReceiverAccess.OPEN);
                Socket socket = impatient.connect()) {
            String head = "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + V1
                    + "\r\nContent-Encoding: snappy\r\nContent-Length: 1000\r\n\r\nx";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 503".length());

            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 503");
        }
    }

    private static int points(List<Written> records) {
        int points = 0;
        for (Written record : records) {
            RecordingSink sink = new RecordingSink();
            assertThat(new RemoteWriteDecoder().decode(HexFormat.of().parseHex(record.hex()), sink))
                    .isEmpty();
            assertThat(sink.rejected()).isEmpty();
            points += sink.points();
        }
        return points;
    }

    private static void exemplar(ProtoWriter out) {
        int exemplar = out.begin(4);
        out.doubleValue(2, 1);
        out.varint(3, TIME_MS);
        out.end(exemplar);
    }

    private static String noise(Random random) {
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    private static List<String> counts(AggregatedHttpResponse answer) {
        return List.of(
                answer.headers().get("x-prometheus-remote-write-samples-written", ""),
                answer.headers().get("x-prometheus-remote-write-histograms-written", ""),
                answer.headers().get("x-prometheus-remote-write-exemplars-written", ""));
    }

    private static AggregatedHttpResponse post(byte[] body, String type) {
        return fixture.post(PATH, body, "content-type", type, "content-encoding", "snappy");
    }

    private static Written written(byte[] value) {
        return new Written("prometheus", HexFormat.of().formatHex(value));
    }
}
