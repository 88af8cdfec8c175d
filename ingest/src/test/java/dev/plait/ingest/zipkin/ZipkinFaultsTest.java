package dev.plait.ingest.zipkin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.span.DecodedSpans;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue of malformed Zipkin records: D refuses the record, P the span, ok takes it and counts what was odd. */
class ZipkinFaultsTest {
    private final ZipkinDecoder decoder = new ZipkinDecoder();

    /** A record as text with single quotes, its verdict, and the kind under which it is counted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // whole records
                "[]                                       | ok | ",
                "{}                                       | D WRONG_FORMAT | ",
                "[{}]                                     | D WRONG_FORMAT | ",
                "{'traceId':'1','id':'2'}                 | ok | ",
                "[[{'traceId':'1','id':'2'}]]             | D WRONG_FORMAT | ",
                "[1,'a',null]                             | D WRONG_FORMAT | ",
                "[{'traceId':'1','id':'2'},]              | D WRONG_FORMAT | ",
                "[{'traceId':'1','id':'2'}] x             | D TRAILING_DATA | ",
                "[{'traceId':'1','id':'2'}                | D TRUNCATED | ",
                "[                                        | D TRUNCATED | ",
                "{'traceId':'1','id':'2'} {'traceId':'1','id':'3'} | ok | ndjson",
                "'traceId'                                | D WRONG_FORMAT | ",
                "[2026-01-01T00:00:00.010Z] default 'GET /orders HTTP/1.1' 200 | D WRONG_FORMAT | ",
                "{'request':{'id':'r'},'response':{'status':200}} | D WRONG_FORMAT | ",
                "{'resourceSpans':[]}                     | D WRONG_FORMAT | ",
                "{'traceId':'S/kvNXezTaajzpKdDg5HNg==','spanId':'APBnqgupArc=','operationName':'a'} | D WRONG_FORMAT | ",
                // v1
                "[{'traceId':'1','id':'2','binaryAnnotations':[]}] | D WRONG_FORMAT | ",
                "[{'traceId':'1','id':'2','annotations':[{'timestamp':1,'value':'sr','endpoint':{}}]}] | D WRONG_FORMAT | ",
                "[{'traceId':'1','id':'2','name':'a'}]    | ok | ",
                "[{'traceId':'1','id':'2','annotations':[{'timestamp':1767225600000000,'value':'Endpoint\\'x'}]}] | ok | ",
                // ids
                "{'traceId':'a3ce929d0e0e4736','id':'2'}  | ok | ",
                "{'traceId':'4BF92F3577B34DA6A3CE929D0E0E4736','id':'A'} | ok | ",
                "{'traceId':'0e0e4736','id':'2'}          | ok | ",
                "{'traceId':'6a3ce929d0e0e4736','id':'2'} | ok | ",
                "{'traceId':'04bf92f3577b34da6a3ce929d0e0e4736','id':'2'} | D BAD_ID | ",
                "{'traceId':'0xa3ce929d0e0e4736','id':'2'} | D BAD_ID | ",
                "{'traceId':'00000000000000000000000000000000','id':'2'} | D BAD_ID | ",
                "{'traceId':'4bf92f3577b34da60000000000000000','id':'2'} | D BAD_ID | ",
                "{'traceId':'','id':'2'}                  | D BAD_ID | ",
                "{'traceId':'1','id':'0'}                 | D BAD_ID | ",
                "{'traceId':'1','id':'00f067aa0ba902b71'} | D BAD_ID | ",
                "{'traceId':'1'}                          | D BAD_ID | ",
                "{'traceId':null,'id':'2'}                | D BAD_ID | ",
                "{'traceId':1,'id':'2'}                   | D WRONG_TYPE | ",
                "{'traceId':'1','id':'2','parentId':'2'}  | ok | cycle",
                "{'traceId':'1','id':'2','parentId':'zz'} | ok | bad_parent",
                "{'traceId':'1','id':'2','parentId':'0'}  | ok | bad_parent",
                "{'traceId':'1','id':'2','parentId':null} | ok | ",
                // a bad one among good ones
                "[{'traceId':'1','id':'2'},{'id':'3'},{'traceId':'1','id':'4'}] | P BAD_ID | ",
                "[{'traceId':'1','id':'2'},null]          | P WRONG_FORMAT | ",
                // duplicate keys
                "{'traceId':'zz','traceId':'1','id':'2'}  | ok | duplicate_key",
                "{'traceId':'1','id':'2','tags':{'a':'1','a':'2'}} | ok | duplicate_key",
            })
    void record_hasItsVerdict(String record, String verdict, String counted) {
        DecodedSpans decoded = DecodedSpans.of(
                decoder, record.replace("\\'", "\u0001").replace('\'', '"').replace("\u0001", "\\\""));

        assertThat(decoded.told()).isEqualTo(verdict);
        if (counted != null) {
            assertThat(decoded.normalised).containsKey(counted);
        }
    }

    /** One member, its verdict, and the kind under which it is counted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'timestamp':0                  | ok | no_time",
                "'timestamp':null               | ok | no_time",
                "'timestamp':'1767225600000000' | ok | number_text",
                "'timestamp':1767225600000      | ok | time_unit",
                "'timestamp':1767225600000000000 | ok | time_unit",
                "'timestamp':1767225600         | ok | time_unit",
                "'timestamp':17                 | ok | bad_time",
                "'timestamp':-1                 | D BAD_TIME | ",
                "'timestamp':1767225600000000.5 | D BAD_TIME | ",
                "'timestamp':1.7672256e15       | ok | ",
                "'timestamp':1e400              | D BAD_TIME | ",
                "'timestamp':99999999999999999999 | D BAD_TIME | ",
                "'timestamp':9223372036854775807 | ok | bad_time",
                "'timestamp':'soon'             | D BAD_TIME | ",
                "'timestamp':NaN                | D WRONG_FORMAT | ",
                "'timestamp':{}                 | D BAD_TIME | ",
                "'timestamp':[[1],2]            | D BAD_TIME | ",
                "'timestamp':true               | D BAD_TIME | ",
                "'timestamp':1767225600000000,'duration':0 | ok | no_time",
                "'timestamp':1767225600000000,'duration':-5 | D BAD_TIME | ",
                "'timestamp':1767225600000000,'duration':86400000001 | ok | long_duration",
                "'timestamp':1767225600000000,'duration':9007199254740993 | ok | long_duration",
                "'timestamp':1767225600000000,'duration':9223372036854775807 | ok | long_duration",
                "'timestamp':1767225600000000,'duration':1.5 | D BAD_TIME | ",
                "'duration':5                   | ok | no_time",
                "'kind':'server'                | ok | ",
                "'kind':'GATEWAY'               | ok | bad_kind",
                "'kind':''                      | ok | ",
                "'kind':null                    | ok | ",
                "'kind':2                       | D WRONG_TYPE | ",
                "'name':null                    | ok | ",
                "'name':''                      | ok | ",
                "'name':'GET /Orders'           | ok | ",
                "'name':7                       | D WRONG_TYPE | ",
                "'localEndpoint':null           | ok | ",
                "'localEndpoint':{}             | ok | ",
                "'localEndpoint':[]             | ok | ",
                "'localEndpoint':'kong'         | D WRONG_TYPE | ",
                "'localEndpoint':{'serviceName':null} | ok | ",
                "'localEndpoint':{'serviceName':{}} | D WRONG_TYPE | ",
                "'remoteEndpoint':null          | ok | ",
                "'remoteEndpoint':{'port':0}    | ok | ",
                "'remoteEndpoint':{'port':null} | ok | ",
                "'remoteEndpoint':{'port':'80'} | ok | ",
                "'remoteEndpoint':{'port':70000} | ok | bad_endpoint",
                "'remoteEndpoint':{'port':-1}   | ok | bad_endpoint",
                "'remoteEndpoint':{'port':1e99} | ok | bad_endpoint",
                "'remoteEndpoint':{'port':8.5}  | ok | bad_endpoint",
                "'remoteEndpoint':{'ipv6':'10.0.0.9'} | ok | ",
                "'remoteEndpoint':{'ipv4':'1.2.3'} | ok | bad_endpoint",
                "'remoteEndpoint':{'ipv4':'unix:'} | ok | bad_endpoint",
                "'remoteEndpoint':{'ipv4':''}   | ok | ",
                "'remoteEndpoint':{'ipv4':17}   | D WRONG_TYPE | ",
                "'tags':null                    | ok | ",
                "'tags':[]                      | ok | ",
                "'tags':['a']                   | D WRONG_TYPE | ",
                "'tags':'a'                     | D WRONG_TYPE | ",
                "'tags':{'a':1}                 | D WRONG_TYPE | ",
                "'tags':{'a':true}              | D WRONG_TYPE | ",
                "'tags':{'a':null}              | D WRONG_TYPE | ",
                "'tags':{'a':{'b':[1]}}         | D WRONG_TYPE | ",
                "'tags':{'':''}                 | ok | ",
                "'annotations':{}               | ok | ",
                "'annotations':null             | ok | ",
                "'annotations':{'a':[1,{}]}     | D WRONG_TYPE | ",
                "'annotations':[null]           | D WRONG_TYPE | ",
                "'annotations':[[]]             | D WRONG_TYPE | ",
                "'annotations':[{'value':'a'}]  | ok | no_annotation_time",
                "'annotations':[{'timestamp':2,'value':'b'},{'timestamp':1,'value':'a'},{'timestamp':1,'value':'a'}] | ok | bad_time",
                "'annotations':[{'timestamp':-1,'value':'a'}] | D BAD_TIME | ",
                "'debug':true                   | ok | ",
                "'debug':'true'                 | D WRONG_TYPE | ",
                "'shared':'true'                | D WRONG_TYPE | ",
                "'shared':null                  | ok | ",
                "'shared':true                  | ok | shared_kind",
                "'kind':'CLIENT','shared':true  | ok | shared_kind",
                "'unknown':{'a':[1,{'b':2}]}    | ok | ",
            })
    void member_hasItsVerdict(String member, String verdict, String counted) {
        DecodedSpans decoded = DecodedSpans.of(decoder, ZipkinSpans.with(member));

        assertThat(decoded.told()).isEqualTo(verdict);
        if (counted != null) {
            assertThat(decoded.normalised).containsKey(counted);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',''", "false,''", "true,''", "connection refused,connection refused"})
    void errorTag_failsTheSpanWhateverItsValue(String value, String message) {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("'tags':{'error':'" + value + "'}"))
                .only();

        assertThat(span.has(ItemFlags.ERROR)).isTrue();
        assertThat(span.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.span().getStatus().getMessage()).isEqualTo(message);
    }

    @Test
    void timesOfAnotherUnit_areReadAsWhatTheyAre() {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("'timestamp':1767225600000,'duration':52"))
                .only();

        assertThat(span.span().getStartTimeUnixNano()).isEqualTo(1_767_225_600_000_000_000L);
        assertThat(span.span().getEndTimeUnixNano()).isEqualTo(1_767_225_600_052_000_000L);
    }

    @Test
    void sharedWithoutKind_isAServer() {
        DecodedSpans.One span =
                DecodedSpans.of(decoder, ZipkinSpans.with("'shared':true")).only();

        assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.has(ItemFlags.SHARED)).isTrue();
    }

    @Test
    void hugeTag_isCut() {
        DecodedSpans decoded =
                DecodedSpans.of(decoder, ZipkinSpans.with("'tags':{'a':'" + "x".repeat(1_000_000) + "'}"));

        assertThat(decoded.only().attributes().get("a").toString()).hasSize(SpanText.MAX_VALUE);
        assertThat(decoded.normalised).containsEntry("truncated_text", 1);
    }

    @Test
    void badUtf8_isReplaced_andAByteOrderMarkPassedOver() {
        byte[] bad = ZipkinSpans.with("'name':'caf\u00e9'").getBytes(ISO_8859_1);
        byte[] marked = ("\ufeff" + ZipkinSpans.with("")).getBytes(UTF_8);

        assertThat(DecodedSpans.of(decoder, bad).only().span().getName()).isEqualTo("caf\ufffd");
        assertThat(DecodedSpans.of(decoder, bad).normalised).containsEntry("utf8_replaced", 1);
        assertThat(DecodedSpans.of(decoder, marked).normalised).containsEntry("bom", 1);
        assertThat(DecodedSpans.of(decoder, ZipkinSpans.with("'name':'\\ud800x'"))
                        .only()
                        .span()
                        .getName())
                .isEqualTo("\ufffdx");
    }

    @Test
    void depthBomb_isRefused() {
        String bomb = "[".repeat(100_000);

        assertThat(DecodedSpans.of(decoder, bomb).told()).isEqualTo("D TOO_DEEP");
        assertThat(DecodedSpans.of(decoder, ZipkinSpans.with("'x':" + bomb)).told())
                .isEqualTo("D TOO_DEEP");
    }

    @Test
    void tooManyTags_refuseTheSpan() {
        StringBuilder tags = new StringBuilder("'a':'b'");
        for (int i = 0; i < 10_001; i++) {
            tags.append(",'k").append(i).append("':''");
        }

        assertThat(DecodedSpans.of(decoder, ZipkinSpans.with("'tags':{" + tags + "}"))
                        .told())
                .isEqualTo("D TOO_MANY");
    }

    @Test
    void manySpans_areAllTaken_exceptTheBadOne() {
        StringBuilder list = new StringBuilder("[");
        for (int i = 1; i <= 1_000; i++) {
            list.append(i == 1 ? "" : ",")
                    .append("{\"traceId\":\"")
                    .append(i == 500 ? "bad!" : Integer.toHexString(i % 7 + 1))
                    .append("\",\"id\":\"")
                    .append(Integer.toHexString(i))
                    .append("\"}");
        }

        DecodedSpans decoded = DecodedSpans.of(decoder, list.append(']').toString());

        assertThat(decoded.spans).hasSize(999);
        assertThat(decoded.rejected).hasSize(1);
        assertThat(decoded.rejected.get(0).item()).isEqualTo(499);
    }

    @Test
    void bytesOfOtherFormats_areRefusedByName() {
        byte[] thriftList = {0x0c, 0, 0, 0, 1, 0x0a, 0, 1};
        byte[] thriftSpan = {0x0a, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
        byte[] thriftLength = {0x0b, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};

        assertThat(told(thriftList)).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(thriftSpan)).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(thriftLength)).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(new byte[] {0x1f, (byte) 0x8b, 8, 0})).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(new byte[100_000])).isEqualTo("D UNEXPECTED_FRAMING");
        assertThat(told(new byte[0])).isEqualTo("D EMPTY");
        assertThat(told("x".getBytes(UTF_8))).isEqualTo("D WRONG_FORMAT");
        byte[] ones = new byte[100_000];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(told(ones)).isEqualTo("D WRONG_FORMAT");
        assertThat(told(otlp(1))).isEqualTo("D WRONG_FORMAT");
        assertThat(told(otlp(3))).isEqualTo("D WRONG_FORMAT");
    }

    @Test
    void afterManyBadSpansAndNoGoodOne_theRecordIsRefusedAsAWhole() {
        String bad = "{\"id\":\"3\"},";
        String good = "{\"traceId\":\"1\",\"id\":\"2\"},";

        DecodedSpans hopeless = DecodedSpans.of(decoder, "[" + bad.repeat(20_000) + good + "{}]");
        DecodedSpans kept = DecodedSpans.of(decoder, "[" + good + bad.repeat(20_000) + "{}]");

        assertThat(hopeless.told()).isEqualTo("D TOO_MANY");
        assertThat(kept.verdict).isEmpty();
        assertThat(kept.spans).hasSize(1);
        assertThat(kept.rejected).hasSize(20_001);
        assertThat(kept.rejected.get(20_000)).isSameAs(kept.rejected.get(5_000));
    }

    private String told(byte[] value) {
        return DecodedSpans.of(decoder, value).told();
    }

    private static byte[] otlp(int groups) {
        ProtoWriter out = new ProtoWriter();
        for (int i = 0; i < groups; i++) {
            int group = out.begin(1);
            int scope = out.begin(2);
            int span = out.begin(2);
            out.id(1, 1, 2);
            out.id(2, 3);
            out.end(span);
            out.end(scope);
            out.end(group);
        }
        return out.toByteArray();
    }
}
