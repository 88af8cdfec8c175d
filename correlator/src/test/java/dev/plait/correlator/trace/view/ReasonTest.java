package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.span;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Given.Span SPAN = span(1, 0, "a", 1, 2).failed();

    @Test
    void reason_takesTheMostTellingText() {
        assertThat(reason(SPAN.throwing("IOException", "disk full").saying("failed")))
                .isEqualTo("IOException: disk full");
        assertThat(reason(SPAN.with("error.type", "TimeoutException").saying("no answer")))
                .isEqualTo("TimeoutException: no answer");
        assertThat(reason(SPAN.with("error.type", "TimeoutException"))).isEqualTo("TimeoutException");
        assertThat(reason(SPAN.throwing("E", "E: said already"))).isEqualTo("E: said already");
        assertThat(reason(SPAN.saying("out of stock"))).isEqualTo("out of stock");
        assertThat(reason(SPAN.with("error", "card declined"))).isEqualTo("card declined");
        assertThat(reason(SPAN.with("error.type", "503", "http.response.status_code", 503)))
                .isEqualTo("HTTP status 503");
        assertThat(reason(SPAN.with("error", "true", "http.status_code", "500")))
                .isEqualTo("HTTP status 500");
        assertThat(reason(SPAN.with("response_flags", "UT"))).isEqualTo("UT (UpstreamRequestTimeout)");
        assertThat(reason(SPAN.with("rpc.grpc.status_code", 14))).isEqualTo("gRPC status 14");
        assertThat(reason(SPAN)).isEqualTo("marked as an error without a description");
    }

    @Test
    void longReason_isCutWithoutTearingACharacter() {
        String reason = reason(SPAN.saying("x".repeat(238) + "😀".repeat(20)));

        assertThat(reason).isEqualTo("x".repeat(238) + "…");
    }

    private static String reason(Given.Span span) {
        return Reason.of(span.received());
    }
}
