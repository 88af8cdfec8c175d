package dev.plait.ingest.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of configured formats. */
class TextFormatTest {
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    static final String FORMAT = "%START_TIME(%s.%3f)% %RESPONSE_CODE% %RESPONSE_FLAGS% %DURATION%ms"
            + " \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH):200% %PROTOCOL%\" \"%REQ(USER-AGENT)%\""
            + " %BYTES_RECEIVED%/%BYTES_SENT% \"%REQ(TRACEPARENT)%\" id=%REQ(X-REQUEST-ID)%; \"%REQ(X-Tenant)%\""
            + " \"%RESP(SERVER)%\" %UPSTREAM_HOST% %ROUTE_NAME%";
    static final String LINE = "1767225600.310 503 UF,URX 12ms \"GET /orders?id=7 HTTP/1.1\" \"curl/8.5 (x; y)\""
            + " 0/91 \"00-" + TRACE + "-00f067aa0ba902b7-01\" id=0b3c1f9a-aaaa-4bbb-8ccc-0123456789ab; \"shop\""
            + " \"envoy\" 10.42.1.9:8080 orders-v1";

    private final MeshDecoder decoder = decoder(FORMAT);

    @Test
    void columns_areSetByTheirOperators() {
        RecordedLogs logs = RecordedLogs.of(decoder, LINE);
        RecordedLogs.Log log = logs.only();

        assertThat(log.trace()).isEqualTo(TRACE);
        assertThat(log.isError()).isTrue();
        assertThat(log.requestKey()).isPresent();
        assertThat(log.record().getTimeUnixNano()).isEqualTo(1_767_225_600_310_000_000L);
        assertThat(log.attributes())
                .containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/orders")
                .containsEntry("url.query", "id=7")
                .containsEntry("network.protocol.version", "1.1")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("envoy.response_flags", "UF,URX")
                .containsEntry("envoy.duration", "12.0")
                .containsEntry("http.request.size", "0")
                .containsEntry("http.response.size", "91")
                .containsEntry("user_agent.original", "curl/8.5 (x; y)")
                .containsEntry("http.request.header.x-request-id", "0b3c1f9a-aaaa-4bbb-8ccc-0123456789ab")
                .containsEntry("http.request.header.x-tenant", "shop")
                .containsEntry("http.response.header.server", "envoy")
                .containsEntry("network.peer.address", "10.42.1.9:8080")
                .containsEntry("envoy.route_name", "orders-v1")
                .hasSize(15);
        assertThat(logs.normalised).isEmpty();
    }

    @Test
    void defaultFormats_areReadAlikeWhenTheyAreConfigured() {
        String kuma = "[%START_TIME%] %KUMA_MESH% \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
                + " %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
                + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\""
                + " \"%REQ(X-B3-TRACEID?X-DATADOG-TRACEID)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\""
                + " \"%KUMA_SOURCE_SERVICE%\" \"%KUMA_DESTINATION_SERVICE%\" \"%KUMA_SOURCE_ADDRESS_WITHOUT_PORT%\""
                + " \"%UPSTREAM_HOST%\"\n";
        String tcp = "[%START_TIME%] %RESPONSE_FLAGS% %KUMA_MESH%"
                + " %KUMA_SOURCE_ADDRESS_WITHOUT_PORT%(%KUMA_SOURCE_SERVICE%)->%UPSTREAM_HOST%(%KUMA_DESTINATION_SERVICE%)"
                + " took %DURATION%ms, sent %BYTES_SENT% bytes, received: %BYTES_RECEIVED% bytes";

        assertThat(RecordedLogs.of(decoder(kuma), MeshLines.KUMA).only())
                .isEqualTo(RecordedLogs.of(new MeshDecoder(), MeshLines.KUMA).only());
        assertThat(RecordedLogs.of(decoder(tcp), MeshLines.TCP).only())
                .isEqualTo(RecordedLogs.of(new MeshDecoder(), MeshLines.TCP).only());
    }

