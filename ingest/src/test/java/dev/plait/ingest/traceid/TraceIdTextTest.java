package dev.plait.ingest.traceid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Hex;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTextTest {
    private static final String WIDE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String NARROW = "0000000000000000a3ce929d0e0e4736";

    @ParameterizedTest
    @CsvSource({
        "a3ce929d0e0e4736, " + NARROW,
        NARROW + ", " + NARROW,
        "11803532876627986230, " + NARROW,
        WIDE + ", " + WIDE,
        "4BF92F3577B34DA6A3CE929D0E0E4736, " + WIDE,
        "ffffffffffffffff, 0000000000000000ffffffffffffffff",
        "18446744073709551615, 0000000000000000ffffffffffffffff",
        "00-" + WIDE + "-00f067aa0ba902b7-01, " + WIDE,
        "1-4bf92f35-77b34da6a3ce929d0e0e4736, " + WIDE,
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=1, " + WIDE,
        WIDE + ":00f067aa0ba902b7:0:1, " + WIDE,
        WIDE + "%3A00f067aa0ba902b7%3A0%3A1, " + WIDE,
        "a3ce929d0e0e4736-00f067aa0ba902b7-1, " + NARROW,
        WIDE + "/17;o=1, " + WIDE,
        "123456789012345, 000000000000000000007048860ddf79",
        "1234567890123456, 00000000000000001234567890123456",
        "12345678901234567, 0000000000000000002bdc545d6b4b87",
        "' \"" + WIDE + "\" ', " + WIDE,
    })
    void text_isReadInEveryForm(String text, String trace) {
        assertThat(TraceIdText.parse(text).orElseThrow().hex()).isEqualTo(trace);
    }

    @ParameterizedTest
    @CsvSource({
        "00-" + WIDE + "-00f067aa0ba902b7-01, KEEP",
        WIDE + "-00f067aa0ba902b7-0, DROP",
        WIDE + ":00f067aa0ba902b7:0:1, KEEP",
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=0, DROP",
        "1-4bf92f35-77b34da6a3ce929d0e0e4736@00f067aa0ba902b7, UNKNOWN",
    })
    void context_hasTheSpan(String text, PropagatedContext.Sampling sampling) {
        PropagatedContext context = TraceIdText.context(text).orElseThrow();

        assertThat(context.traceId().hex()).isEqualTo(WIDE);
        assertThat(context.spanId()).isEqualTo(0x00f067aa0ba902b7L);
        assertThat(context.sampling()).isEqualTo(sampling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "null",
                "0",
                "0000000000000000",
                "00000000000000000000000000000000",
                "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
                "18446744073709551616",
                "123456789012345678901",
                "a3ce929d0e0e473",
                "4bf92f3577b34da6a3ce929d0e0e473",
                "hello",
                "1-4bf92f35-77b34da6",
                "b3",
                "12:34",
            })
    void text_thatIsNoTraceId_isNone(String text) {
        assertThat(TraceIdText.parse(text)).isEmpty();
    }

    @Property(tries = 2000)
    void anyText_isReadOrNot_butNeverThrows(
            @ForAll @StringLength(max = 80) @CharRange(from = '!', to = '~') String text) {
        TraceIdText.parse(text);
        Traceparent.parse(text);
        B3.single(text);
        Jaeger.parse(text);
        XRay.parse(text);
        CloudTrace.parse(text);
        ZipkinTraceId.parse(text);
        Datadog.parse(text, text, text, text);
    }

    @Property(tries = 2000)
    void textOfIdLetters_isReadOrNot_butNeverThrows(
            @ForAll @StringLength(max = 60) @CharRange(from = '0', to = ':') @CharRange(from = '-', to = '-')
                    String text) {
        TraceIdText.parse(text);
        Traceparent.parse(text);
        B3.single(text);
        Jaeger.parse(text);
        XRay.parse("Root=" + text);
    }

    @Property
    void decimalAndHex_ofTheSameId_areEqual(@ForAll long id) {
        if (id != 0) {
            assertThat(Datadog.traceId(Long.toUnsignedString(id)))
                    .isEqualTo(TraceIdText.hex(Hex.of(id)))
                    .isPresent();
        }
    }
}
