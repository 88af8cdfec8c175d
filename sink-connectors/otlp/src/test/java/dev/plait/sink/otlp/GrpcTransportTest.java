package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcTransportTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private final GrpcBackend server = new GrpcBackend();

    GrpcTransportTest() throws Exception {}

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void request_arrivesWithHeadersAndCompressed() throws Exception {
        List<Item> items = Traces.items(1, 40, 3, 20);

        try (Transport transport = transport(Map.of("x-tenant", "shop"), TIMEOUT)) {
            for (Signal signal : List.of(Signal.TRACES, Signal.LOGS)) {
                assertThat(transport.send(signal, Requests.of(signal, Traces.of(signal, items))))
                        .isEqualTo(Answer.Taken.ALL);
            }
        }

        assertThat(server.backend().spans()).hasSize(40);
        assertThat(server.backend().logs()).hasSize(20);
        assertThat(server.backend().headers()).containsEntry("x-tenant", "shop").containsEntry("grpc-encoding", "gzip");
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void status_isRetriedByTheTableOfOtlp(Status.Code code) throws Exception {
        server.backend().failNext(Fault.grpc(code));

        Answer answer = send(TIMEOUT);

        boolean retried = List.of(
                        "CANCELLED", "DEADLINE_EXCEEDED", "ABORTED", "OUT_OF_RANGE", "UNAVAILABLE", "DATA_LOSS")
                .contains(code.name());
        boolean denied =
                List.of("UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED").contains(code.name());
        assertThat(answer)
                .isInstanceOf(retried ? Answer.NotNow.class : denied ? Answer.Denied.class : Answer.Refused.class);
        assertThat(server.backend().requests()).isEqualTo(1);
    }

    @Test
    void resourceExhausted_withRetryInfoIsRetriedThen() throws Exception {
        server.backend()
                .failNext(new Fault.Grpc(
                        Status.Code.RESOURCE_EXHAUSTED, "slow down", Optional.of(Duration.ofMillis(1500))));

        assertThat(send(TIMEOUT))
                .isEqualTo(
                        Answer.NotNow.of("gRPC RESOURCE_EXHAUSTED: slow down", Optional.of(Duration.ofMillis(1500))));
    }

    @Test
    void partialSuccess_isTakenAndTold() throws Exception {
        server.backend().failNext(new Fault.Partial(3, "three are bad"));

        assertThat(send(TIMEOUT)).isEqualTo(new Answer.Taken(3, "three are bad"));
    }

    @Test
    void serverThatDoesNotAnswer_isLater() throws Exception {
        server.backend().failNext(new Fault.Hang());

        assertThat(send(Duration.ofMillis(300))).isInstanceOf(Answer.NotNow.class);
    }

    @Test
    void noServer_isLater() throws Exception {
        try (Transport transport = transport(Map.of(), TIMEOUT)) {
            server.close();

            assertThat(transport.send(Signal.TRACES, Requests.of(Signal.TRACES, List.of())))
                    .isInstanceOf(Answer.NotNow.class);
        }
    }

    @Test
    void requestAboveTheLimit_isNotSent() throws Exception {
        List<Item> spans = Traces.of(Signal.TRACES, Traces.items(1, 40, 3, 20));
        try (Transport transport = new GrpcTransport(target(), Map.of(), true, 1000, TIMEOUT)) {
            assertThat(transport.send(Signal.TRACES, Requests.of(Signal.TRACES, spans)))
                    .isInstanceOf(Answer.TooLarge.class);
        }
        assertThat(server.backend().requests()).isZero();
    }

    private Answer send(Duration timeout) throws Exception {
        try (Transport transport = transport(Map.of(), timeout)) {
            return transport.send(
                    Signal.TRACES, Requests.of(Signal.TRACES, Traces.of(Signal.TRACES, Traces.items(1, 10, 1, 0))));
        }
    }

    private Transport transport(Map<String, String> headers, Duration timeout) throws Exception {
        return new GrpcTransport(target(), headers, true, 4 << 20, timeout);
    }

    private GrpcTarget target() throws Exception {
        return new GrpcTarget(URI.create(server.url()), SSLContext.getDefault());
    }
}
