package dev.plait.ingest.envoy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of malformed mesh access logs (faults.md 4.4, by whose numbers rows begin), and what holds for any input. */
class MeshFaultsTest {
    private final MeshDecoder decoder = new MeshDecoder();

    /** 4.4/1. */
    @Test
    void dashes_areAbsentValues() {
        String line =
                "[2026-01-01T00:00:00.310Z] default \"- - -\" 0 - - - - - \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\"";

        RecordedLogs logs = RecordedLogs.of(decoder, line);

        assertThat(logs.only().attributes()).containsOnlyKeys("kuma.mesh");
        assertThat(logs.only().trace()).isEmpty();
        assertThat(logs.normalised).isEmpty();
        String empty = line.replace("\"-\"", "\"\"").replace(" - - - - ", "     ");
        assertThat(RecordedLogs.of(decoder, empty).only().attributes()).containsOnlyKeys("kuma.mesh");
    }

    @ParameterizedTest(name = "4.4/2, 3 {0}")
    @ValueSource(
            strings = {
                "Mozilla \"quoted\" agent",
                "\"",
                "\"\"\"",
                "ends with \"",
                "\" begins",
                "a\" \"b",
                "tab\there [1] 2] ]",
                "a\" \"b\" \"c",
            })
    void quotesInTheUserAgent_areItsOwn(String agent) {
        String kuma = MeshLines.kuma("\"curl/8.5\"", "\"" + agent + "\"");
        String envoy = MeshLines.envoy("\"okhttp/4.12\"", "\"" + agent + "\"");

        assertThat(RecordedLogs.of(decoder, kuma).only().get("user_agent.original"))
                .isEqualTo(agent);
        assertThat(RecordedLogs.of(decoder, kuma).only().trace()).isEqualTo(MeshLines.B3);
        assertThat(RecordedLogs.of(decoder, envoy).only().get("user_agent.original"))
                .isEqualTo(agent);
        assertThat(RecordedLogs.of(decoder, envoy).only().get("network.peer.address"))
                .isEqualTo("10.42.1.9:8080");
    }

