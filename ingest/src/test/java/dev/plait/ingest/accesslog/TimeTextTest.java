package dev.plait.ingest.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00.310Z, 1767225600310000000",
        "2026-01-01T00:00:00Z, 1767225600000000000",
        "2026-01-01T00:00:00, 1767225600000000000",
        "2026-01-01 00:00:00.310, 1767225600310000000",
        "2026-01-01T00:00:00.123456789Z, 1767225600123456789",
        "2026-01-01T02:00:00.31+02:00, 1767225600310000000",
        "2025-12-31T19:30:00-0430, 1767225600000000000",
        "2024-02-29T23:59:59Z, 1709251199000000000",
        "1970-01-01T00:00:00Z, 0",
        "2026/01/01 00:00:00.31, 1767225600310000000",
        "2026/01/01T01:00:00+0100, 1767225600000000000",
        "2026-01-01 00:00:00 UTC, 1767225600000000000",
        "2026-01-01 02:00:00 +0200, 1767225600000000000",
        "2025-12-31 19:30:00.31 -0430 VET, 1767225600310000000",
        "2026-01-01 00:00:00.31 +0000 UTC m=+0.000017, 1767225600310000000",
        "2026-01-01T01:00:00.31+01, 1767225600310000000",
        "2026-01-01T00:00:00.31z, 1767225600310000000",
        "2026-01-01T01:00:00.31+01:00[Europe/Berlin], 1767225600310000000",
        "2026-01-01T00:00:00Z[UTC], 1767225600000000000",
        "1767225600, 1767225600000000000",
        "1767225600.310, 1767225600310000000",
        "1767225600.123456, 1767225600123456000",
        "1767225600.123456789, 1767225600123456789",
        "1767225600310, 1767225600310000000",
        "1767225600310.25, 1767225600310250000",
        "1767225600310123, 1767225600310123000",
        "1767225600310123456, 1767225600310123456",
    })
    void time_isRead(String text, long nanos) {
        assertThat(nanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "9999-01-01T00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00+2:00",
                "2026-01-01T00:00:00+99:00",
                "2026-01-01T00:00:00 CET",
                "2026-01-01T00:00:00[Europe/Berlin]",
                "2026-01-01T00:00:00+01:00]",
                "2026-01-01T00:00:00]",
                "2026-01-01T00:00:00.]",
                "2026-01-01T00:00:0]",
                "2026-01-01T00:00:00 ",
                "2026-01-01T00:00:00 Z UTC",
                "2026-01-01T00:00:00 +1 UTC",
                "2026-01-01",
                "2026/01-01T00:00:00Z",
                "20x6-01-01T00:00:00Z",
                "17",
                "1767225600.",
                "1767225600.x",
                "99999999999999999999",
                "",
                "now",
            })
    void otherText_isNoTime(String text) {
        assertThat(nanos(text)).isEqualTo(TimeText.BAD);
    }

    @Property(tries = 2_000)
    void whatStandsAround_isNotRead(@ForAll("texts") String text, @ForAll("pieces") String after) {
        byte[] within = ("1" + text + after).getBytes(US_ASCII);

        assertThat(TimeText.nanos(within, 1, 1 + text.length())).isEqualTo(nanos(text));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> end = pieces().list().ofMaxSize(4).map(pieces -> String.join("", pieces));
        return Arbitraries.of("", "2026-01-01T00:00:0", "2026-01-01T00:00:00", "2026/01/01 00:00:00.31", "1767225600")
                .flatMap(begin -> end.map(more -> begin + more));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of("]", "[", "Z", ".", ",", " ", "+", "+01", ":00", "UTC", "0", "17", "x");
    }

    private static long nanos(String text) {
        return TimeText.nanos(text.getBytes(US_ASCII), 0, text.length());
    }
}
