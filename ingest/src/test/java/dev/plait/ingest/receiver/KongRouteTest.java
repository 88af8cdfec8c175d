package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import dev.plait.ingest.kong.KongLogs;
import dev.plait.ingest.receiver.FakeTopics.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KongRouteTest {
    private static final String PATH = "/kong/logs";
    private static final String TYPE = "content-type";

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

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "text/plain", "x-anything/of-kong"})
    void log_isWrittenAsItIsWhateverItsContentType(String type) {
        AggregatedHttpResponse answer = fixture.post(PATH, bytes(KongLogs.FULL), TYPE, type);

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(answer.contentUtf8()).isEmpty();
        assertThat(fixture.topics.records()).containsExactly(written(KongLogs.FULL));
    }

    @Test
    void batchesAndLines_areOneRecordEach() {
        String log = KongLogs.with("");
        List<String> bodies = List.of("[" + log + "]", "[" + log + "," + log + "]", log + "\n" + log + "\n");

        for (String body : bodies) {
            assertThat(fixture.post(PATH, bytes(body), TYPE, "application/json")
                            .status()
                            .code())
                    .isEqualTo(200);
        }

        assertThat(fixture.topics.records())
                .containsExactlyElementsOf(
                        bodies.stream().map(KongRouteTest::written).toList());
    }

    @Test
    void gzip_isWrittenAsItsContent() {
        byte[] gzip = Bodies.gzip(bytes(KongLogs.FULL));

        assertThat(fixture.post(PATH, gzip, TYPE, "application/json", "content-encoding", "gzip")
                        .status()
                        .code())
                .isEqualTo(200);
        assertThat(fixture.topics.records()).containsExactly(written(KongLogs.FULL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void methods_areThoseOfThePlugin(String method) {
        AggregatedHttpResponse answer = fixture.http(HttpMethod.valueOf(method), PATH, bytes(KongLogs.FULL));

        assertThat(answer.status().code()).isEqualTo(200);
    }

    @Test
    void otherMethods_areNot() {
        AggregatedHttpResponse answer = fixture.http(HttpMethod.GET, PATH, new byte[0]);

        assertThat(answer.status().code()).isEqualTo(405);
        assertThat(answer.headers().get("allow")).isEqualTo("POST, PUT, PATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>502 Bad Gateway</html>", "{\"request\":{\"method\":", "{\"a\":1}", "[{\"request\":7}]"})
    void whatHoldsNoLog_isRefusedWithTheDecodersWords(String body) {
        AggregatedHttpResponse answer = fixture.post(PATH, bytes(body), TYPE, "application/json");

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentUtf8()).containsPattern("^[A-Z_]+: .*\n$").doesNotContain("502");
        assertThat(fixture.topics.records()).isEmpty();
    }

    @Test
    void batchWithABadLog_isAcceptedWhole() {
        String body = "[" + KongLogs.with("") + ",{\"request\":7}]";

        assertThat(fixture.post(PATH, bytes(body), TYPE, "application/json")
                        .status()
                        .code())
                .isEqualTo(200);
        assertThat(fixture.topics.records()).containsExactly(written(body));
    }

    @Test
    void batchAboveARecord_isCutBetweenItsLogs() {
        List<String> logs = IntStream.range(0, 3000)
                .mapToObj(i -> KongLogs.with("\"correlation_id\":\"" + "é".repeat(70) + i + "\""))
                .toList();
        byte[] body = bytes("[" + String.join(" , ", logs) + "]\n");

        AggregatedHttpResponse answer = fixture.post(PATH, body, TYPE, "application/json");

        assertThat(answer.status().code()).isEqualTo(200);
        List<String> records = fixture.topics.records().stream()
                .map(record -> new String(HexFormat.of().parseHex(record.hex()), StandardCharsets.UTF_8))
                .toList();
        assertThat(records).hasSize((body.length + ReceiverFixture.RECORD_BYTES) / ReceiverFixture.RECORD_BYTES);
        assertThat(records).allMatch(record -> bytes(record).length <= ReceiverFixture.RECORD_BYTES);
        assertThat(records.stream()
                        .map(record -> record.substring(1, record.length() - 1))
                        .collect(Collectors.joining(",")))
                .isEqualTo(String.join(",", logs));
    }

    @Test
    void logAboveARecord_isTooLarge() {
        String log = KongLogs.with("\"correlation_id\":\"" + "a".repeat(ReceiverFixture.RECORD_BYTES) + "\"");

        assertThat(fixture.post(PATH, bytes("[" + log + "]"), TYPE, "application/json")
                        .status()
                        .code())
                .isEqualTo(413);
        assertThat(fixture.topics.records()).isEmpty();
    }

    @Test
    void kafkaThatDoesNotAcknowledge_isToldToSendAgain() {
        fixture.topics.acknowledge(() -> CompletableFuture.failedFuture(new IllegalStateException("no leader")));

        AggregatedHttpResponse answer = fixture.post(PATH, bytes(KongLogs.FULL), TYPE, "application/json");

        assertThat(answer.status().code()).isEqualTo(503);
        assertThat(answer.headers().get("retry-after")).isEqualTo("2");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Written written(String value) {
        return new Written("kong", HexFormat.of().formatHex(bytes(value)));
    }
}
