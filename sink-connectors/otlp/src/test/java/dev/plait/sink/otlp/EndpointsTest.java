package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:4318, http://localhost:4318/v1/traces",
        "http://localhost:4318/, http://localhost:4318/v1/traces",
        "https://otel.example.com/mycollector, https://otel.example.com/mycollector/v1/traces",
        "https://otel.example.com/mycollector/, https://otel.example.com/mycollector/v1/traces",
        "https://e.live.dynatrace.com/api/v2/otlp, https://e.live.dynatrace.com/api/v2/otlp/v1/traces",
        "http://[::1]:4318/a?b=c, http://[::1]:4318/a/v1/traces?b=c"
    })
    void base_isFollowedByThePathOfTheSignal(String base, String url) {
        assertThat(new Endpoints(base, Map.of()).of(Signal.TRACES)).hasToString(url);
    }

    @Test
    void urlOfASignal_isTakenAsItIs() {
        Endpoints endpoints = new Endpoints("http://localhost:4318", Map.of(Signal.LOGS, "http://logs.example.com/in"));

        assertThat(endpoints.of(Signal.LOGS)).hasToString("http://logs.example.com/in");
        assertThat(endpoints.of(Signal.METRICS)).hasToString("http://localhost:4318/v1/metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:4318", "ftp://localhost", "http://", "http://a b", "http://me:secret@localhost", ""})
    void whatIsNoUrl_isRefused(String url) {
        assertThatThrownBy(() -> new Endpoints(url, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void headers_areListedAsInOpenTelemetry() {
        assertThat(HeaderList.parse("Authorization=Api-Token%20dt0c01.x, x-a = b=c+d ,, "))
                .containsExactly(Map.entry("authorization", "Api-Token dt0c01.x"), Map.entry("x-a", "b=c+d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "=secret",
                "a b=secret",
                "a=secret%0d%0ax: y",
                "a=b,c\u00e9=secret",
                "Content-Type=secret",
                "grpc-a=secret",
                "a-bin=secret"
            })
    void whatIsNoHeader_isRefusedWithoutItsValue(String list) {
        assertThatThrownBy(() -> HeaderList.parse(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
