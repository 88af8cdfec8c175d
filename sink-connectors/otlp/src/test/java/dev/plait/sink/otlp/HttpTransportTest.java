package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.sink.delivery.HttpSender;
import dev.plait.sink.delivery.HttpSettings;
import dev.plait.sink.delivery.Later;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTransportTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private final HttpBackend server = new HttpBackend("/otlp");
    private final OtlpBackend backend = server.backend();
    private final List<Item> items = Traces.items(1, 40, 3, 20);

    HttpTransportTest() throws Exception {}

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void requests_arriveAsTheyWereMade(boolean json, boolean gzip) {
        Transport transport = transport(json, gzip, 4 << 20, TIMEOUT);

        for (Signal signal : List.of(Signal.TRACES, Signal.LOGS)) {
            assertThat(transport.send(signal, Requests.of(signal, Traces.of(signal, items))))
                    .isEqualTo(Answer.Taken.ALL);
        }

        assertThat(backend.taken())
                .containsExactly(
                        Requests.of(Signal.TRACES, Traces.of(Signal.TRACES, items)),
                        Requests.of(Signal.LOGS, Traces.of(Signal.LOGS, items)));
        assertThat(backend.headers())
                .containsEntry("x-tenant", "shop")
                .containsEntry("content-type", json ? "application/json" : "application/x-protobuf");
        assertThat(backend.headers().containsKey("content-encoding")).isEqualTo(gzip);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void partialSuccess_isTakenAndTold(boolean json) {
        backend.failNext(new Fault.Partial(3, "three are bad"));

        assertThat(send(transport(json, true, 4 << 20, TIMEOUT))).isEqualTo(new Answer.Taken(3, "three are bad"));
    }

    @Test
    void retryAfterSeconds_isTold() {
        backend.failNext(Fault.http(429, "17"));

        Later later = ((Answer.NotNow) send(transport(false, true, 4 << 20, TIMEOUT))).later();

        assertThat(later.why()).isEqualTo("HTTP 429: refused by the test");
        assertThat(later.after()).contains(Duration.ofSeconds(17));
    }

    @Test
    void retryAfterDate_isTold() {
        ZonedDateTime then = ZonedDateTime.now(ZoneOffset.UTC).plusHours(2);
        backend.failNext(Fault.http(503, then.format(DateTimeFormatter.RFC_1123_DATE_TIME)));

        Later later = ((Answer.NotNow) send(transport(false, true, 4 << 20, TIMEOUT))).later();

        assertThat(later.after().orElseThrow()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
    }

    @Test
    void halfAnAnswer_isSentAgain() {
        backend.failNext(new Fault.HalfAnswer());

        assertThat(send(transport(false, true, 4 << 20, TIMEOUT))).isInstanceOf(Answer.NotNow.class);
    }

    @Test
    void serverThatDoesNotAnswer_isGivenUpAfterTheTimeout() {
        backend.failNext(new Fault.Hang());

        assertThat(send(transport(false, true, 4 << 20, Duration.ofMillis(300))))
                .isInstanceOf(Answer.NotNow.class);
    }

    @Test
    void endlessAnswer_isReadToItsLimit() {
        backend.failNext(new Fault.HugeAnswer(1L << 40));

        assertThat(send(transport(false, true, 4 << 20, TIMEOUT))).isEqualTo(Answer.Taken.ALL);
    }

    @Test
    void noServer_isNotNow() {
        Transport transport = transport(false, true, 4 << 20, TIMEOUT);
        server.close();

        assertThat(send(transport)).isInstanceOf(Answer.NotNow.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void requestAboveTheLimit_isNotSent(boolean json) {
        assertThat(send(transport(json, true, 1000, TIMEOUT))).isInstanceOf(Answer.TooLarge.class);
        assertThat(backend.requests()).isZero();
    }

    private Answer send(Transport transport) {
        return transport.send(Signal.TRACES, Requests.of(Signal.TRACES, Traces.of(Signal.TRACES, items)));
    }

    private Transport transport(boolean json, boolean gzip, int maxBytes, Duration timeout) {
        HttpSender http = new HttpSender(new HttpSettings(timeout, timeout, Optional.empty(), Optional.empty()));
        Endpoints endpoints = new Endpoints(server.url(), Map.of());
        return new HttpTransport(http, endpoints, Map.of("x-tenant", "shop"), json, gzip, maxBytes);
    }
}