    @Test
    void absentValues_areDashesOrNothing() {
        String dashes = "1767225600.310 0 - -ms \"- - -\" \"-\" -/- \"-\" id=-; \"-\" \"-\" - -";
        String nothing = "1767225600.310 0   \"  \" \"\" / \"\" id=; \"\" \"\"  ";

        assertThat(RecordedLogs.of(decoder, dashes).only().attributes()).isEmpty();
        assertThat(RecordedLogs.of(decoder, nothing.replace("   \"", "  ms \""))
                        .only()
                        .attributes())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            %TRACE_ID%                           | 4bf92f3577b34da6a3ce929d0e0e4736        | 4bf92f3577b34da6a3ce929d0e0e4736
            %REQ(X-B3-TRACEID?X-DATADOG-TRACEID)%| 11803532876627986230                    | 0000000000000000a3ce929d0e0e4736
            %REQ(X-DATADOG-TRACE-ID)%            | 1234567890123456                        | 0000000000000000000462d53c8abac0
            %REQ(X-B3-TRACEID)%                  | a3ce929d0e0e4736                        | 0000000000000000a3ce929d0e0e4736
            %REQ(B3)%                            | a3ce929d0e0e4736-00f067aa0ba902b7-1     | 0000000000000000a3ce929d0e0e4736
            %REQ(UBER-TRACE-ID)%                 | 7:8:0:1                                 | 00000000000000000000000000000007
            %REQ(X-AMZN-TRACE-ID)%               | Root=1-4bf92f35-77b34da6a3ce929d0e0e4736| 4bf92f3577b34da6a3ce929d0e0e4736
            """)
    void traceId_isReadInTheFormOfItsHeader(String operator, String value, String trace) {
        RecordedLogs logs = RecordedLogs.of(decoder("%RESPONSE_CODE% [" + operator + "]"), "200 [" + value + "]");

        assertThat(logs.only().trace()).isEqualTo(trace);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            %REQ(X-Tenant)%                              | http.request.header.x-tenant
            %REQ(X-Tenant?X-Other):7%                    | http.request.header.x-tenant
            %RESP(X-Cache)%                              | http.response.header.x-cache
            %TRAILER(GRPC-MESSAGE)%                      | http.response.trailer.grpc-message
            %DYNAMIC_METADATA(envoy.lb:canary):9%        | envoy.dynamic_metadata.envoy.lb.canary
            %FILTER_STATE(my.key:PLAIN)%                 | envoy.filter_state.my.key
            %CONNECTION_ID%                              | envoy.connection_id
            %REQUEST_HEADER(X-Tenant?X-Other):7%         | http.request.header.x-tenant
            %RESPONSE_HEADER(X-Cache?X-Old-Cache)%       | http.response.header.x-cache
            %RESPONSE_TRAILER(GRPC-MESSAGE):80%          | http.response.trailer.grpc-message
            %CEL(size(request.headers['x-a']) > 2)%      | envoy.cel.size(request.headers['x-a']) > 2
            %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(16)% | envoy.downstream_remote_address_without_port.16
            %ACCESS_LOG_TYPE%                            | envoy.access_log_type
            %A_NEW_ONE%                                  | envoy.a_new_one
            %KUMA_ZONE%                                  | kuma.zone
            %KUMA_TRAFFIC_DIRECTION%                     | kuma.traffic_direction
            """)
    void otherOperators_areAttributesNamedAfterThem(String operator, String attribute) {
        RecordedLogs logs = RecordedLogs.of(decoder("%RESPONSE_CODE% <" + operator + ">"), "200 <a value>");

        assertThat(logs.only().attributes()).containsEntry(attribute, "a value").hasSize(2);
    }

    /** Envoy 1.37 and later call the same so. */
    @Test
    void longNamesOfOperators_areThoseOfTheShort() {
        MeshDecoder renamed =
                decoder(FORMAT.replace("%REQ(", "%REQUEST_HEADER(").replace("%RESP(", "%RESPONSE_HEADER("));

        assertThat(RecordedLogs.of(renamed, LINE).only().hash())
                .isEqualTo(RecordedLogs.of(decoder, LINE).only().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%PATH%",
                "%PATH(WQ:ORIG_OR_PATH)%",
                "%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%",
                "%REQUEST_HEADER(:PATH):99%"
            })
    void path_hasManyOperators(String operator) {
        RecordedLogs logs = RecordedLogs.of(decoder("%RESPONSE_CODE% " + operator), "200 /orders/7");

        assertThat(logs.only().attributes())
                .containsEntry("url.path", "/orders/7")
                .hasSize(2);
    }

