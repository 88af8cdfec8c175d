package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTraceTest {
    private static final String KEY = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @CsvSource({
        "4bf92f3577b34da6a3ce929d0e0e4736, true",
        "4BF92F3577B34DA6A3CE929D0E0E4736, true",
        "a3ce929d0e0e4736, true",
        "11803532876627986230, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736, true",
        "4bf92f3577b34da7a3ce929d0e0e4736, false",
        "9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f, true",
        "6d7a4b0f-8a3a-0c5c-1b2d-3e4f00000001, true",
        "checkout, false",
    })
    void trace_isFoundByAnyOfItsIds(String id, boolean found) throws IOException {
        String json = "{\"traceId\":\"" + KEY
                + "\",\"gateway\":{\"requestId\":\"9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f\",\"service\":\"checkout\"},"
                + "\"spans\":[{\"attributes\":{\"guid:x-request-id\":\"6D7A4B0F-8a3a-0c5c-1b2d-3e4f00000001\"}}]}";
        WantedTrace wanted = WantedTrace.of(id);

        boolean matches = wanted.mayBe(KEY.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8))
                && wanted.is(new ObjectMapper().readTree(json));

        assertThat(matches).isEqualTo(found);
    }
}
