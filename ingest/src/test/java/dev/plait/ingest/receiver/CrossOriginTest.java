package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrossOriginTest {
    private static final String SHOP = "https://shop.example";

    @Test
    void configuredOrigins_mayAskAndSend() throws IOException {
        try (ReceiverFixture fixture = fixture("secret-token", SHOP)) {
            AggregatedHttpResponse asked = preflight(fixture, SHOP);
            AggregatedHttpResponse sent = post(fixture, SHOP, "Bearer secret-token");
            AggregatedHttpResponse refused = post(fixture, SHOP, "Bearer wrong");

            assertThat(asked.status().code()).isEqualTo(200);
            assertThat(asked.headers().get("access-control-allow-origin")).isEqualTo(SHOP);
            assertThat(asked.headers().get("access-control-allow-methods")).isEqualTo("POST");
            assertThat(asked.headers().get("access-control-allow-headers"))
                    .contains("content-type", "content-encoding", "authorization");
            assertThat(asked.headers().contains("access-control-allow-credentials"))
                    .isFalse();
            assertThat(sent.status().code()).isEqualTo(200);
            assertThat(sent.headers().get("access-control-allow-origin")).isEqualTo(SHOP);
            assertThat(refused.status().code()).isEqualTo(401);
            assertThat(refused.headers().get("access-control-allow-origin")).isEqualTo(SHOP);
        }
    }

    @Test
    void otherOrigins_getNoPermission() throws IOException {
        try (ReceiverFixture fixture = fixture("secret-token", SHOP)) {
            assertNoPermission(preflight(fixture, "https://shop.example.evil"));
            assertNoPermission(preflight(fixture, "null"));
            assertNoPermission(post(fixture, "http://shop.example", "Bearer secret-token"));
        }
    }

    @Test
    void anyOrigin_isLetInWithoutCredentials() throws IOException {
        try (ReceiverFixture fixture = fixture("secret-token", "*")) {
            AggregatedHttpResponse asked = preflight(fixture, "https://anyone.example");

            assertThat(asked.headers().get("access-control-allow-origin")).isEqualTo("*");
            assertThat(asked.headers().contains("access-control-allow-credentials"))
                    .isFalse();
        }
    }

    @Test
    void withoutConfiguration_nobodyIsLetIn() throws IOException {
        try (ReceiverFixture fixture = new ReceiverFixture()) {
            AggregatedHttpResponse asked = preflight(fixture, SHOP);

            assertThat(asked.status().code()).isEqualTo(405);
            assertNoPermission(asked);
        }
    }

    private static void assertNoPermission(AggregatedHttpResponse answer) {
        assertThat(answer.headers().names()).noneMatch(name -> name.toString().startsWith("access-control"));
    }

    private static ReceiverFixture fixture(String token, String... origins) throws IOException {
        return new ReceiverFixture(
                ReceiverFixture.limits(8 << 20, 500),
                new ReceiverAccess(Optional.of(token), Optional.empty(), List.of(origins)));
    }

    private static AggregatedHttpResponse preflight(ReceiverFixture fixture, String origin) {
        return fixture.options(
                "/v1/traces",
                "origin",
                origin,
                "access-control-request-method",
                "POST",
                "access-control-request-headers",
                "content-type,authorization");
    }

    private static AggregatedHttpResponse post(ReceiverFixture fixture, String origin, String authorization) {
        return fixture.post(
                "/v1/traces",
                Bodies.small(),
                "content-type",
                "application/x-protobuf",
                "origin",
                origin,
                "authorization",
                authorization);
    }
}