    /** The end of each of them is logged, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DownstreamStart",
                "DownstreamPeriodic",
                "DownstreamTunnelSuccessfullyEstablished",
                "UpstreamPoolReady",
                "UpstreamPeriodic",
                "UpstreamEnd",
                "TcpUpstreamConnected",
                "TcpPeriodic",
                "UdpTunnelUpstreamConnected",
                "UdpPeriodic"
            })
    void whatIsNoEnd_isPassedOver(String type) {
        RecordedLogs lines = RecordedLogs.of(
                decoder("%RESPONSE_CODE% %ACCESS_LOG_TYPE%"), "200 " + type + "\n200 DownstreamEnd\n200 -");
        RecordedLogs json = RecordedLogs.of(
                decoder, "{\"response_code\":200,\"bytes_sent\":7,\"access_log_type\":\"" + type + "\"}");

        assertThat(lines.logs).hasSize(2);
        assertThat(lines.rejected).extracting(one -> one.reason().name()).containsExactly("NOT_ACCESS_LOG");
        assertThat(json.refusal()).isEqualTo("NOT_ACCESS_LOG");
    }

    @ParameterizedTest
    @CsvSource({
        "%GRPC_STATUS%, Unavailable, UNAVAILABLE, true",
        "%GRPC_STATUS(SNAKE_STRING)%, DEADLINE_EXCEEDED, DEADLINE_EXCEEDED, true",
        "%GRPC_STATUS(NUMBER)%, 13, INTERNAL, true",
        "%GRPC_STATUS_NUMBER%, 5, NOT_FOUND, false",
        "%TRAILER(GRPC-STATUS)%, 0, OK, false",
        "%RESP(grpc-status)%, 99, 99, false",
    })
    void grpcStatus_tellsAFailureUnderHttp200(String operator, String value, String status, boolean error) {
        RecordedLogs.Log log = RecordedLogs.of(decoder("%RESPONSE_CODE% " + operator), "200 " + value)
                .only();

        assertThat(log.isError()).isEqualTo(error);
        assertThat(log.attributes()).containsEntry("rpc.response.status_code", status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%REQ(AUTHORIZATION)%", "%REQ(Cookie)%", "%RESP(SET-COOKIE)%", "%REQ(X-API-Key)%"})
    void secrets_areNotKept(String operator) {
        RecordedLogs logs = RecordedLogs.of(decoder("%RESPONSE_CODE% " + operator), "200 hunter2 b");

        assertThat(logs.only().attributes().values())
                .hasSize(2)
                .contains("200")
                .noneMatch(value -> value.contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            %START_TIME%                         | 2026-01-01T00:00:00.310Z
            %START_TIME(%s)%                     | 1767225600
            %START_TIME(%s%3f)%                  | 1767225600310
            %START_TIME(%s.%9f)%                 | 1767225600.310000001
            %START_TIME(%Y-%m-%d %H:%M:%S.%3f)%  | 2026-01-01 00:00:00.310
            %START_TIME(%FT%T%z)%                | 2026-01-01T01:00:00+0100
            %START_TIME(%Y/%m/%dT%H:%M:%S%z)%    | 2026/01/01T00:00:00+0000
            %START_TIME(%Y-%m-%dT%H:%M:%E3SZ)%   | 2026-01-01T00:00:00.310Z
            %START_TIME(%s.%f)%                  | 1767225600.310000001
            """)
    void startTime_isReadInEachForm(String operator, String value) {
        RecordedLogs logs = RecordedLogs.of(decoder(operator + "|%RESPONSE_CODE%"), value + "|200");

        assertThat(logs.only().record().getTimeUnixNano() / 1_000_000_000L).isEqualTo(1_767_225_600L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                              | it has no operators
            `just text`                     | it has no operators
            `%PROTOCOL%%RESPONSE_CODE%`     | nothing tells where %PROTOCOL% ends and %RESPONSE_CODE% begins, at character 10
            `a %PROTOCOL`                   | no operator begins with the % at character 2
            `%protocol%`                    | no operator begins with the % at character 0
            `%REQ(X%`                       | no operator begins with the % at character 0
            `%REQ%`                         | %REQ% names nothing
            `%RESP()%`                      | %RESP()% names nothing
            `%START_TIME(%Y/%m-%dT%H:%M:%S)%` | %START_TIME(%Y/%m-%dT%H:%M:%S)% is neither ISO 8601 nor epoch time
            `%START_TIME(%H:%M)%`           | %START_TIME(%H:%M)% is neither ISO 8601 nor epoch time
            """)
    void impossibleFormat_isRefused(String format, String why) {
        assertThatThrownBy(() -> new TextFormat(format)).hasMessageContaining(why);
    }

    @Test
    void formatOfTwoLines_orOfTooMuch_isRefused() {
        assertThatThrownBy(() -> MeshFormat.of("%PROTOCOL%\n%DURATION%", Map.of()))
                .hasMessageContaining("a line ends at character 10");
        assertThatThrownBy(() -> new TextFormat("%PROTOCOL% ".repeat(65))).hasMessageContaining("more than 64");
        assertThatThrownBy(() -> new TextFormat("%PROTOCOL%" + "x".repeat(9000)))
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> MeshFormat.of("", Map.of("code", "20%"))).hasMessageContaining("code: no operator");
    }

    @Test
    void percentSigns_areLiteralWhenDoubled() {
        assertThat(RecordedLogs.of(decoder("100%% %RESPONSE_CODE%"), "100% 200")
                        .only()
                        .get("http.response.status_code"))
                .isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `x`                                          | WRONG_FORMAT
            `{"a":1}`                                    | WRONG_FORMAT
            `200`                                        | WRONG_FORMAT
            `200 "a"`                                    | FIELD_COUNT
            `200 "a" "b`                                 | FIELD_COUNT
            `200 "a" "b" c`                              | FIELD_COUNT
            `200 "a" "b" "c"`                            | AMBIGUOUS
            `200 "a" "" "b"`                             | AMBIGUOUS
            `2 0 "a" "b"`                                | WRONG_FORMAT
            `two "a" "b"`                                | BAD_VALUE
            """)
    void lineThatDoesNotFit_isRefused(String line, String reason) {
        MeshDecoder small = decoder("%RESPONSE_CODE% \"%REQ(X-A)%\" \"%REQ(X-B)%\"");

        assertThat(RecordedLogs.of(small, line).refusal()).isEqualTo(reason);
        assertThat(RecordedLogs.of(small, "200 \"a\" \"b\"\n" + line).rejected)
                .extracting(one -> one.item())
                .containsExactly(1);
    }

    /** What a client sends cannot pass for the columns after it. */
    @Test
    void forgedColumns_areAmbiguousOrItsOwn() {
        MeshDecoder small = decoder("\"%REQ(USER-AGENT)%\" %RESPONSE_CODE% \"%REQ(X-REQUEST-ID)%\"");

        assertThat(RecordedLogs.of(small, "\"a\" 200 \"b\" 503 \"c\"").refusal())
                .isEqualTo("AMBIGUOUS");
        assertThat(RecordedLogs.of(small, "\"a\" b\" 503 \"c\"").only().get("user_agent.original"))
                .isEqualTo("a\" b");
    }

