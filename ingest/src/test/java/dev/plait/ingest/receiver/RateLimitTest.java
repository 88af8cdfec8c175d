package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String[] PROTOBUF = {"content-type", "application/x-protobuf"};
    private static final String[] GRPC = {"content-type", "application/grpc", "te", "trailers"};

    @Test
    void requestsAboveTheRate_areToldWhenToComeAgain() throws IOException {
        try (ReceiverFixture fixture = fixture(2, 0)) {
            assertThat(post(fixture).status().code()).isEqualTo(200);
            assertThat(post(fixture).status().code()).isEqualTo(200);

            AggregatedHttpResponse http = post(fixture);
            AggregatedHttpResponse grpc = fixture.grpc(OtlpSignal.TRACES, Bodies.grpc(0, Bodies.small()), GRPC);
            fixture.nanos.set(SECOND / 2);
            AggregatedHttpResponse later = post(fixture);

            assertThat(http.status().code()).isEqualTo(429);
            assertThat(http.headers().get("retry-after")).isEqualTo("1");
            assertThat(grpc.headers().get("grpc-status")).isEqualTo("8");
            // RetryInfo{Duration{nanos: 500 000 000}}
            byte[] details = Base64.getDecoder().decode(grpc.headers().get("grpc-status-details-bin"));
            assertThat(HexFormat.of().formatHex(details)).endsWith("1080cab5ee01");
            assertThat(later.status().code()).isEqualTo(200);
            assertThat(fixture.topics.records()).hasSize(3);
        }
    }

    @Test
    void bytesAboveTheRate_mustBePaidBack() throws IOException {
        byte[] body = Bodies.spans("orders", 100, 100).toByteArray();
        try (ReceiverFixture fixture = fixture(0, body.length / 4)) {
            assertThat(fixture.post("/v1/traces", Bodies.gzip(body), with("content-encoding", "gzip"))
                            .status()
                            .code())
                    .isEqualTo(200);

            AggregatedHttpResponse refused = post(fixture);
            fixture.nanos.set(3 * SECOND - SECOND / 10);
            AggregatedHttpResponse early = post(fixture);
            fixture.nanos.set(3 * SECOND + SECOND / 10);
            AggregatedHttpResponse paid = post(fixture);

            assertThat(refused.status().code()).isEqualTo(429);
            assertThat(refused.headers().getInt("retry-after")).isEqualTo(4);
            assertThat(early.status().code()).isEqualTo(429);
            assertThat(early.headers().getInt("retry-after")).isEqualTo(1);
            assertThat(paid.status().code()).isEqualTo(200);
        }
    }

    @Test
    void pauses_saveNoMoreThanASecond() throws IOException {
        try (ReceiverFixture fixture = fixture(1, 0)) {
            fixture.nanos.set(1_000 * SECOND);

            assertThat(post(fixture).status().code()).isEqualTo(200);
            assertThat(post(fixture).status().code()).isEqualTo(429);
        }
    }

    private static ReceiverFixture fixture(long requestsPerSecond, long bytesPerSecond) throws IOException {
        return new ReceiverFixture(
                ReceiverFixture.limits(8 << 20, 500, requestsPerSecond, bytesPerSecond), ReceiverAccess.OPEN);
    }

    private static AggregatedHttpResponse post(ReceiverFixture fixture) {
        return fixture.post("/v1/traces", Bodies.small(), PROTOBUF);
    }

    private static String[] with(String name, String value) {
        return new String[] {PROTOBUF[0], PROTOBUF[1], name, value};
    }
}