    @ParameterizedTest(name = "4.4/3 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/a b\tc            | /a b\tc",
                "/x[1]              | /x[1]",
                "/]                 | /]",
                "/q\"uote           | /q\"uote",
                "/\" 200 ok         | /\" 200 ok",
            })
    void oddPaths_areRead(String path, String read) {
        assertThat(RecordedLogs.of(decoder, MeshLines.envoy("/orders", path))
                        .only()
                        .get("url.path"))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4.4/12 line cut in the time             | [2026-01-01T00:00:00.310Z                          | TRUNCATED",
                "4.4/12 no ] after a long time           | [2026-01-01T00:00:00.310000000000000000000000000Z x | TRUNCATED",
                "4.4/11 no closing quote                 | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1            | TRUNCATED",
                "4.4/27 cut after the request            | [2026-01-01T00:00:00Z] m \"GET / HTTP/1.1\" 200 -  | TRUNCATED",
                "4.4/27 cut TCP line                     | [2026-01-01T00:00:00Z] - m 10.0.0.1(a)->10.0.0.2:80(b) took 2ms, sent | TRUNCATED",
                "4.4/27 cut TCP line                     | [2026-01-01T00:00:00Z] - m 10.0.0.1(a              | TRUNCATED",
                "4.4/35 request without protocol         | [2026-01-01T00:00:00Z] \"GET\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | FIELD_COUNT",
                "4.4/35 too few quoted columns           | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" | FIELD_COUNT",
                "4.4/35 too few plain columns            | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 \"-\" | FIELD_COUNT",
                "4.4/34 something after the last column  | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" x | FIELD_COUNT",
                "4.4/34 six columns, none recognisable   | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"a:1\" \"x\" | AMBIGUOUS",
                "4.4/2 quote in another column           | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"a\"b\" \"-\" \"-\" \"-\" \"-\" | AMBIGUOUS",
                "4.4/2 two ends of the request           | [2026-01-01T00:00:00Z] \"GET /\" 1 2 3 4 5 6 \" HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | AMBIGUOUS",
                "4.4/15 code that is none                | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 2xx - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_VALUE",
                "4.4/17 negative bytes                   | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - -1 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_VALUE",
                "4.4/17 too many bytes                   | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 9223372036854775808 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_VALUE",
                "4.4/17 half a byte                      | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 1.5 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_VALUE",
                "4.4/18 negative duration                | [2026-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 -3 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_VALUE",
                "4.4/14 day that is none                 | [2026-02-30T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_TIME",
                "4.4/14 hour 24 | [2026-01-01T24:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_TIME",
                "4.4/14 leap second | [2016-12-31T23:59:60Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_TIME",
                "4.4/14 year 0 | [0000-01-01T00:00:00Z] \"GET / HTTP/1.1\" 200 - 0 0 1 - \"-\" \"-\" \"-\" \"-\" \"-\" | BAD_TIME",
                "4.4/30 Docker's json-file | {\"log\":\"[2026-01-01T00:00:00Z] ...\",\"stream\":\"stdout\",\"time\":\"2026-01-01T00:00:00Z\"} | TRUNCATED",
                "4.4/23 two arrows                       | [2026-01-01T00:00:00Z] - m 1.1.1.1(a)->b)->2.2.2.2:1(c) took 1ms, sent 1 bytes, received: 1 bytes | AMBIGUOUS",
                "4.4/18 TCP numbers that are none            | [2026-01-01T00:00:00Z] - m 1.1.1.1(a)->2.2.2.2:1(c) took xms, sent 1 bytes, received: 1 bytes | BAD_VALUE",
                "4.4/35 TCP without services                 | [2026-01-01T00:00:00Z] - m 1.1.1.1(a)->2.2.2.2:1 took 1ms, sent 1 bytes, received: 1 bytes | FIELD_COUNT",
                "4.4/38 Envoy's own log                  | [2026-01-01 00:00:00.310][12][info][main] [source/server/server.cc:1] starting | NOT_ACCESS_LOG",
                "4.4/38 control plane                    | [info] xds: something                              | NOT_ACCESS_LOG",
                "4.4/38 something else                   | 2026-01-01T00:00:00Z INFO kuma-cp: hello           | WRONG_FORMAT",
                "4.4/38 time and words                   | [2026-01-01T00:00:00Z] one two three four          | WRONG_FORMAT",
                "4.4/13 no time                              | [-] \"GET / HTTP/1.1\" 200                         | BAD_TIME",
                "4.4/27 JSON cut                             | {\"method\":\"GET\",\"response_code\":\"2          | TRUNCATED",
                "4.4/26 JSON broken                          | {\"method\":\"GET\",,\"response_code\":\"200\"}    | WRONG_FORMAT",
                "4.4/26 two JSON values                      | {\"method\":\"GET\",\"response_code\":\"200\"} 1   | TRAILING_DATA",
                "4.4/17 JSON of a number that is none        | {\"method\":\"GET\",\"response_code\":\"200\",\"bytes_sent\":-1} | BAD_VALUE",
                "4.4/13 JSON of no time                      | {\"method\":\"GET\",\"response_code\":\"200\",\"start_time\":\"soon\"} | BAD_TIME",
                "C15 Kong                            | {\"request\":{\"method\":\"GET\"},\"response\":{\"status\":200},\"started_at\":1} | WRONG_FORMAT",
                "C15 OTLP                            | {\"resourceLogs\":[]}                              | WRONG_FORMAT",
                "C15 Zipkin                          | [{\"traceId\":\"a3ce929d0e0e4736\",\"timestamp\":1,\"duration\":2}] | WRONG_FORMAT",
                "C1 blanks                           | ' \r\n '                                           | EMPTY",
            })
    void damagedLine_isRefused(String row, String line, String reason) {
        RecordedLogs logs = RecordedLogs.of(decoder, line);

        assertThat(logs.refusal()).as(row).isEqualTo(reason);
        assertThat(logs.logs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15 | 200 - | 0 -        | http.response.status_code | ''    | ''",
                "15 | 200 - | - -        | http.response.status_code | ''    | ''",
                "15 | 200 - | 99 -       | http.response.status_code | ''    | bad_status",
                "15 | 200 - | 1000 -     | http.response.status_code | ''    | bad_status",
                "16 | 200 - | 200 XYZ,A  | envoy.response_flags      | XYZ,A | ''",
                "16 | 200 - | 200 UpstreamConnectionFailure,NoRouteFound | envoy.response_flags | UF,NR | ''",
                "18 | 4096 33 31 | 4096 - 31   | envoy.duration              | ''   | ''",
                "19 | 4096 33 31 | 4096 33 -   | envoy.upstream_service_time | ''   | ''",
                "18 | 4096 33 31 | 4096 33.5 - | envoy.duration              | 33.5 | ''",
                "21 | 10.42.1.9:8080 | [::1]:80    | network.peer.address | [::1]:80    | ''",
                "22 | 10.42.1.9:8080 | /run/x.sock | network.peer.address | /run/x.sock | ''",
                "1  | 10.42.1.9:8080 | -           | network.peer.address | ''          | ''",
                "21 | orders.example | [::1]:80    | server.address       | ::1         | ''",
                "-  | POST           | purge       | http.request.method  | purge       | ''",
                "-  | HTTP/2         | HTTP/3      | network.protocol.version | 3       | ''",
            })
    void oddValue_isTaken(String row, String old, String other, String attribute, String value, String counted) {
        RecordedLogs logs = RecordedLogs.of(decoder, MeshLines.envoy(old, other));

        assertThat(logs.only().get(attribute)).as("4.4/%s", row).isEqualTo(value);
        assertThat(String.join(",", logs.normalised.keySet())).isEqualTo(counted);
    }

    @ParameterizedTest(name = "4.4/15, 16 {0}")
    @CsvSource({
        "503 -, true",
        "200 -, false",
        "0 UF, true",
        "0 DC, false",
        "404 NR, false",
        "429 RL, false",
        "200 UC, true",
        "499 DownstreamRemoteReset, false",
        "0 UpstreamRequestTimeout, true",
    })
    void errors_areFailuresOfTheUpstream(String codeAndFlags, boolean error) {
        assertThat(RecordedLogs.of(decoder, MeshLines.envoy("200 -", codeAndFlags))
                        .only()
                        .isError())
                .isEqualTo(error);
    }

    @ParameterizedTest(name = "4.4/24, 25 {0}")
    @CsvSource({
        "a3ce929d0e0e4736, 0000000000000000a3ce929d0e0e4736, ''",
        "11803532876627986230, 0000000000000000a3ce929d0e0e4736, ''",
        "4BF92F3577B34DA6A3CE929D0E0E4736, 4bf92f3577b34da6a3ce929d0e0e4736, ''",
        "'a3ce929d0e0e4736,b3ce929d0e0e4736', 0000000000000000a3ce929d0e0e4736, ''",
        "garbage, '', bad_trace_id",
        "0, '', bad_trace_id",
        "-, '', ''",
    })
    void traceIdColumn_isReadByItsLooks(String column, String trace, String counted) {
        RecordedLogs logs = RecordedLogs.of(decoder, MeshLines.kuma(MeshLines.B3, column));

        assertThat(logs.only().trace()).isEqualTo(trace);
        assertThat(String.join(",", logs.normalised.keySet())).isEqualTo(counted);
    }

    @ParameterizedTest(name = "4.4/13 {0}")
    @CsvSource({
        "2026-01-01T00:00:00.310Z, 1767225600310000000",
        "2026-01-01T00:00:00.310, 1767225600310000000",
        "2026-01-01T02:00:00.31+02:00, 1767225600310000000",
        "2026-01-01T00:00:00.123456789Z, 1767225600123456789",
        "1767225600.310, 1767225600310000000",
        "1767225600, 1767225600000000000",
        "1767225600310, 1767225600310000000",
    })
    void startTime_isReadInItsUsualForms(String text, long nanos) {
        String line = MeshLines.envoy("2026-01-01T00:00:00.310Z", text);

        assertThat(RecordedLogs.of(decoder, line).only().record().getTimeUnixNano())
                .isEqualTo(nanos);
    }

    /** 4.4/5 to 9. */
    @Test
    void oneBadLineOfAHundred_isRefusedAlone() {
        String lines = (MeshLines.ENVOY + "\r\n\n").repeat(50) + "nonsense\n" + (MeshLines.KUMA + "\n").repeat(48)
                + MeshLines.TCP;

        RecordedLogs logs = RecordedLogs.of(decoder, lines);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(99);
        assertThat(logs.rejected)
                .extracting(bad -> bad.item() + " " + bad.reason())
                .containsExactly("50 WRONG_FORMAT");
    }

    /** 4.4/4. */
    @Test
    void forgedLine_isNeverTwoRequests() {
        String forged = MeshLines.envoy("okhttp/4.12", "x\r\n[2026-01-01T00:00:00Z] \"GET /forged HTTP/1.1\" 200");

        assertThat(RecordedLogs.of(decoder, forged).logs).isEmpty();
    }

    /** 4.4/28. */
    @Test
    void gluedLines_areRefused() {
        assertThat(RecordedLogs.of(decoder, MeshLines.ENVOY + MeshLines.ENVOY).refusal())
                .isEqualTo("AMBIGUOUS");
        assertThat(RecordedLogs.of(decoder, MeshLines.KUMA + MeshLines.KUMA).refusal())
                .isEqualTo("AMBIGUOUS");
        assertThat(RecordedLogs.of(decoder, MeshLines.TCP + MeshLines.TCP).refusal())
                .isEqualTo("AMBIGUOUS");
    }

    /** 4.4/23. */
    @Test
    void serviceNamesWithParentheses_areRead() {
        String line = MeshLines.TCP.replace("(frontend)", "(fro)nt(end)").replace("(postgres)", "(post)gres)");

        RecordedLogs.Log log = RecordedLogs.of(decoder, line).only();

        assertThat(log.get("kuma.source.service")).isEqualTo("fro)nt(end");
        assertThat(log.get("kuma.destination.service")).isEqualTo("post)gres");
    }

    /** 4.4/9, 29, 30, 32. */
    @Test
    void decorations_areTakenOff() {
        for (String line : new String[] {
            "2026-01-01T00:00:00.123Z stdout F " + MeshLines.KUMA,
            "<14>Jan  1 00:00:00 node envoy[7]: " + MeshLines.KUMA,
            "<14>Jan  1 00:00:00 node envoy[7]: " + MeshLines.JSON,
            "\u001b[32m" + MeshLines.KUMA.replace(" default ", " \u001b[1;31mdefault\u001b[0m ") + "\u001b[0m",
            "\ufeff" + MeshLines.KUMA,
            "  " + MeshLines.KUMA + " \t\r",
        }) {
            assertThat(RecordedLogs.of(decoder, line).only().get("kuma.mesh")).isEqualTo("default");
        }
    }

    /** 4.4/31, 33. */
    @Test
    void bytesThatAreNotText_areReplacedOrRefused() {
        byte[] latin1 = MeshLines.envoy("/orders", "/caf\u00e9").getBytes(ISO_8859_1);
        byte[] otlp = {0x0a, 0x12, 0x0a, 0x10, 0x01, 0x02, 0x41};
        byte[] ones = new byte[50_000];
        Arrays.fill(ones, (byte) 0xff);

        assertThat(RecordedLogs.of(decoder, latin1).only().get("url.path")).isEqualTo("/caf\ufffd");
        assertThat(RecordedLogs.of(decoder, MeshLines.envoy("/orders", "/a\0b")).refusal())
                .isEqualTo("BAD_VALUE");
        assertThat(RecordedLogs.of(decoder, otlp).refusal()).isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, new byte[100_000]).refusal()).isEqualTo("UNEXPECTED_FRAMING");
        assertThat(RecordedLogs.of(decoder, ones).refusal()).isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, new byte[] {0x1f, (byte) 0x8b, 8}).refusal())
                .isEqualTo("NOT_THIS_FORMAT");
    }

    /** 4.4/10, 20. */
    @Test
    void longLines_areCutOrRefused() {
        String hops = String.join(", ", Collections.nCopies(500, "10.10.10.10"));

        RecordedLogs capped = RecordedLogs.of(decoder, MeshLines.envoy("\"-\"", "\"" + hops + "\""));

        assertThat(capped.only().get("http.request.header.x-forwarded-for")).hasSize(4096);
        assertThat(capped.only().get("client.address")).isEqualTo("10.10.10.10");
        assertThat(capped.normalised).containsEntry("truncated_text", 1);
        String huge = MeshLines.envoy("/orders", "/" + "a".repeat(1_000_000));
        assertThat(RecordedLogs.of(decoder, huge).refusal()).isEqualTo("TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\n", "{\"log\":\"{\"}\n", "no log\n"})
    void badLinesBeyondTheMost_areRefusedAsOneWithWhatFollows(String bad) {
        String good = MeshLines.envoy("\"-\"", "\"-\"");

        RecordedLogs logs = RecordedLogs.of(decoder, good + "\n" + bad.repeat(20_001) + good);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(1);
        assertThat(logs.rejected).hasSize(20_001);
        assertThat(logs.rejected.get(20_000).reason().name()).isEqualTo("TOO_MANY");
    }

    @ParameterizedTest(name = "4.4/37 {0}")
    @ValueSource(
            strings = {"\"", "\" ", "\" \"", "\" 1 2 3 4 5 6 \"", "[", "(", ")->", " took ", "\u001b[", "{\"a\":", "\\"
            })
    void repeatedDelimiters_takeLinearTime(String piece) {
        String flood = piece.repeat(200_000 / piece.length());

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            RecordedLogs.of(decoder, flood);
            RecordedLogs.of(decoder, "[2026-01-01T00:00:00Z] " + flood);
            RecordedLogs.of(decoder, "[2026-01-01T00:00:00Z] m " + flood);
            RecordedLogs.of(decoder, "[2026-01-01T00:00:00Z] - m 1.1.1.1(a" + flood);
            RecordedLogs.of(decoder, MeshLines.kuma("curl/8.5", flood));
            RecordedLogs.of(decoder, MeshLines.kuma("/api/v1/users", flood));
        });
    }
}
