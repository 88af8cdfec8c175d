package dev.plait.ingest.kong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.RequestKey;
import dev.plait.ingest.accesslog.RecordedLogs;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.ItemFlags;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KongDecoderTest {
    private final KongDecoder decoder = new KongDecoder();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"grpc-status":"14"}                     | UNAVAILABLE       | true
            {"content-type":["a"],"Grpc-Status":"4"} | DEADLINE_EXCEEDED | true
            {"grpc-status":13}                       | INTERNAL          | true
            {"grpc-status":"5","grpc-message":"no"}  | NOT_FOUND         | false
            {"grpc-status":"0"}                      | OK                | false
            {"grpc-status":"77"}                     | 77                | false
            {"grpc-status":["14"]}                   | ``                | false
            ["grpc-status"]                          | ``                | false
            """)
    void grpcStatus_tellsAFailureUnderHttp200(String headers, String status, boolean error) {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder, "{\"request\":{},\"response\":{\"headers\":" + headers + ",\"status\":200}}")
                .only();

        assertThat(log.get("rpc.response.status_code")).isEqualTo(status);
        assertThat(log.isError()).isEqualTo(error);
    }

    @Test
    void fullLog_becomesOneAccessLogRecord() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, KongLogs.FULL).only();

        assertThat(log.trace()).isEqualTo(KongLogs.W3C);
        assertThat(log.flags()).isEqualTo(ItemFlags.LOG | ItemFlags.ACCESS_LOG | ItemFlags.ERROR);
        assertThat(log.requestKey()).contains(RequestKey.of(KongLogs.REQUEST_ID));
        assertThat(log.resource()).isEqualTo(Map.of("service.name", "kong"));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(1_767_225_600_123_000_000L);
        assertThat(log.record().getBody().getStringValue()).isEqualTo("GET /orders 502");
        assertThat(log.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("http.request.method", "GET"),
                        Map.entry("url.path", "/orders"),
                        Map.entry("url.query", "id=7&apikey=********"),
                        Map.entry("url.full", "http://gw.example:8000/orders?id=7&apikey=********"),
                        Map.entry("http.response.status_code", "502"),
                        Map.entry("http.request.size", "211"),
                        Map.entry("http.response.size", "312"),
                        Map.entry("server.address", "gw.example"),
                        Map.entry("client.address", "10.0.0.9"),
                        Map.entry("user_agent.original", "curl/8.5"),
                        Map.entry("http.request.header.host", "gw.example:8000"),
                        Map.entry("http.request.header.x-forwarded-for", "10.0.0.1, 10.0.0.2"),
                        Map.entry("http.request.header.x-request-id", "client-77"),
                        Map.entry("http.request.header.content-type", "application/json"),
                        Map.entry(
                                "http.request.header.traceparent",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        Map.entry("kong.request.id", KongLogs.REQUEST_ID),
                        Map.entry("kong.route.name", "orders-v1"),
                        Map.entry("kong.route.id", "77aa"),
                        Map.entry("kong.service.name", "orders"),
                        Map.entry("kong.service.id", "2c01"),
                        Map.entry("kong.auth.consumer.id", "c-1"),
                        Map.entry("kong.auth.consumer.name", "shop"),
                        Map.entry("kong.latency.total", "46.0"),
                        Map.entry("kong.latency.internal", "3.0"),
                        Map.entry("kong.latency.upstream", "41.5"),
                        Map.entry("kong.latency.receive", "0.0"),
                        Map.entry("kong.response.source", "upstream"),
                        Map.entry("kong.upstream.status_code", "502"),
                        Map.entry("kong.upstream.uri", "/v1/orders?id=7&token=********"),
                        Map.entry("kong.upstream.try.count", "2"),
                        Map.entry("kong.workspace.name", "default"),
                        Map.entry("kong.correlation.id", "corr#1"),
                        Map.entry("ai.proxy.usage.total_tokens", "5")));
    }

    @Test
    void secrets_areNowhereInTheOutput() {
        RecordedLogs logs = RecordedLogs.of(decoder, KongLogs.FULL);

        assertThat(logs.only().record().toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'ai':{'proxy':{'usage':{'prompt_tokens':25}}} | ai.proxy.usage.prompt_tokens | 25",
                "'ai':{'proxy':{'usage':{'cost':0.038}}}       | ai.proxy.usage.cost          | 0.038",
                "'ai':{'proxy':{'meta':{'llm_model':'m-1'}}}   | ai.proxy.meta.llm_model      | m-1",
                "'ai':{'proxy':{'payload':{'request':'hi'}}}   |                              |",
                "'order':{'total':7.5}                         | order.total                  | 7.5",
                "'order.total':7                               | order.total                  | 7",
                "'order':{'total':9223372036854775808}         | order.total                  | 9.223372036854776E18",
                "'tenant':'acme'                               | tenant                       | acme",
                "'vip':false                                   | vip                          | false",
                "'db':{'password':'hunter22'}                  | db.password                  | ********",
                "'latencies':{'kong_internal':4}               | latencies.kong_internal      | 4",
                "'session':{'plan':'gold'}                     | session.plan                 | gold",
                "'url':{'path':'/other'}                       |                              |",
                "'items':[1,2]                                 |                              |",
                "'nothing':null,'empty':'','none':{}           |                              |",
                "'order':{'total':1e999}                       |                              |",
            })
    void fieldsThatKongDoesNotWrite_areAttributesByTheirPath(String members, String key, String value) {
        Map<String, String> attributes = RecordedLogs.of(
                        decoder, KongLogs.with(members.replace('\'', '"').trim()))
                .only()
                .attributes();

        Map<String, String> expected =
                new TreeMap<>(RecordedLogs.of(decoder, KongLogs.with("")).only().attributes());
        if (key != null) {
            expected.put(key, value);
        }
        assertThat(attributes).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'x-tenant':'acme'                | http.request.header.x-tenant   | acme",
                "'X-Tenant':'acme'                | http.request.header.x-tenant   | acme",
                "'x-tenant':['acme']              | http.request.header.x-tenant   | acme",
                "'x-tenant':['acme','zen',{},'z'] | http.request.header.x-tenant   | acme, zen, z",
                "'x-tenant':7                     | http.request.header.x-tenant   | 7",
                "'user-agent':'curl/8.5'          | http.request.header.user-agent | curl/8.5",
                "'host':'gw'                      | http.request.header.host       | gw",
                "'apikey':'hunter22'              | http.request.header.apikey     | ********",
                "'authorization':'hunter22'       | http.request.header.authorization | ********",
                "'x-other':'acme'                 | http.request.header.x-other    |",
                "'x-tenant':''                    | http.request.header.x-tenant   |",
                "'x-tenant':{}                    | http.request.header.x-tenant   |",
            })
    void wantedHeaders_areAttributes(String headers, String key, String value) {
        Decoder wanting =
                new KongDecoder(Redaction.DEFAULT, Set.of("x-tenant", "user-agent", "host", "apikey", "authorization"));

        RecordedLogs.Log log = RecordedLogs.of(wanting, KongLogs.withHeaders(headers.replace('\'', '"')))
                .only();

        assertThat(log.get(key)).isEqualTo(value == null ? "" : value);
    }

    @Test
    void fieldsInARequestOrResponse_areAttributesToo() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"request\":{\"tenant\":\"acme\",\"body\":\"s3cr3t\"},\"response\":{\"items\":3,\"body\":\"s3cr3t\"}}")
                .only();

        assertThat(log.attributes()).isEqualTo(Map.of("request.tenant", "acme", "response.items", "3"));
    }

    @Test
    void streamLog_isAnAccessLogOfItsOwnKind() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, KongLogs.STREAM).only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.requestKey()).isEmpty();
        assertThat(log.isError()).isFalse();
        assertThat(log.record().getBody().getStringValue()).isEqualTo("stream 200");
        assertThat(log.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("kong.subsystem", "stream"),
                        Map.entry("kong.session.status", "200"),
                        Map.entry("kong.session.received", "120"),
                        Map.entry("kong.session.sent", "4096"),
                        Map.entry("kong.session.server_port", "9000"),
                        Map.entry("kong.latency.total", "220.0"),
                        Map.entry("kong.latency.internal", "1.0"),
                        Map.entry("kong.route.name", "r-9"),
                        Map.entry("kong.route.id", "r-9"),
                        Map.entry("kong.service.name", "postgres"),
                        Map.entry("kong.service.id", "s-9"),
                        Map.entry("client.address", "10.0.0.9")));
    }

    @Test
    void failedStream_isAnError() {
        String failed = KongLogs.STREAM.replace("\"status\":200", "\"status\":502");

        assertThat(RecordedLogs.of(decoder, failed).only().isError()).isTrue();
    }

    @Test
    void batches_giveEveryLog() {
        String log = KongLogs.with("");

        assertThat(RecordedLogs.of(decoder, "[" + log + "," + log + "]").logs).hasSize(2);
        assertThat(RecordedLogs.of(decoder, "[" + log + "]\n").logs).hasSize(1);
        assertThat(RecordedLogs.of(decoder, log + "\n" + log + "\r\n" + log + "\n").logs)
                .hasSize(3);
        assertThat(RecordedLogs.of(decoder, log + log).logs).hasSize(2);
        assertThat(RecordedLogs.of(decoder, "[]").logs).isEmpty();
        assertThat(RecordedLogs.of(decoder, "[]").verdict).isEmpty();
    }

    /**
     * The bytes that a collector's Kafka exporter writes with encoding {@code raw}: its bodies go through Go's JSON encoder,
     * which sorts members and escapes {@code <}, {@code >} and {@code &}; bodies of bytes go as they are.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // udp_log: a text
                "\"{\\\"request\\\":{\\\"method\\\":\\\"GET\\\",\\\"uri\\\":\\\"/a?b=1\\u0026c=2\\\"},\\\"response\\\":"
                        + "{\\\"status\\\":200},\\\"trace_id\\\":{\\\"w3c\\\":\\\"4bf92f3577b34da6a3ce929d0e0e4736\\\"}}\"",
                // syslog, when its parser gave up: a text with the header
                "\"\\u003c14\\u003e1 2026-01-01T00:00:00.123Z gw kong 311 - -  {\\\"request\\\":{\\\"method\\\":\\\"GET\\\","
                        + "\\\"uri\\\":\\\"/a?b=1\\u0026c=2\\\"},\\\"response\\\":{\\\"status\\\":200},"
                        + "\\\"trace_id\\\":{\\\"w3c\\\":\\\"4bf92f3577b34da6a3ce929d0e0e4736\\\"}}\"",
                // parsed to a map by json_parser
                "{\"request\":{\"method\":\"GET\",\"uri\":\"/a?b=1\\u0026c=2\"},\"response\":{\"status\":200},"
                        + "\"trace_id\":{\"w3c\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}}",
                // file_log with encoding nop: bytes
                "{\"response\":{\"status\":200},\"request\":{\"uri\":\"/a?b=1&c=2\",\"method\":\"GET\"},"
                        + "\"trace_id\":{\"w3c\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}}",
            })
    void bodyWrittenRawByACollector_isTheLogThatKongWrote(String value) {
        String asKongWroteIt = "{\"request\":{\"method\":\"GET\",\"uri\":\"/a?b=1&c=2\"},\"response\":{\"status\":200},"
                + "\"trace_id\":{\"w3c\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}}";

        RecordedLogs.Log log = RecordedLogs.of(decoder, value).only();

        assertThat(log.trace()).isEqualTo(KongLogs.W3C);
        assertThat(log.flags()).isEqualTo(ItemFlags.LOG | ItemFlags.ACCESS_LOG);
        assertThat(log.hash())
                .isEqualTo(RecordedLogs.of(decoder, asKongWroteIt).only().hash());
    }

    @Test
    void stringInAString_andStringsSideBySide_areNoLogs() {
        String log = "\"" + KongLogs.with("").replace("\"", "\\\"") + "\"";

        assertThat(RecordedLogs.of(decoder, log).logs).hasSize(1);
        assertThat(RecordedLogs.of(decoder, log + log).refusal()).isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, "\"" + log.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .refusal())
                .isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, log.substring(0, 30)).refusal()).isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, "\"\"").refusal()).isEqualTo("WRONG_FORMAT");
    }

    @Test
    void badItemOfABatch_isRefusedAlone() {
        String log = KongLogs.with("");

        RecordedLogs logs = RecordedLogs.of(decoder, "[" + log + ",{\"request\":\"x\"},7," + log + "]");

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).hasSize(2);
        assertThat(logs.rejected)
                .extracting(r -> r.item() + " " + r.reason())
                .containsExactly("1 WRONG_TYPE", "2 WRONG_TYPE");
    }

    @Test
    void memberOrder_doesNotChangeTheBytes() {
        String there =
                "{\"request\":{\"method\":\"GET\",\"uri\":\"/a\"},\"response\":{\"status\":200},\"source\":\"kong\"}";
        String back =
                "{\"source\":\"kong\",\"response\":{\"status\":200},\"request\":{\"uri\":\"/a\",\"method\":\"GET\"}}";

        assertThat(RecordedLogs.of(decoder, there).only().hash())
                .isEqualTo(RecordedLogs.of(decoder, back).only().hash())
                .isNotEqualTo(RecordedLogs.of(decoder, KongLogs.with("")).only().hash());
    }

    @Test
    void reusedDecoder_forgetsTheLogBefore() {
        RecordedLogs.of(decoder, KongLogs.FULL);

        RecordedLogs.Log log =
                RecordedLogs.of(decoder, "{\"response\":{\"status\":204}}").only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.requestKey()).isEmpty();
        assertThat(log.record().getTimeUnixNano()).isZero();
        assertThat(log.attributes()).isEqualTo(Map.of("http.response.status_code", "204"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":LOG}",
                "{\"log\":LOG,\"workspace\":\"8f1\"}",
                "{\"stream\":\"stdout\",\"log\":TEXT,\"time\":\"2026-01-01T00:00:00Z\"}",
                "{\"@timestamp\":\"2026-01-01T00:00:00Z\",\"message\":TEXT}"
            })
    void logInsideAnotherObject_isReadAsItIs(String wrapper) {
        String log = KongLogs.FULL.strip().replace("\n", "");
        String text = '"' + log.replace("\\", "\\\\").replace("\"", "\\\"") + "\\n\"";
        String value = wrapper.replace("LOG", log).replace("TEXT", text);

        RecordedLogs.Log read = RecordedLogs.of(decoder, value).only();

        assertThat(read.hash()).isEqualTo(RecordedLogs.of(decoder, log).only().hash());
    }

    @Test
    void fieldNamedAsAWrapper_staysOne() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"message\":\"{not JSON\",\"log\":{\"level\":\"info\",\"n\":1},"
                                + "\"response\":{\"status\":200}}")
                .only();

        assertThat(log.attributes())
                .containsEntry("message", "{not JSON")
                .containsEntry("log.level", "info")
                .containsEntry("log.n", "1");
    }

    @Test
    void bothFieldsNamedAsWrappers_stay() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder, "{\"message\":\"a\",\"log\":\"b\",\"response\":{\"status\":200}}")
                .only();

        assertThat(log.attributes()).containsEntry("message", "a").containsEntry("log", "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"log":"{\\"response\\":{\\"status\\":20"} | TRUNCATED
            {"message":"{\\"a\\":1}"}                 | WRONG_FORMAT
            {"message":"{]"}                          | WRONG_FORMAT
            {"message":"{}"}                          | WRONG_FORMAT
            {"message":{"a":1}}                       | WRONG_FORMAT
            {"message":[{"response":{}}]}             | WRONG_FORMAT
            """)
    void wrapperWithoutALog_isRefused(String value, String reason) {
        assertThat(RecordedLogs.of(decoder, value).refusal()).isEqualTo(reason);
    }

    @Test
    void latencies_areNamedAsInKongsOtlpLogs() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"response\":{\"status\":200},\"latencies\":{\"third_party\":4.5,\"redis\":1,\"dns\":3.5,"
                                + "\"client\":0.25,\"socket\":-1,\"http_client\":\"x\",\"kong_internal\":0.5}}")
                .only();

        assertThat(log.attributes())
                .containsEntry("kong.latency.third_party.total", "4.5")
                .containsEntry("kong.latency.third_party.redis", "1.0")
                .containsEntry("kong.latency.third_party.dns", "3.5")
                .containsEntry("kong.latency.client", "0.25")
                .containsEntry("latencies.kong_internal", "0.5")
                .doesNotContainKeys("kong.latency.third_party.socket", "kong.latency.third_party.http_client");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"k","consumer_id":"c-9"} | {}           | c-9
            {"id":"k","consumer_id":"c-9"} | {"id":"c-1"} | c-1
            [1]                            | {"id":"c-1"} | c-1
            """)
    void credential_standsInForTheConsumer(String credential, String consumer, String id) {
        String value = "{\"authenticated_entity\":" + credential + ",\"consumer\":" + consumer
                + ",\"response\":{\"status\":200}}";

        assertThat(RecordedLogs.of(decoder, value).only().get("kong.auth.consumer.id"))
                .isEqualTo(id);
    }

    @Test
    void brokenTextsInWrappers_areReadUpToALimit() {
        String good = "{\"response\":{\"status\":200}}\n";
        String wrapped = "{\"log\":\"{\\\"response\\\":{\\\"status\\\":201}}\"}\n";
        String broken = "{\"log\":\"{x}\"}\n";

        RecordedLogs few = RecordedLogs.of(decoder, good + broken.repeat(999) + wrapped);
        RecordedLogs many = RecordedLogs.of(decoder, good + broken.repeat(1000) + wrapped + good);

        assertThat(few.logs).hasSize(2);
        assertThat(many.logs).hasSize(2);
        assertThat(many.rejected)
                .hasSize(1001)
                .last()
                .extracting(Rejected::reason)
                .isEqualTo(Rejected.Reason.TOO_MANY);
    }

    /** What file-log writes to /dev/stdout, as a container runtime keeps it and a shipper that does not parse it passes it on. */
    @Test
    void prefixesOfAContainerRuntime_areTakenOff() {
        String line = "2026-01-01T00:00:00.310000000Z stdout F " + KongLogs.with("");
        String shipped = "{\"log\":\"" + line.replace("\"", "\\\"") + "\\n\",\"stream\":\"stdout\"}";
        String noise = "\n2026-01-01T00:00:00.320000000Z stderr F 2026/01/01 00:00:00 [notice] 1#0: start\n";

        assertThat(RecordedLogs.of(decoder, line).only().get("url.path")).isEqualTo("/a");
        assertThat(RecordedLogs.of(decoder, line).normalised).containsEntry("line_prefix", 1);
        assertThat(RecordedLogs.of(decoder, line + "\n" + line + "\n").logs).hasSize(2);
        assertThat(RecordedLogs.of(decoder, shipped).only().get("url.path")).isEqualTo("/a");
        assertThat(RecordedLogs.of(decoder, noise + line).refusal()).isEqualTo("WRONG_FORMAT");
        assertThat(RecordedLogs.of(decoder, "2026-01-01T00:00:00.310000000Z stdout F")
                        .refusal())
                .isEqualTo("WRONG_FORMAT");
    }
}