    @Test
    void jsonLines_areReadBesideAConfiguredText_unlessItIsJsonItself() {
        MeshDecoder handmade = decoder("{\"code\":%RESPONSE_CODE%,\"ua\":\"%REQ(USER-AGENT)%\"}");

        assertThat(RecordedLogs.of(decoder, LINE + "\n" + MeshLines.JSON).logs).hasSize(2);
        assertThat(RecordedLogs.of(handmade, "{\"code\":200,\"ua\":\"c\"url\"}")
                        .only()
                        .get("user_agent.original"))
                .isEqualTo("c\"url");
    }

    @Test
    void jsonString_isOpened_unlessLinesBeginAsOne() {
        MeshDecoder plain = decoder("%RESPONSE_CODE% \"%REQ(USER-AGENT)%\"");
        MeshDecoder quoted = decoder("\"%REQ(USER-AGENT)%\"");

        assertThat(RecordedLogs.of(plain, "\"200 \\\"curl\\\"\"").only().get("user_agent.original"))
                .isEqualTo("curl");
        assertThat(RecordedLogs.of(quoted, "\"curl\"").only().get("user_agent.original"))
                .isEqualTo("curl");
    }

    @Test
    void jsonMembers_areReadByTheirFormats() {
        MeshDecoder json = new MeshDecoder(MeshFormat.of(
                "",
                Map.of(
                        "t", "%START_TIME%",
                        "c", "%RESPONSE_CODE%",
                        "what", "%REQ(:METHOD)% %REQ(:PATH)%",
                        "trace", "\"%REQ(TRACEPARENT)%\"",
                        "status", "%GRPC_STATUS%",
                        "agent", "%REQ(USER-AGENT)%")));

        RecordedLogs typed = RecordedLogs.of(
                json,
                "{\"t\":\"2026-01-01T00:00:00Z\",\"c\":503,\"what\":\"GET /a\",\"status\":null,\"agent\":\"a b\",\"else\":{},"
                        + "\"trace\":\"\\\"00-" + TRACE + "-00f067aa0ba902b7-01\\\"\"}");
        RecordedLogs misfit = RecordedLogs.of(json, "{\"c\":\"200\",\"what\":\"GET\"}");

        assertThat(typed.only().trace()).isEqualTo(TRACE);
        assertThat(typed.only().attributes())
                .containsEntry("http.response.status_code", "503")
                .containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/a")
                .containsEntry("user_agent.original", "a b")
                .doesNotContainKey("envoy.grpc_status");
        assertThat(misfit.refusal()).isIn("WRONG_FORMAT", "FIELD_COUNT");
        assertThat(RecordedLogs.of(json, "{\"hello\":1}").refusal()).isEqualTo("WRONG_FORMAT");
    }

