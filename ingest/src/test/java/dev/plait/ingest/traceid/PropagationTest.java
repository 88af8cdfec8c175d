package dev.plait.ingest.traceid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropagationTest {
    private static final String WIDE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String LOW = "a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({
        "00-" + WIDE + "-" + SPAN + "-01, KEEP",
        "00-" + WIDE + "-" + SPAN + "-00, DROP",
        "00-" + WIDE + "-" + SPAN + "-03, KEEP",
        "cc-" + WIDE + "-" + SPAN + "-01, KEEP",
        "01-" + WIDE + "-" + SPAN + "-01-what-comes-later, KEEP",
    })
    void traceparent_isRead(String value, Sampling sampling) {
        assertContext(Traceparent.parse(value), WIDE, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-" + WIDE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + WIDE + "-0000000000000000-01",
                "00-" + WIDE + "-" + SPAN + "-0",
                "00-" + WIDE + "-" + SPAN + "-01-",
                "00-" + WIDE + "-" + SPAN + "-01-x",
                "01-" + WIDE + "-" + SPAN + "-01x",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + WIDE + "-00F067AA0BA902B7-01",
                "00-" + WIDE + "-" + SPAN + "-0G",
                "00_" + WIDE + "_" + SPAN + "_01",
                "00-" + WIDE + "-" + SPAN + "-01,00-" + WIDE + "-" + SPAN + "-01",
            })
    void traceparent_isRefused(String value) {
        assertThat(Traceparent.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        WIDE + "-" + SPAN + "," + WIDE + ", UNKNOWN",
        WIDE + "-" + SPAN + "-1," + WIDE + ", KEEP",
        LOW + "-" + SPAN + "-0,0000000000000000" + LOW + ", DROP",
        "A3CE929D0E0E4736-" + SPAN + "-d-05e3ac9a4f6e3b90,0000000000000000" + LOW + ", DEBUG",
    })
    void b3_isRead(String value, String trace, Sampling sampling) {
        assertContext(B3.single(value), trace, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "1",
                "d",
                LOW,
                "3ce929d0e0e4736-" + SPAN,
                "0" + WIDE + "-" + SPAN,
                "x3ce929d0e0e4736-" + SPAN,
                "0000000000000000-" + SPAN,
                WIDE + "-0000000000000000",
                WIDE + "-f067aa0ba902b7",
                WIDE + "-" + SPAN + "-2",
                WIDE + "-" + SPAN + "-1-05e3ac9a4f6e3b90-1",
            })
    void b3_isRefused(String value) {
        assertThat(B3.single(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        WIDE + ", true, '', KEEP",
        WIDE + ", 1, '', KEEP",
        WIDE + ", false, '', DROP",
        WIDE + ", 0, 1, DEBUG",
        WIDE + ", '', '', UNKNOWN",
    })
    void b3Headers_areRead(String trace, String sampled, String flags, Sampling sampling) {
        assertContext(B3.multi(trace, SPAN, "", sampled, flags), WIDE, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "0000000000000000", "00000000000000000000000000000000", "not-hex-16-chars"})
    void b3Headers_areRefused(String trace) {
        assertThat(B3.multi(trace, SPAN, "", "1", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        WIDE + ":" + SPAN + ":0:1," + WIDE + ", KEEP",
        WIDE + "%3A" + SPAN + "%3a0%3A3," + WIDE + ", DEBUG",
        "ce929d0e0e4736:f067aa0ba902b7:0:0,000000000000000000ce929d0e0e4736, DROP",
        "7b34da6a3ce929d0e0e4736:" + SPAN + "::01,0000000007b34da6a3ce929d0e0e4736, KEEP",
    })
    void jaeger_isRead(String value, String trace, Sampling sampling) {
        assertContext(Jaeger.parse(value), trace, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0:" + SPAN + ":0:1",
                "1" + WIDE + ":" + SPAN + ":0:1",
                WIDE + ":" + SPAN + ":1",
                WIDE + ":" + SPAN + ":0:1:2",
                WIDE + ":" + SPAN + ":0:001",
                WIDE + ":" + SPAN + ":0:",
                "xyz:" + SPAN + ":0:1",
            })
    void jaeger_isRefused(String value) {
        assertThat(Jaeger.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "11803532876627986230, '', 0000000000000000" + LOW + ", 1, KEEP",
        "11803532876627986230, '_dd.p.dm=-0,_dd.p.tid=4bf92f3577b34da6', " + WIDE + ", 2, KEEP",
        "11803532876627986230, '_dd.p.tid=4BF92F3577B34DA6', 0000000000000000" + LOW + ", -1, DROP",
        "11803532876627986230, '_dd.p.tid=4bf9', 0000000000000000" + LOW + ", 0, DROP",
        "18446744073709551615, '', 0000000000000000ffffffffffffffff, '', UNKNOWN",
    })
    void datadog_isRead(String low, String tags, String trace, String priority, Sampling sampling) {
        assertContext(Datadog.parse(low, "67667974448284343", tags, priority), trace, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "18446744073709551616", "99999999999999999999", "1e9", LOW})
    void datadog_isRefused(String low) {
        assertThat(Datadog.traceId(low)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=" + SPAN + ";Sampled=1, KEEP",
        "Sampled=0 ; Self=1-67891234-12456789abcdef012345678; Parent=" + SPAN
                + "; Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Lineage=a:1, DROP",
        "Parent=" + SPAN + ";Root=1-4BF92F35-77b34da6a3ce929d0e0e4736;Sampled=?, UNKNOWN",
    })
    void xray_isRead(String value, Sampling sampling) {
        assertContext(XRay.parse(value), WIDE, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Parent=" + SPAN,
                "Root=2-4bf92f35-77b34da6a3ce929d0e0e4736",
                "Root=1-4bf92f355-77b34da6a3ce929d0e0e4736",
                "Root=1-4bf92f35-77b34da6a3ce929d0e0e47360",
                "Root=1-4bf92f3577b34da6a3ce929d0e0e4736",
                "Root=1-00000000-000000000000000000000000",
            })
    void xray_isRefused(String value) {
        assertThat(XRay.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        WIDE + "/67667974448284343;o=1, KEEP",
        WIDE + "/67667974448284343;o=0, DROP",
        WIDE + "/67667974448284343, UNKNOWN",
    })
    void cloudTrace_isRead(String value, Sampling sampling) {
        assertContext(CloudTrace.parse(value), WIDE, SPAN, sampling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                WIDE,
                WIDE + "/",
                WIDE + "/x",
                WIDE + "/123456789012345678901",
                WIDE + "/1;o=2",
                LOW + "/1;o=1",
                "4BF92F3577B34DA6A3CE929D0E0E4736/1;o=1",
                "00000000000000000000000000000000/1;o=1",
            })
    void cloudTrace_isRefused(String value) {
        assertThat(CloudTrace.parse(value)).isEmpty();
    }

    @Test
    void openTracing_isReadInBothWidths() {
        assertContext(OpenTracing.parse(LOW, SPAN, "true"), "0000000000000000" + LOW, SPAN, Sampling.KEEP);
        assertContext(OpenTracing.parse(WIDE, SPAN, "0"), WIDE, SPAN, Sampling.DROP);
        assertThat(OpenTracing.parse("12", SPAN, "1")).isEmpty();
    }

    @Test
    void instana_isReadInBothWidths() {
        assertContext(Instana.parse(LOW, SPAN, "0"), "0000000000000000" + LOW, SPAN, Sampling.DROP);
        assertContext(Instana.parse(WIDE, SPAN, "1,correlationType=web;correlationId=7"), WIDE, SPAN, Sampling.KEEP);
        assertThat(Instana.parse("0000000000000000", SPAN, "1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        LOW + ", 0000000000000000" + LOW,
        WIDE + ", " + WIDE,
        "0000000000000000" + LOW + ", 0000000000000000" + LOW,
        "7, 00000000000000000000000000000007",
        "7b34da6a3ce929d0e0e4736, 0000000007b34da6a3ce929d0e0e4736",
    })
    void zipkin_isPadded(String text, String trace) {
        assertThat(ZipkinTraceId.parse(text).orElseThrow().hex()).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0x12", "1" + WIDE, "g"})
    void zipkin_isRefused(String text) {
        assertThat(ZipkinTraceId.parse(text)).isEmpty();
    }

    private static void assertContext(
            Optional<PropagatedContext> context, String trace, String span, Sampling sampling) {
        assertThat(context).isPresent();
        assertThat(context.get().traceId().hex()).isEqualTo(trace);
        assertThat(context.get().spanId()).isEqualTo(Long.parseUnsignedLong(span, 16));
        assertThat(context.get().sampling()).isEqualTo(sampling);
    }
}
