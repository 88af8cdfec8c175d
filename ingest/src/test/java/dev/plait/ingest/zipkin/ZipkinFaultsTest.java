package dev.plait.ingest.zipkin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plait.ingest.span.DecodedSpans;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue of malformed Zipkin records (faults.md 4.5, by whose numbers rows begin): D refuses the record, P the span, ok
 * takes it and counts what was odd.
 */
class ZipkinFaultsTest {
    private final ZipkinDecoder decoder = new ZipkinDecoder();

    /** A record as text with single quotes, its verdict, and the kind under which it is counted. */
    @ParameterizedTest(name = "4.5/{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // whole records
                "4  | []                                       | ok | ",
                "3  | {}                                       | D WRONG_FORMAT | ",
                "3  | [{}]                                     | D WRONG_FORMAT | ",
                "3  | {'traceId':'1','id':'2'}                 | ok | ",
                "38 | [[{'traceId':'1','id':'2'}]]             | D WRONG_FORMAT | ",
                "27 | [1,'a',null]                             | D WRONG_FORMAT | ",
                "28 | [{'traceId':'1','id':'2'},]              | D WRONG_FORMAT | ",
                "28 | [{'traceId':'1','id':'2'}] x             | D TRAILING_DATA | ",
                "28 | [{'traceId':'1','id':'2'}                | D TRUNCATED | ",
                "28 | [                                        | D TRUNCATED | ",
                "3  | {'traceId':'1','id':'2'} {'traceId':'1','id':'3'} | ok | ndjson",
                "28 | 'traceId'                                | D WRONG_FORMAT | ",
                "C15| [2026-01-01T00:00:00.010Z] default 'GET /orders HTTP/1.1' 200 | D WRONG_FORMAT | ",
                "C15| {'request':{'id':'r'},'response':{'status':200}} | D WRONG_FORMAT | ",
                "C15| {'resourceSpans':[]}                     | D WRONG_FORMAT | ",
                "C15| {'traceId':'S/kvNXezTaajzpKdDg5HNg==','spanId':'APBnqgupArc=','operationName':'a'} | D WRONG_FORMAT | ",
                // v1
                "7  | [{'traceId':'1','id':'2','binaryAnnotations':[]}] | D WRONG_FORMAT | ",
                "7  | [{'traceId':'1','id':'2','annotations':[{'timestamp':1,'value':'sr','endpoint':{}}]}] | D WRONG_FORMAT | ",
                "5  | [{'traceId':'1','id':'2','name':'a'}]    | ok | ",
                "6  | [{'traceId':'1','id':'2','annotations':[{'timestamp':1767225600000000,'value':'Endpoint\\'x'}]}] | ok | ",
                // ids
                "6  | [{'traceId':'1','id':'2','annotations':[{'timestamp':1,'value':'Endpoint\\'x','endpoint':{}}]}] | D WRONG_FORMAT | ",
                "13 | {'traceId':'a3ce929d0e0e4736','id':'2'}  | ok | ",
                "13 | {'traceId':'4BF92F3577B34DA6A3CE929D0E0E4736','id':'A'} | ok | ",
                "13 | {'traceId':'0e0e4736','id':'2'}          | ok | ",
                "13 | {'traceId':'6a3ce929d0e0e4736','id':'2'} | ok | ",
                "13 | {'traceId':'04bf92f3577b34da6a3ce929d0e0e4736','id':'2'} | D BAD_ID | ",
                "13 | {'traceId':'0xa3ce929d0e0e4736','id':'2'} | D BAD_ID | ",
                "14 | {'traceId':'00000000000000000000000000000000','id':'2'} | D BAD_ID | ",
                "14 | {'traceId':'4bf92f3577b34da60000000000000000','id':'2'} | D BAD_ID | ",
                "13 | {'traceId':'','id':'2'}                  | D BAD_ID | ",
                "14 | {'traceId':'1','id':'0'}                 | D BAD_ID | ",
                "13 | {'traceId':'1','id':'00f067aa0ba902b71'} | D BAD_ID | ",
                "13 | {'traceId':'1'}                          | D BAD_ID | ",
                "13 | {'traceId':null,'id':'2'}                | D BAD_ID | ",
                "13 | {'traceId':1,'id':'2'}                   | D WRONG_TYPE | ",
                "15 | {'traceId':'1','id':'2','parentId':'2'}  | ok | cycle",
                "13 | {'traceId':'1','id':'2','parentId':'zz'} | ok | bad_parent",
                "14 | {'traceId':'1','id':'2','parentId':'0'}  | ok | bad_parent",
                "13 | {'traceId':'1','id':'2','parentId':null} | ok | ",
                // a bad one among good ones
                "32 | [{'traceId':'1','id':'2'},{'traceId':'3','id':'2'}] | ok | ",
                "34 | [{'traceId':'1','id':'2'},{'traceId':'1','id':'2'}] | ok | ",
                "27 | [{'traceId':'1','id':'2'},{'id':'3'},{'traceId':'1','id':'4'}] | P BAD_ID | ",
                "27 | [{'traceId':'1','id':'2'},null]          | P WRONG_FORMAT | ",
                // duplicate keys
                "30 | {'traceId':'zz','traceId':'1','id':'2'}  | ok | duplicate_key",
                "30 | {'traceId':'1','id':'2','tags':{'a':'1','a':'2'}} | ok | duplicate_key",
            })
    void record_hasItsVerdict(String row, String record, String verdict, String counted) {
        DecodedSpans decoded = DecodedSpans.of(
                decoder, record.replace("\\'", "\u0001").replace('\'', '"').replace("\u0001", "\\\""));

        assertThat(decoded.told()).as("4.5/%s", row).isEqualTo(verdict);
        if (counted != null) {
            assertThat(decoded.normalised).containsKey(counted);
        }
    }

    /** One member, its verdict, and the kind under which it is counted. */
    @ParameterizedTest(name = "4.5/{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "17 | 'timestamp':0                  | ok | no_time",
                "17 | 'timestamp':null               | ok | no_time",
                "17 | 'timestamp':'1767225600000000' | ok | number_text",
                "17 | 'timestamp':1767225600000      | ok | time_unit",
                "17 | 'timestamp':1767225600000000000 | ok | time_unit",
                "17 | 'timestamp':1767225600         | ok | time_unit",
                "17 | 'timestamp':17                 | ok | bad_time",
                "17 | 'timestamp':-1                 | D BAD_TIME | ",
                "17 | 'timestamp':1767225600000000.5 | D BAD_TIME | ",
                "17 | 'timestamp':1.7672256e15       | ok | ",
                "17 | 'timestamp':1e400              | D BAD_TIME | ",
                "17 | 'timestamp':99999999999999999999 | D BAD_TIME | ",
                "17 | 'timestamp':9223372036854775807 | ok | bad_time",
                "17 | 'timestamp':'soon'             | D BAD_TIME | ",
                "17 | 'timestamp':NaN                | D WRONG_FORMAT | ",
                "17 | 'timestamp':{}                 | D BAD_TIME | ",
                "17 | 'timestamp':[[1],2]            | D BAD_TIME | ",
                "17 | 'timestamp':true               | D BAD_TIME | ",
                "18 | 'timestamp':1767225600000000,'duration':0 | ok | no_time",
                "18 | 'timestamp':1767225600000000,'duration':-5 | D BAD_TIME | ",
                "18 | 'timestamp':1767225600000000,'duration':86400000001 | ok | long_duration",
                "18 | 'timestamp':1767225600000000,'duration':9007199254740993 | ok | long_duration",
                "18 | 'timestamp':1767225600000000,'duration':9223372036854775807 | ok | long_duration",
                "18 | 'timestamp':1767225600000000,'duration':1.5 | D BAD_TIME | ",
                "18 | 'duration':5                   | ok | no_time",
                "19 | 'kind':'server'                | ok | ",
                "19 | 'kind':'GATEWAY'               | ok | bad_kind",
                "19 | 'kind':''                      | ok | ",
                "19 | 'kind':null                    | ok | ",
                "19 | 'kind':2                       | D WRONG_TYPE | ",
                "20 | 'name':null                    | ok | ",
                "20 | 'name':''                      | ok | ",
                "20 | 'name':'GET /Orders'           | ok | ",
                "20 | 'name':7                       | D WRONG_TYPE | ",
                "21 | 'localEndpoint':null           | ok | ",
                "21 | 'localEndpoint':{}             | ok | ",
                "21 | 'localEndpoint':[]             | ok | ",
                "21 | 'localEndpoint':'kong'         | D WRONG_TYPE | ",
                "21 | 'localEndpoint':{'serviceName':null} | ok | ",
                "21 | 'localEndpoint':{'serviceName':{}} | D WRONG_TYPE | ",
                "21 | 'remoteEndpoint':null          | ok | ",
                "21 | 'remoteEndpoint':{'port':0}    | ok | ",
                "21 | 'remoteEndpoint':{'port':null} | ok | ",
                "21 | 'remoteEndpoint':{'port':'80'} | ok | ",
                "21 | 'remoteEndpoint':{'port':70000} | ok | bad_endpoint",
                "21 | 'remoteEndpoint':{'port':-1}   | ok | bad_endpoint",
                "21 | 'remoteEndpoint':{'port':1e99} | ok | bad_endpoint",
                "21 | 'remoteEndpoint':{'port':8.5}  | ok | bad_endpoint",
                "21 | 'remoteEndpoint':{'ipv6':'10.0.0.9'} | ok | ",
                "21 | 'remoteEndpoint':{'ipv4':'1.2.3'} | ok | bad_endpoint",
                "21 | 'remoteEndpoint':{'ipv4':'unix:'} | ok | bad_endpoint",
                "21 | 'remoteEndpoint':{'ipv4':''}   | ok | ",
                "21 | 'remoteEndpoint':{'ipv4':17}   | D WRONG_TYPE | ",
                "22 | 'tags':null                    | ok | ",
                "22 | 'tags':[]                      | ok | ",
                "22 | 'tags':['a']                   | D WRONG_TYPE | ",
                "22 | 'tags':'a'                     | D WRONG_TYPE | ",
                "22 | 'tags':{'a':1}                 | D WRONG_TYPE | ",
                "22 | 'tags':{'a':true}              | D WRONG_TYPE | ",
                "22 | 'tags':{'a':null}              | D WRONG_TYPE | ",
                "22 | 'tags':{'a':{'b':[1]}}         | D WRONG_TYPE | ",
                "22 | 'tags':{'':''}                 | ok | ",
                "24 | 'annotations':{}               | ok | ",
                "24 | 'annotations':null             | ok | ",
                "24 | 'annotations':{'a':[1,{}]}     | D WRONG_TYPE | ",
                "24 | 'annotations':[null]           | D WRONG_TYPE | ",
                "24 | 'annotations':[[]]             | D WRONG_TYPE | ",
                "24 | 'annotations':[{'value':'a'}]  | ok | no_annotation_time",
                "24 | 'annotations':[{'timestamp':2,'value':'b'},{'timestamp':1,'value':'a'},{'timestamp':1,'value':'a'}] | ok | bad_time",
                "24 | 'annotations':[{'timestamp':-1,'value':'a'}] | D BAD_TIME | ",
                "25 | 'debug':true                   | ok | ",
                "25 | 'debug':'true'                 | D WRONG_TYPE | ",
                "16 | 'shared':'true'                | D WRONG_TYPE | ",
                "16 | 'shared':null                  | ok | ",
                "16 | 'shared':true                  | ok | shared_kind",
                "16 | 'kind':'CLIENT','shared':true  | ok | shared_kind",
                "37 | 'unknown':{'a':[1,{'b':2}]}    | ok | ",
            })
    void member_hasItsVerdict(String row, String member, String verdict, String counted) {
        DecodedSpans decoded = DecodedSpans.of(decoder, ZipkinSpans.with(member));

        assertThat(decoded.told()).as("4.5/%s", row).isEqualTo(verdict);
        if (counted != null) {
            assertThat(decoded.normalised).containsKey(counted);
        }
    }

    static Stream<Arguments> protobuf() {
        return Stream.of(
                arguments("4.5/11 unknown fields of each type", proto(ZipkinFaultsTest::unknown), "ok"),
                arguments("4.5/11 unknown field of the list", joined(proto(span -> {}), new byte[] {0x10, 7}), "ok"),
                arguments("4.5/11 cut", Arrays.copyOf(proto(span -> {}), 20), "D TRUNCATED"),
                arguments(
                        "4.5/11 an inner length beyond",
                        proto(span -> span.raw(new byte[] {0x2a, 100})),
                        "D TRUNCATED"),
                arguments("4.5/11 name as a number", proto(span -> span.varint(5, 1)), "D WRONG_TYPE"),
                arguments("4.5/11 open groups", proto(span -> span.raw(filled(10_000, 0xa3, 6))), "D TOO_DEEP"),
                arguments("4.5/13 trace ID of 8 bytes", bare(span -> span.id(1, 2)), "ok"),
                arguments("4.5/13 trace ID of 15 bytes", bare(span -> span.bytes(1, new byte[15], 0, 15)), "D BAD_ID"),
                arguments("4.5/13 no trace ID", bare(span -> {}), "D BAD_ID"),
                arguments("4.5/14 zero trace ID", bare(span -> span.id(1, 0, 0)), "D BAD_ID"),
                arguments("4.5/14 zero low half", bare(span -> span.id(1, 7, 0)), "D BAD_ID"),
                arguments("4.5/13 span ID of 4 bytes", proto(span -> span.bytes(3, new byte[4], 0, 4)), "D BAD_ID"),
                arguments("4.5/15 own parent", proto(span -> span.id(2, 7)), "ok cycle"),
                arguments("4.5/13 parent of 3 bytes", proto(span -> span.bytes(2, new byte[3], 0, 3)), "ok bad_parent"),
                arguments("4.5/17 time above 63 bits", proto(span -> span.fixed64(6, -1)), "D BAD_TIME"),
                arguments("4.5/17 milliseconds", proto(span -> span.fixed64(6, 1_767_225_600_000L)), "ok time_unit"),
                arguments("4.5/18 duration above 63 bits", proto(span -> span.varint(7, -1)), "D BAD_TIME"),
                arguments("4.5/19 unknown kind", proto(span -> span.varint(4, 99)), "ok bad_kind"),
                arguments("4.5/21 address of 5 bytes", proto(span -> nest(span, 8, 2, new byte[5])), "ok bad_endpoint"),
                arguments("4.5/21 port 70 000", proto(span -> port(span, 70_000)), "ok bad_endpoint"),
                arguments("4.5/21 port -1", proto(span -> port(span, -1)), "ok bad_endpoint"),
                arguments(
                        "4.5/31 name that is not UTF-8",
                        proto(span -> span.raw(new byte[] {0x2a, 1, -1})),
                        "ok utf8_replaced"),
                arguments(
                        "4.5/24 annotation without a time",
                        proto(span -> nest(span, 10, 2, new byte[] {'a'})),
                        "ok no_annotation_time"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protobuf")
    void protobuf_hasItsVerdict(String row, byte[] value, String verdict) {
        DecodedSpans decoded = DecodedSpans.of(decoder, value);

        String counted = decoded.verdict.isPresent()
                ? ""
                : String.join(
                        "",
                        decoded.normalised.keySet().stream()
                                .filter(kind -> !kind.equals("no_time"))
                                .map(kind -> " " + kind)
                                .toList());
        assertThat(decoded.told() + counted).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "4.5/23 {0}")
    @CsvSource({"'',''", "false,''", "true,''", "connection refused,connection refused"})
    void errorTag_failsTheSpanWhateverItsValue(String value, String message) {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("'tags':{'error':'" + value + "'}"))
                .only();

        assertThat(span.has(ItemFlags.ERROR)).isTrue();
        assertThat(span.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.span().getStatus().getMessage()).isEqualTo(message);
    }

    /** 4.5/17. */
    @Test
    void timesOfAnotherUnit_areReadAsWhatTheyAre() {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("'timestamp':1767225600000,'duration':52"))
                .only();

        assertThat(span.span().getStartTimeUnixNano()).isEqualTo(1_767_225_600_000_000_000L);
        assertThat(span.span().getEndTimeUnixNano()).isEqualTo(1_767_225_600_052_000_000L);
    }

    /** 4.5/16. */
    @Test
    void sharedWithoutKind_isAServer() {
        DecodedSpans.One span =
                DecodedSpans.of(decoder, ZipkinSpans.with("'shared':true")).only();

        assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.has(ItemFlags.SHARED)).isTrue();
    }

    /** 4.5/36. */
    @Test
    void hugeTag_isCut() {
        DecodedSpans decoded =
                DecodedSpans.of(decoder, ZipkinSpans.with("'tags':{'a':'" + "x".repeat(1_000_000) + "'}"));

        assertThat(decoded.only().attributes().get("a").toString()).hasSize(SpanText.MAX_VALUE);
        assertThat(decoded.normalised).containsEntry("truncated_text", 1);
    }

    /** 4.5/31, 35. */
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

    /** 4.5/29. */
    @Test
    void depthBomb_isRefused() {
        String bomb = "[".repeat(100_000);

        assertThat(DecodedSpans.of(decoder, bomb).told()).isEqualTo("D TOO_DEEP");
        assertThat(DecodedSpans.of(decoder, ZipkinSpans.with("'x':" + bomb)).told())
                .isEqualTo("D TOO_DEEP");
    }

    @Test
    void spanBeyondALimit_isRefusedAlone() {
        String good = ZipkinSpans.with("'x':'y'");
        String deep = ZipkinSpans.with("'x':" + "[".repeat(70) + "]".repeat(70));
        String large = ZipkinSpans.with("'name':'" + "a".repeat(2_000_000) + "'");

        DecodedSpans spans = DecodedSpans.of(
                decoder, "[" + String.join(" , ", good, deep, good, large, deep, good) + "]\n[" + deep + "]" + good);

        assertThat(spans.verdict).isEmpty();
        assertThat(spans.spans).hasSize(4);
        assertThat(spans.rejected.stream().map(item -> item.reason() + "@" + item.item()))
                .containsExactly("TOO_DEEP@1", "TOO_LARGE@3", "TOO_DEEP@4", "TOO_DEEP@6");
        assertThat(DecodedSpans.of(decoder, "[" + large + "]").told()).isEqualTo("D TOO_LARGE");
        assertThat(DecodedSpans.of(decoder, "[" + good + "," + deep).told()).isEqualTo("D TRUNCATED");
    }

    @Test
    void thousandsOfSpansBeyondALimit_areFewExceptions() {
        String deep = ZipkinSpans.with("'x':" + "[".repeat(70) + "]".repeat(70));

        DecodedSpans spans =
                DecodedSpans.of(decoder, "[" + ZipkinSpans.with("'x':1") + ("," + deep).repeat(5_000) + "]");

        assertThat(spans.spans).hasSize(1);
        assertThat(spans.rejected).as("and the rest").hasSize(1_001);
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

    /** 4.5/26, 27. */
    @Test
    void manySpans_areAllTaken_exceptTheBadOne() {
        StringBuilder list = new StringBuilder("[");
        for (int i = 1; i <= 100_000; i++) {
            list.append(i == 1 ? "" : ",")
                    .append("{\"traceId\":\"")
                    .append(i == 500 ? "bad!" : Integer.toHexString(i % 7 + 1))
                    .append("\",\"id\":\"")
                    .append(Integer.toHexString(i))
                    .append("\"}");
        }

        DecodedSpans decoded = DecodedSpans.of(decoder, list.append(']').toString());

        assertThat(decoded.spans).hasSize(99_999);
        assertThat(decoded.rejected).hasSize(1);
        assertThat(decoded.rejected.get(0).item()).isEqualTo(499);
    }

    /** 4.5/2, 8 to 10, 12. */
    @Test
    void bytesOfOtherFormats_areRefusedByName() {
        byte[] thriftList = {0x0c, 0, 0, 0, 1, 0x0a, 0, 1};
        byte[] thriftSpan = {0x0a, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
        byte[] thriftLength = {0x0b, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};

        assertThat(told(thriftList)).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(thriftSpan)).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(thriftLength)).isEqualTo("D NOT_THIS_FORMAT");
        byte[] thriftNegative = {0x0c, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        byte[] thriftNested = new byte[30_000];
        for (int i = 0; i < thriftNested.length; i += 3) {
            thriftNested[i] = 0x0c;
        }
        assertThat(told(thriftNegative)).isEqualTo("D NOT_THIS_FORMAT");
        assertThat(told(thriftNested)).isEqualTo("D NOT_THIS_FORMAT");
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

    /** A list of one good span with more in it. */
    private static byte[] proto(Consumer<ProtoWriter> more) {
        return bare(span -> {
            span.id(1, 1, 2);
            more.accept(span);
        });
    }

    /** A list of one span that has no trace ID but what it is given. */
    private static byte[] bare(Consumer<ProtoWriter> more) {
        ProtoWriter out = new ProtoWriter();
        int span = out.begin(1);
        out.id(3, 7);
        more.accept(out);
        out.end(span);
        return out.toByteArray();
    }

    private static void unknown(ProtoWriter span) {
        span.varint(77, -1);
        span.fixed64(77, -1);
        span.fixed32(77, -1);
        span.text(77, "x");
        span.raw(new byte[] {(byte) 0xeb, 4, 8, 1, (byte) 0xec, 4});
    }

    private static void port(ProtoWriter span, long port) {
        int endpoint = span.begin(9);
        span.varint(4, port);
        span.end(endpoint);
    }

    private static void nest(ProtoWriter span, int field, int inner, byte[] value) {
        int message = span.begin(field);
        span.bytes(inner, value, 0, value.length);
        span.end(message);
    }

    private static byte[] filled(int count, int... pattern) {
        byte[] bytes = new byte[count * pattern.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pattern[i % pattern.length];
        }
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
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