    @ParameterizedTest
    @CsvSource({
        "DS_RX_BEG:DS_TX_END, 12, envoy.duration, 12.0",
        "DS_RX_BEG:DS_TX_END:us, 12500, envoy.duration, 12.5",
        "US_TX_BEG:US_RX_BEG:ns, 41000000, envoy.common_duration.US_TX_BEG.US_RX_BEG, 41.0",
        "US_TX_BEG:US_RX_BEG:ms, -, envoy.common_duration.US_TX_BEG.US_RX_BEG,",
    })
    void commonDurations_areMilliseconds_inTextAndJson(String argument, String value, String key, String ms) {
        String operator = "%COMMON_DURATION(" + argument + ")%";
        MeshDecoder text = decoder("%REQ(:METHOD)% " + operator + " %RESPONSE_CODE%");
        MeshDecoder json = new MeshDecoder(MeshFormat.of("", Map.of("took", operator, "code", "%RESPONSE_CODE%")));

        String lines = "GET " + value + " 200";
        String members = "{\"code\":200,\"took\":\"" + value + "\"}";

        assertThat(RecordedLogs.of(text, lines).only().attributes().get(key)).isEqualTo(ms);
        assertThat(RecordedLogs.of(json, members).only().attributes().get(key)).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DS_RX_BEG", "DS_RX_BEG:DS_TX_END:s", "a:b:ms:c"})
    void commonDurationInNoUnit_isNoFormat(String argument) {
        assertThatThrownBy(() -> MeshFormat.of("%COMMON_DURATION(" + argument + ")%", Map.of()))
                .hasMessageContaining("is not from:to");
    }

    @Test
    void nulAndCarriageReturnAndColours_areAsInOtherLines() {
        assertThat(RecordedLogs.of(decoder, LINE + "\r\n\n").logs).hasSize(1);
        assertThat(RecordedLogs.of(decoder, "\u001b[32m" + LINE + "\u001b[0m").logs)
                .hasSize(1);
        assertThat(RecordedLogs.of(decoder, LINE.replace("shop", "sh\u0000p")).refusal())
                .isEqualTo("BAD_VALUE");
        assertThat(RecordedLogs.of(decoder, LINE + "x".repeat(300_000)).refusal())
                .isEqualTo("TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\" \"", "|", "a|", " ", "\" 1 \""})
    void repeatedSeparators_takeLinearTime(String piece) {
        MeshDecoder mixed = decoder("\"%REQ(A)%\" %RESPONSE_CODE% \"%REQ(B)%|%DURATION% \"%REQ(C)%\" x");
        String line = "\"" + piece.repeat(200_000 / piece.length());

        RecordedLogs logs =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> RecordedLogs.of(mixed, line));

        assertThat(logs.refusal()).isEqualTo("FIELD_COUNT");
    }

    static MeshDecoder decoder(String format) {
        return new MeshDecoder(MeshFormat.of(format, Map.of()));
    }
}
