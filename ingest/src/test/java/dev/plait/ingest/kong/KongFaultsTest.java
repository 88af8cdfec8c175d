package dev.plait.ingest.kong;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.RequestKey;
import dev.plait.ingest.accesslog.RecordedLogs;
import dev.plait.ingest.redact.Redaction;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The catalogue of malformed Kong logs from row 10 on (faults.md 4.3, by whose numbers rows begin; rows 1 to 9: {@link
 * KongTraceIdTest}), and what holds for any input.
 */
class KongFaultsTest {
    private final KongDecoder decoder = new KongDecoder();

    /** A log whose response was taken out by custom fields; the upstream's last answer is what its client got. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'upstream_status':'502, 502'                       | 502 | true  | 1",
                "'upstream_status':'502, 200'                       | 200 | false | 1",
                "'upstream_status':'502','response':{}              | 502 | true  | 1",
                "'upstream_status':'502','response':{'status':200}  | 200 | false | 0",
                "'upstream_status':''                               |     | false | 0",
            })
    void logWithoutAResponse_hasTheStatusOfItsUpstream(String members, String status, boolean error, int counted) {
        String json = "{'request':{'method':'GET','uri':'/'},'started_at':1767225600123," + members + "}";

        RecordedLogs logs = RecordedLogs.of(decoder, json.replace('\'', '"'));

        assertThat(logs.only().attributes().get("http.response.status_code")).isEqualTo(status);
        assertThat(logs.only().isError()).isEqualTo(error);
        assertThat(logs.normalised.getOrDefault("upstream_status", 0)).isEqualTo(counted);
    }

    /** One member, one attribute it gives ("" for none), and how it is counted ("" for not at all). */
    @ParameterizedTest(name = "4.3/{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 'upstream_status':''          | kong.upstream.status_code | ''  | ''",
                "12 | 'upstream_status':'502, 200'  | kong.upstream.status_code | 200 | upstream_status",
                "12 | 'upstream_status':'500, 200 : 200, 201' | kong.upstream.status_code | 201 | upstream_status",
                "12 | 'upstream_status':'502, -'    | kong.upstream.status_code | ''  | ''",
                "12 | 'upstream_status':503         | kong.upstream.status_code | 503 | upstream_status",
                "12 | 'upstream_status':'abc'       | kong.upstream.status_code | ''  | bad_status",
                "13 | 'response':{'size':'312'}     | http.response.size | 312 | ''",
                "13 | 'response':{'size':null}      | http.response.size | ''  | ''",
                "13 | 'response':{'size':-1}        | http.response.size | ''  | bad_number",
                "13 | 'response':{'size':12.7}      | http.response.size | 12  | ''",
                "13 | 'response':{'size':'n/a'}     | http.response.size | ''  | bad_number",
                "32 | 'response':{'size':1e3}       | http.response.size | 1000 | ''",
                "33 | 'response':{'size':9007199254740993} | http.response.size | 9007199254740992 | ''",
                "32 | 'response':{'size':1e19}      | http.response.size | ''  | bad_number",
                "32 | 'response':{'size':1e400}     | http.response.size | ''  | bad_number",
                "14 | 'latencies':{'request':-1}    | kong.latency.total | ''  | ''",
                "14 | 'latencies':{'proxy':-1}      | kong.latency.upstream | ''  | ''",
                "14 | 'latencies':{'proxy':-5}      | kong.latency.upstream | ''  | bad_number",
                "14 | 'latencies':{'request':'46'}  | kong.latency.total | 46.0  | ''",
                "14 | 'latencies':{'request':1e300} | kong.latency.total | ''  | bad_number",
                "14 | 'latencies':{'request':{}}    | kong.latency.total | ''  | bad_number",
                "16 | 'latencies':[]                | kong.latency.total | ''  | ''",
                "14 | 'latencies':null              | kong.latency.total | ''  | ''",
                "14 | 'latencies':'fast'            | kong.latency.total | ''  | wrong_type",
                "16 | 'tries':null                  | kong.upstream.try.count | '' | ''",
                "16 | 'tries':[]                    | kong.upstream.try.count | '' | ''",
                "16 | 'tries':{}                    | kong.upstream.try.count | '' | ''",
                "16 | 'tries':[{},{}]               | kong.upstream.try.count | 2 | ''",
                "18 | 'service':null                | kong.service.name | '' | ''",
                "18 | 'service':{}                  | kong.service.name | '' | ''",
                "18 | 'service':{'id':'s1'}         | kong.service.name | s1 | ''",
                "18 | 'service':{'id':'s1','name':'n1'} | kong.service.name | n1 | ''",
                "28 | 'service':'orders'            | kong.service.name | orders | wrong_type",
                "19 | 'consumer':null               | kong.auth.consumer.name | '' | ''",
                "19 | 'consumer':{'id':'c1'}        | kong.auth.consumer.id | c1 | ''",
                "19 | 'consumer':{'id':'c1'}        | kong.auth.consumer.name | '' | ''",
                "19 | 'consumer':{'username':'u1','id':'c1'} | kong.auth.consumer.name | u1 | ''",
                "19 | 'consumer':{'id':'c1','username':'u1'} | kong.auth.consumer.name | u1 | ''",
                "20 | 'client_ip':'2001:db8::7'     | client.address | 2001:db8::7 | ''",
                "20 | 'client_ip':'fe80::1%eth0'    | client.address | fe80::1%eth0 | ''",
                "20 | 'client_ip':'::ffff:10.0.0.9' | client.address | 10.0.0.9 | ''",
                "20 | 'client_ip':'unix:'           | client.address | '' | client_address",
                "20 | 'client_ip':'who knows'       | client.address | '' | client_address",
                "20 | 'client_ip':''                | client.address | '' | ''",
                "21 | 'response':{'status':'000'}   | http.response.status_code | '' | ''",
                "21 | 'response':{'status':0}       | http.response.status_code | '' | ''",
                "21 | 'response':{'status':499}     | http.response.status_code | 499 | ''",
                "21 | 'response':{'status':444}     | http.response.status_code | 444 | ''",
                "21 | 'response':{'status':999}     | http.response.status_code | 999 | ''",
                "21 | 'response':{'status':'201'}   | http.response.status_code | 201 | ''",
                "21 | 'response':{'status':-7}      | http.response.status_code | '' | bad_status",
                "21 | 'response':{'status':'ok'}    | http.response.status_code | '' | bad_status",
                "22 | 'request':{'method':''}       | http.request.method | '' | ''",
                "22 | 'request':{'method':'purge'}  | http.request.method | purge | ''",
                "22 | 'request':{'method':null}     | http.request.method | '' | ''",
                "23 | 'request':{'uri':'/a%00%zz'}  | url.path | /a%00%zz | ''",
                "23 | 'request':{'uri':'/a\\r\\nb'} | url.path | '/a\r\nb' | ''",
                "23 | 'request':{'uri':'/%E2%28'}   | url.path | /%E2%28 | ''",
                "24 | 'request':{'uri':'/\\ud83d\\ude00'} | url.path | '/😀' | ''",
                "24 | 'request':{'uri':'/\\ud800'}  | url.path | '/\ufffd' | ''",
                "24 | 'request':{'uri':'/é'}        | url.path | '/é' | ''",
                "28 | 'request':{'uri':7}           | url.path | 7 | ''",
                "28 | 'request':{'id':''}           | kong.request.id | '' | ''",
                "34 | 'request':{'size':1,'size':2} | http.request.size | 2 | duplicate_key",
                "10 | 'request':{'headers':{'user-agent':['a','b']}} | user_agent.original | a | ''",
                "10 | 'request':{'headers':{'user-agent':[]}}        | user_agent.original | '' | ''",
                "10 | 'request':{'headers':{'host':'[::1]:80'}}      | server.address | ::1 | ''",
                "10 | 'request':{'headers':{'HOST':'x:80'}}          | server.address | x | ''",
                "16 | 'request':{'headers':[]}      | server.address | '' | ''",
                "26 | 'ws_frame':{'type':'text'}    | url.path | '' | ''",
            })
    void oddValue_isNormalised(String row, String member, String attribute, String value, String counted) {
        String log = "{\"started_at\":1767225600123," + member.replace('\'', '"') + "}";

        RecordedLogs logs = RecordedLogs.of(decoder, log);

        assertThat(logs.only().get(attribute)).as("4.3/%s", row).isEqualTo(value);
        assertThat(String.join(",", logs.normalised.keySet())).isEqualTo(counted);
    }

    @ParameterizedTest(name = "4.3/15 {0}")
    @CsvSource({
        "1767225600123, 1767225600123000000, ''",
        "1767225600123.25, 1767225600123250000, ''",
        "'\"1767225600123\"', 1767225600123000000, ''",
        "1.767225600123e12, 1767225600123000000, ''",
        "1767225600, 1767225600000000000, time_unit",
        "1767225600123000, 1767225600123000000, time_unit",
        "1767225600123000064, 1767225600123000064, time_unit",
        "0, 0, no_time",
        "null, 0, ''",
    })
    void startedAt_isNormalised(String value, long nanos, String counted) {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"response\":{},\"started_at\":" + value + "}");

        assertThat(logs.only().record().getTimeUnixNano()).isEqualTo(nanos);
        assertThat(String.join(",", logs.normalised.keySet())).isEqualTo(counted);
    }

    @ParameterizedTest(name = "4.3/15 {0}")
    @ValueSource(strings = {"-1", "17", "1e99", "\"yesterday\"", "true", "{}", "-1767225600123"})
    void startedAt_thatIsNoTime_isRefused(String value) {
        RecordedLogs logs = RecordedLogs.of(decoder, "[" + KongLogs.with("") + ",{\"started_at\":" + value + "}]");

        assertThat(logs.logs).hasSize(1);
        assertThat(logs.rejected).extracting(r -> r.item() + " " + r.reason()).containsExactly("1 BAD_TIME");
    }

    @ParameterizedTest(name = "4.3/28 {0}")
    @ValueSource(
            strings = {
                "\"request\":\"x\"",
                "\"request\":7",
                "\"request\":[{}]",
                "\"response\":true",
                "\"session\":\"s\""
            })
    void overwrittenPart_isRefused(String member) {
        assertThat(RecordedLogs.of(decoder, "{" + member + "}").refusal()).isEqualTo("WRONG_TYPE");
    }

    @ParameterizedTest(name = "4.3/{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "C2 | ''                                   | EMPTY",
                "C2 | ' \r\n '                             | EMPTY",
                "C15| 7                                    | WRONG_FORMAT",
                "C3 | x                                    | WRONG_FORMAT",
                "C15| null                                 | WRONG_FORMAT",
                "C15| '{}'                                 | WRONG_FORMAT",
                "C15| '[{},{}]'                            | WRONG_FORMAT",
                "28 | '[7]'                                | WRONG_TYPE",
                "35 | '<html><body>502 Bad Gateway</body>' | WRONG_FORMAT",
                "C15| '{\"resourceSpans\":[{\"scopeSpans\":[]}]}'                | WRONG_FORMAT",
                "C15| '[{\"traceId\":\"a3ce929d0e0e4736\",\"id\":\"1\"}]'        | WRONG_FORMAT",
                "C15| '{\"start_time\":\"x\",\"response_code\":\"200\"}'         | WRONG_FORMAT",
                "C15| '[2026-01-01T00:00:00.310Z] \"GET / HTTP/1.1\" 200 - 0'    | WRONG_FORMAT",
                "30 | '{\"request\":{}}garbage'            | TRAILING_DATA",
                "30 | '{\"request\":{}},{\"request\":{}}'  | TRAILING_DATA",
                "30 | '{\"request\":{}} 12'                | TRAILING_DATA",
                "30 | '[{\"request\":{}}]]'                | TRAILING_DATA",
                "30 | '{\"request\":{},}'                  | WRONG_FORMAT",
                "32 | '{\"request\":{\"size\":NaN}}'       | WRONG_FORMAT",
                "32 | '{\"request\":{\"size\":inf}}'       | WRONG_FORMAT",
                "38 | '{\"request\":{\"uri\":\"/a'         | TRUNCATED",
                "38 | '[{\"request\":{}},'                 | TRUNCATED",
                "38 | '{\"request\":{}}{\"request\":'      | TRUNCATED",
            })
    void damage_refusesTheRecord(String row, String value, String reason) {
        assertThat(RecordedLogs.of(decoder, value).refusal()).as("4.3/%s", row).isEqualTo(reason);
    }

    /** A batch of lines, as http-log sends it: who wrote one of them wrong did not write the others wrong. */
    @ParameterizedTest(name = "4.3/{0} {1}")
    @CsvSource({
        "29, good not good, 2, TRAILING_DATA@1",
        "29, good cut good, 2, TRUNCATED@1",
        "29, cut good good, 2, WRONG_FORMAT@0",
        "29, good good cut, 2, TRUNCATED@2",
        "29, good 12 good, 2, TRAILING_DATA@1",
        "29, good comma good, 2, WRONG_FORMAT@1",
        "29, good cut cut good not, 2, WRONG_FORMAT@1 WRONG_FORMAT@2 TRAILING_DATA@4",
    })
    void brokenLine_isRefusedAlone(String row, String lines, int good, String refused) {
        String value = lines.replace(' ', '\n')
                .replace("good", KongLogs.with("").strip())
                .replace("not", "not json")
                .replace("cut", "{\"request\":")
                .replace("comma", "{\"request\":{},}");

        RecordedLogs logs = RecordedLogs.of(decoder, value);

        assertThat(logs.refusal()).as("4.3/%s", row).isEmpty();
        assertThat(logs.logs).hasSize(good);
        assertThat(logs.rejected.stream()
                        .map(item -> item.reason() + "@" + item.item())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(refused);
    }

    @Test
    void thousandsOfBrokenLines_areFewExceptions() {
        String good = KongLogs.with("").strip();

        RecordedLogs logs = RecordedLogs.of(decoder, good + "\n" + "{\n".repeat(100_000) + good);

        assertThat(logs.logs).hasSize(1);
        assertThat(logs.rejected).as("and the rest").hasSize(1_001);
    }

    @Test
    void binary_isRefusedByItsFirstBytes() {
        byte[] log = KongLogs.with("").getBytes(UTF_8);

        assertThat(RecordedLogs.of(decoder, new byte[100_000]).refusal()).isEqualTo("UNEXPECTED_FRAMING");
        assertThat(RecordedLogs.of(decoder, framed(log)).refusal()).isEqualTo("UNEXPECTED_FRAMING");
        assertThat(RecordedLogs.of(decoder, bytes(0x1f, 0x8b, 8, 0)).refusal()).isEqualTo("NOT_THIS_FORMAT");
        assertThat(RecordedLogs.of(decoder, bytes(0x28, 0xb5, 0x2f, 0xfd)).refusal())
                .isEqualTo("NOT_THIS_FORMAT");
        assertThat(RecordedLogs.of(decoder, bytes(0x04, 0x22, 0x4d, 0x18)).refusal())
                .isEqualTo("NOT_THIS_FORMAT");
        assertThat(RecordedLogs.of(decoder, ones(100_000)).refusal()).isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, bytes(0x0a, 0x12, 0x0a, 0x10)).refusal())
                .isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, KongLogs.with("").getBytes(UTF_16)).refusal())
                .isEqualTo("WRONG_FORMAT");
    }

    @Test
    void limits_refuseTheRecord() {
        String deep = "{\"ai\":" + "[".repeat(70) + "]".repeat(70) + "}";
        String longName = "{\"" + "n".repeat(5_000) + "\":1,\"request\":{}}";
        String longNumber = "{\"request\":{\"size\":" + "9".repeat(100) + "}}";
        String longText = "{\"request\":{\"uri\":\"/" + "a".repeat(1_100_000) + "\"}}";
        String names = IntStream.range(10_000_000, 10_040_000)
                .mapToObj(i -> "\"" + i + "\":1")
                .collect(Collectors.joining(",", "{\"request\":{},\"headers\":{", "}}"));
        String tokens = "{\"tries\":[" + "1,".repeat(2_000_001) + "1]}";

        assertThat(RecordedLogs.of(decoder, deep).refusal()).isEqualTo("TOO_DEEP");
        assertThat(RecordedLogs.of(decoder, longName).refusal()).isEqualTo("TOO_LARGE");
        assertThat(RecordedLogs.of(decoder, longNumber).refusal()).isEqualTo("TOO_LARGE");
        assertThat(RecordedLogs.of(decoder, longText).refusal()).isEqualTo("TOO_LARGE");
        assertThat(RecordedLogs.of(decoder, tokens).refusal()).isEqualTo("TOO_MANY");
        assertThat(RecordedLogs.of(decoder, names).refusal()).isEqualTo("TOO_MANY");
    }

    /** In an array, whatever stands between its items, and one behind the other. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[G,L,G]         | 2 | TOO_LARGE@1",
                "[ L , G~,/G ]/  | 2 | TOO_LARGE@0",
                "[G,G,D]         | 2 | TOO_DEEP@2",
                "[G,D,D,G,N,G]   | 3 | TOO_DEEP@1 TOO_DEEP@2 TOO_LARGE@4",
                "[G,9,W,null,G,M] | 2 | WRONG_TYPE@1 TOO_LARGE@2 WRONG_TYPE@3 TOO_LARGE@5",
                "[G,D,[],G]      | 2 | TOO_DEEP@1 WRONG_TYPE@2",
                "[D,G] G [L] [G] | 3 | TOO_DEEP@0 TOO_LARGE@3",
                "G D G           | 2 | TOO_DEEP@1",
                "G/L//[G,G]      | 3 | TOO_LARGE@1",
                "[D,L]           | 0 | TOO_DEEP@0 TOO_LARGE@1",
            })
    void itemBeyondALimit_isRefusedAlone(String items, int good, String refused) {
        RecordedLogs logs = RecordedLogs.of(decoder, filled(items));

        assertThat(logs.refusal()).isEmpty();
        assertThat(logs.logs).hasSize(good);
        assertThat(logs.rejected.stream()
                        .map(item -> item.reason() + "@" + item.item())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(refused);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[L]     | TOO_LARGE",
                "[D]     | TOO_DEEP",
                "[G,D,,G]| WRONG_FORMAT",
                "[G,D G] | WRONG_FORMAT",
                "[G,D}   | WRONG_FORMAT",
                "[G,D    | TRUNCATED",
                "[G,D,G  | TRUNCATED",
                "[G,D]]  | TRAILING_DATA",
                "[G,O,G] | TOO_DEEP",
                "[G,X,G] | TOO_DEEP",
            })
    void itemBeyondALimit_inDamage_refusesTheRecord(String items, String reason) {
        assertThat(RecordedLogs.of(decoder, filled(items)).refusal()).isEqualTo(reason);
    }

    /** Each item costs an exception and none a look at all that is behind it. */
    @Test
    void thousandsOfItemsBeyondALimit_areFewExceptions() {
        String deep = filled("D");
        String open = "{\"a\":" + "[".repeat(70);

        RecordedLogs items = RecordedLogs.of(decoder, filled("[G,") + (deep + ",").repeat(10_000) + filled("G]"));
        RecordedLogs lines = RecordedLogs.of(decoder, filled("G\n") + (open + "\n").repeat(50_000));

        assertThat(items.logs).hasSize(1);
        assertThat(items.rejected).as("and the rest").hasSize(1_001);
        assertThat(lines.logs).hasSize(1);
        assertThat(lines.rejected).as("and the rest").hasSize(1_001);
    }

    /** G: a good log; too large L a text, M a name, N and W a number; D: too deep, O never and X wrongly closed; /, ~: blanks. */
    private static String filled(String items) {
        Map<Character, String> parts = Map.of(
                'G', KongLogs.with("\"note\":\"]}\\\",{\""),
                'L', KongLogs.with("\"big\":\"" + "a".repeat(2_000_000) + "\\\"]\""),
                'M', KongLogs.with("\"" + "n".repeat(5_000) + "\":1"),
                'N', KongLogs.with("\"n\":" + "9".repeat(100)),
                'W', "9".repeat(100),
                'D', KongLogs.with("\"ai\":[\"[{\\\"\"," + "[".repeat(70) + "]".repeat(70) + "]"),
                'O', "{\"ai\":" + "[".repeat(70),
                'X', "{\"ai\":" + "[".repeat(70) + "}".repeat(70) + "}",
                '/', "\n",
                '~', "\t");
        return items.chars()
                .mapToObj(part -> parts.getOrDefault((char) part, Character.toString(part)))
                .collect(Collectors.joining());
    }

    /** 4.3/11, 17, 23, 27. */
    @Test
    void largeButLegal_isTaken() {
        String tries = "\"tries\":[" + "{\"ip\":\"10.0.0.1\",\"port\":80},".repeat(9_999) + "{}]";
        String cookie = KongLogs.withHeaders("\"cookie\":\"" + "c".repeat(1_000_000) + "\"");
        String agent = KongLogs.withHeaders("\"user-agent\":\"" + "ü".repeat(100_000) + "\"");
        String hops = KongLogs.withHeaders("\"x-forwarded-for\":[" + "\"10.0.0.1\",".repeat(5_000) + "\"10.0.0.2\"]");
        String deep = KongLogs.with("\"ai\":" + "[".repeat(60) + "]".repeat(60));

        assertThat(RecordedLogs.of(decoder, KongLogs.with(tries)).only().get("kong.upstream.try.count"))
                .isEqualTo("10000");
        String url = KongLogs.with("\"upstream_uri\":\"/" + "u".repeat(65_535) + "\"");
        assertThat(RecordedLogs.of(decoder, url).only().get("kong.upstream.uri"))
                .hasSize(4096);
        assertThat(RecordedLogs.of(decoder, cookie).only().attributes()).hasSize(1);
        assertThat(RecordedLogs.of(decoder, agent).only().get("user_agent.original"))
                .isEqualTo("ü".repeat(2048));
        assertThat(RecordedLogs.of(decoder, agent).normalised).containsKey("truncated_text");
        assertThat(RecordedLogs.of(decoder, hops).only().get("http.request.header.x-forwarded-for"))
                .hasSizeLessThanOrEqualTo(4096)
                .startsWith("10.0.0.1, 10.0.0.1");
        assertThat(RecordedLogs.of(decoder, deep).only().trace()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fieldsWithoutBound")
    void customFields_areBounded(String row, String members, int kept, String counted) {
        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.with(members));
        int usual =
                RecordedLogs.of(decoder, KongLogs.with("")).only().attributes().size();

        assertThat(logs.only().attributes()).hasSize(usual + kept).allSatisfy((name, value) -> {
            assertThat(name).hasSizeLessThanOrEqualTo(128);
            assertThat(value).hasSizeLessThanOrEqualTo(1024);
        });
        assertThat(logs.normalised).isEqualTo(counted.isEmpty() ? Map.of() : Map.of(counted, 1));
    }

    static Stream<Arguments> fieldsWithoutBound() {
        String many =
                IntStream.range(0, 64).mapToObj(i -> "\"f" + i + "\":" + i).collect(Collectors.joining(","));
        return Stream.of(
                arguments("64 fields", many, 64, ""),
                arguments("65 fields", many + ",\"more\":1", 64, "field_over_limit"),
                arguments("the 64th again", many + ",\"f63\":1", 64, "duplicate_key"),
                arguments("4 deep", "\"a\":{\"b\":{\"c\":{\"d\":1}}}", 1, ""),
                arguments("5 deep", "\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}", 0, "field_over_limit"),
                arguments("name of 128", "\"" + "n".repeat(128) + "\":1", 1, ""),
                arguments("name of 129", "\"" + "n".repeat(129) + "\":1", 0, "field_over_limit"),
                arguments("text of 1024", "\"t\":\"" + "t".repeat(1024) + "\"", 1, ""),
                arguments("text of 1025", "\"t\":\"" + "t".repeat(1025) + "\"", 1, "truncated_text"));
    }

    @Test
    void wantedHeader_isBounded() {
        String values = "\"" + "v".repeat(400) + "\",";
        Decoder wanting = new KongDecoder(Redaction.DEFAULT, Set.of("x-tenant"));

        RecordedLogs logs =
                RecordedLogs.of(wanting, KongLogs.withHeaders("\"x-tenant\":[" + values.repeat(5_000) + "1]"));

        assertThat(logs.only().get("http.request.header.x-tenant")).hasSizeBetween(512, 1024);
        assertThat(logs.normalised).containsKey("truncated_text");
    }

    /** 4.3/24. */
    @Test
    void bytesThatAreNotUtf8_areReplaced() {
        byte[] latin1 =
                "{\"request\":{\"uri\":\"/caf\u00e9\",\"headers\":{\"cookie\":\"\u00ff\"}}}".getBytes(ISO_8859_1);

        RecordedLogs logs = RecordedLogs.of(decoder, latin1);

        assertThat(logs.only().get("url.path")).isEqualTo("/caf\ufffd");
        assertThat(logs.normalised).containsEntry("utf8_replaced", 1);
    }

    /** 4.3/36. */
    @Test
    void wrappings_areTakenOff() {
        String log = KongLogs.with("");
        String syslog = "<14>1 2026-01-01T00:00:00Z gw kong - - [key@41058 tag=\"kong\"] " + log;

        assertThat(RecordedLogs.of(decoder, "\ufeff" + log).logs).hasSize(1);
        assertThat(RecordedLogs.of(decoder, syslog).logs).hasSize(1);
        assertThat(RecordedLogs.of(decoder, syslog).normalised).containsEntry("syslog_header", 1);
    }

    @Test
    void withoutRequestId_theClientsHeaderIsTheKey() {
        String log = KongLogs.withHeaders("\"x-request-id\":\"abc-1\"");

        assertThat(RecordedLogs.of(decoder, log).only().requestKey()).contains(RequestKey.of("abc-1"));
    }

    @Test
    void rejection_saysWhereAndNotWhat() {
        RecordedLogs logs = RecordedLogs.of(decoder, "{\"request\":{\"uri\":\"/s3cr3t\",oops");

        assertThat(logs.verdict.orElseThrow().detail()).isEqualTo("Malformed: not JSON at byte 28");
        assertThat(logs.verdict.orElseThrow().atByte()).isEqualTo(28);
    }

    private static byte[] framed(byte[] payload) {
        byte[] framed = new byte[payload.length + 5];
        System.arraycopy(payload, 0, framed, 5, payload.length);
        return framed;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = "                ".getBytes(US_ASCII);
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }
}
