package dev.plait.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.Rejected;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The catalogue of malformed OTLP/JSON (faults.md 4.2, by whose numbers rows begin), on a traces topic. Single quotes stand for
 * double ones.
 */
class JsonFaultsTest {
    private static final String IDS = "'traceId':'0af7651916cd43dd8448eb211c80319c','spanId':'b7ad6b7169203331'";
    private static final String TIMES =
            ",'startTimeUnixNano':'1760000000000000000','endTimeUnixNano':'1760000000005000000'";
    private static final String SPAN = "{" + IDS + TIMES + "}";
    private static final String GOOD = request(SPAN);

    @ParameterizedTest(name = "{0}")
    @MethodSource({"documents", "names", "ids", "numbers", "values", "texts", "limits"})
    void traces_areJudged(String row, String value, String verdict) {
        byte[] bytes = quoted(value).getBytes(StandardCharsets.UTF_8);

        assertThat(Verdict.of(OtlpDecoder.traces(), bytes)).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void encodings_areJudged(String row, byte[] value, String verdict) {
        assertThat(Verdict.of(OtlpDecoder.traces(), value)).isEqualTo(verdict);
    }

    @Test
    void refusal_namesTheByteOfTheRecordAndNotTheContent() {
        RecordingSink sink = new RecordingSink();
        byte[] value = quoted("\uFEFF" + request(SPAN + ",{" + IDS + ",'kind':'SECRET'}"))
                .getBytes(StandardCharsets.UTF_8);

        OtlpDecoder.traces().decode(value, sink);

        assertThat(sink.rejected()).singleElement().satisfies(bad -> {
            assertThat(bad.item()).isEqualTo(1);
            assertThat(bad.reason()).isEqualTo(Rejected.Reason.BAD_VALUE);
            assertThat(new String(value, 0, bad.atByte(), StandardCharsets.UTF_8))
                    .endsWith("\"SECRET\"");
            assertThat(bad.detail()).endsWith("at byte " + bad.atByte()).doesNotContain("SECRET");
        });
    }

    /** 4.2/7: a double does not hold them. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"9007199254740993", "'9007199254740993'", "-9223372036854775808", "'9223372036854775807'"})
    void largeWholeNumbers_areExact(String number) throws InvalidProtocolBufferException {
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.traces().decode(quoted(attribute("'intValue':" + number)).getBytes(StandardCharsets.UTF_8), sink);

        assertThat(Span.parseFrom(sink.onlyItem().bytes())
                        .getAttributes(0)
                        .getValue()
                        .getIntValue())
                .isEqualTo(Long.parseLong(number.replace("'", "")));
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("good", GOOD, "A items=1"),
                arguments("blanks around", " \r\n\t" + GOOD + "\n", "A items=1"),
                arguments("line feed first", "\n" + GOOD, "A items=1"),
                arguments("4.2/17 byte order mark", "\uFEFF" + GOOD, "A items=1 bom=1"),
                arguments("4.2/16 NDJSON", GOOD + "\n" + GOOD + GOOD, "A items=3 ndjson=2"),
                arguments("4.2/16 NDJSON, second one cut", GOOD + "\n" + GOOD.substring(0, 40), "D TRUNCATED"),
                arguments("4.2/16 NDJSON, numbers go on", GOOD + request("null,") + request("5"), "D WRONG_FORMAT"),
                arguments("4.2/16 NDJSON, bad one", GOOD + request("null") + GOOD, "A items=2 WRONG_TYPE@1 ndjson=2"),
                arguments("4.2/14 trailing comma", request(SPAN + ","), "D WRONG_FORMAT"),
                arguments("4.2/15 trailing garbage", GOOD + " xyz", "D TRAILING_DATA"),
                arguments("4.2/15 trailing number", GOOD + " 5", "D TRAILING_DATA"),
                arguments("4.2/15 trailing brace", GOOD + "}", "D TRAILING_DATA"),
                arguments("C13 cut", GOOD.substring(0, 60), "D TRUNCATED"),
                arguments("C3 one brace", "{", "D TRUNCATED"),
                arguments("4.2/18 comment", "{/* spans */}", "D WRONG_FORMAT"),
                arguments("4.2/18 single quotes", "{`resourceSpans`:[]}", "D WRONG_FORMAT"),
                arguments("4.2/33 empty object", "{}", "A"),
                arguments("4.2/33 empty list", "{'resourceSpans':[]}", "A"),
                arguments("4.2/28 array", "[" + GOOD + "]", "D WRONG_FORMAT"),
                arguments("4.2/28 text", "'resourceSpans'", "D WRONG_FORMAT"),
                arguments("4.2/28 number", "1234567", "D WRONG_FORMAT"),
                arguments("4.2/28 null", "null", "D WRONG_FORMAT"),
                arguments("4.2/29 resourceSpans is an object", "{'resourceSpans':{}}", "D WRONG_TYPE"),
                arguments("4.2/29 resource is a text", "{'resourceSpans':[{'resource':'cart'}]}", "D WRONG_TYPE"),
                arguments(
                        "4.2/29 bad value in a resource",
                        resource("{'key':'a','value':{'intValue':'x'}}"),
                        "D BAD_VALUE"),
                arguments("4.2/35 logs", "{'resourceLogs':[]}", "D WRONG_SIGNAL"),
                arguments("4.2/35 logs and spans", "{'resourceLogs':[]," + GOOD.substring(1), "D WRONG_SIGNAL"),
                arguments("4.2/35 metrics", "{'resource_metrics':[]}", "D WRONG_SIGNAL"),
                arguments("C15 another format", "{'request':{},'latencies':{}}", "D WRONG_FORMAT"));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "4.2/6 unknown fields",
                        request("{" + IDS + TIMES + ",'x':{'y':[1,{}]},'z':null}"),
                        "A items=1"),
                arguments("4.2/5 snake case", snake(), "A items=1 snake_case=4"),
                arguments("one resource group alone", group("'schemaUrl':''"), "A items=1 bare_group=1"),
                arguments("a group a line", group("'x':1") + "\n" + group("'x':{}"), "A items=2 bare_group=2 ndjson=1"),
                arguments(
                        "a group and a request", group(GOOD.substring(1, GOOD.length() - 1)), "A items=2 bare_group=1"),
                arguments("two kinds of groups", group("'scopeLogs':[]"), "D WRONG_SIGNAL"),
                arguments("a group of logs", "{'resource':{},'scopeLogs':[]}", "D WRONG_SIGNAL"),
                arguments("somebody else's resource", "{'resource':{'type':'vm'},'severity':'INFO'}", "D WRONG_FORMAT"),
                arguments("a resource that is a text", "{'resource':'/a'}", "D WRONG_FORMAT"),
                arguments("names before 0.15", older(), "A items=1 older_name=2"),
                arguments(
                        "a group with names before 0.15",
                        older().substring(18, older().length() - 2),
                        "A items=1 bare_group=1 older_name=2"),
                arguments("4.2/19 given twice", span("'name':'a','name':'b'"), "A items=1 duplicate_key=1"),
                arguments("4.2/19 lists given twice", twice(), "A items=2 duplicate_key=1"),
                arguments("4.2/12 null scalar", span("'name':null"), "A items=1 null=1"),
                arguments("4.2/12 null list and object", span("'events':null,'status':null"), "A items=1 null=2"),
                arguments("4.2/12 null resource group", "{'resourceSpans':[null]}", "A null=1"),
                arguments("4.2/13 null span", request(SPAN + ",null," + SPAN), "A items=2 WRONG_TYPE@1"),
                arguments("4.2/13 null attribute", span("'attributes':[null]"), "A WRONG_TYPE@0"));
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                arguments("4.2/3 upper case", request(SPAN.replace("af", "AF")), "A items=1"),
                arguments(
                        "4.2/2 base64",
                        request("{'traceId':'CvdlGRbNQ92ESOshHIAxnA==','spanId':'t61rcWkgMzE='" + TIMES + "}"),
                        "A items=1 base64_id=2"),
                arguments("4.2/4 31 digits", request(SPAN.replace("'0af7", "'0af")), "A BAD_ID@0"),
                arguments("4.2/4 33 digits", request(SPAN.replace("'0af7", "'00af7")), "A BAD_ID@0"),
                arguments("4.2/4 16 digits", request(SPAN.replace("8448eb211c80319c", "")), "A BAD_ID@0"),
                arguments("4.2/4 not hex", request(SPAN.replace("'0af7", "'0xf7")), "A BAD_ID@0"),
                arguments("4.2/4 empty", request(SPAN.replace("b7ad6b7169203331", "")), "A BAD_ID@0"),
                arguments("4.2/4 zeros", request(SPAN.replace("b7ad6b7169203331", "0000000000000000")), "A BAD_ID@0"),
                arguments("4.2/4 a number", request(SPAN.replace("'b7ad6b7169203331'", "7")), "A BAD_VALUE@0"),
                arguments("4.2/4 empty parent", span("'parentSpanId':''"), "A items=1"),
                arguments("4.2/4 bad parent", span("'parentSpanId':'xyz'"), "A items=1 bad_parent=1"),
                arguments("4.2/4 bad link", span("'links':[{'traceId':'zz','spanId':''}]"), "A items=1"),
                arguments("4.2/4 the second of three", request(SPAN + ",{}," + SPAN), "A items=2 BAD_ID@1"),
                arguments(
                        "4.2/4 behind one that is left out",
                        request("null," + SPAN + ",{}"),
                        "A items=1 WRONG_TYPE@0 BAD_ID@2"));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(
                        "4.2/7 int64 as number",
                        span("'startTimeUnixNano':1760000000000000001"),
                        "A items=1 duplicate_key=1"),
                arguments("4.2/7 rounded", attribute("'intValue':1.5e18"), "D BAD_VALUE"),
                arguments("4.2/7 beyond a double", attribute("'intValue':1e400"), "D BAD_VALUE"),
                arguments("4.2/7 whole, with a fraction", attribute("'intValue':200.0"), "A items=1"),
                arguments("4.2/9 not whole", attribute("'intValue':12.5"), "A BAD_VALUE@0"),
                arguments("4.2/9 not whole, as text", attribute("'intValue':'12.5'"), "A BAD_VALUE@0"),
                arguments("4.2/7 int64 too large", attribute("'intValue':'9223372036854775808'"), "A BAD_VALUE@0"),
                arguments(
                        "4.2/7 int64 too large, as number",
                        attribute("'intValue':9223372036854775808"),
                        "A BAD_VALUE@0"),
                arguments(
                        "4.2/7 largest uint64",
                        span("'endTimeUnixNano':18446744073709551615"),
                        "A items=1 bad_time=1 duplicate_key=1"),
                arguments("4.2/8 negative unsigned", span("'endTimeUnixNano':'-1'"), "A BAD_VALUE@0 duplicate_key=1"),
                arguments("4.2/8 uint32 too large", span("'droppedEventsCount':4294967296"), "A BAD_VALUE@0"),
                arguments("4.2/8 flags", span("'flags':4294967295"), "A items=1"),
                arguments("4.2/10 enum by name", span("'kind':'SPAN_KIND_SERVER'"), "A items=1 enum_name=1"),
                arguments("4.2/10 enum of no name", span("'kind':'SPAN_KIND_GATEWAY'"), "A BAD_VALUE@0"),
                arguments("4.2/10 enum beyond", span("'kind':99"), "A items=1"),
                arguments("4.2/11 NaN as text", attribute("'doubleValue':'NaN'"), "A items=1"),
                arguments("4.2/11 infinity as text", attribute("'doubleValue':'-Infinity'"), "A items=1"),
                arguments("4.2/11 double as text", attribute("'doubleValue':'1.5e3'"), "A items=1"),
                arguments("4.2/11 double as other text", attribute("'doubleValue':'0x1p3'"), "A BAD_VALUE@0"),
                arguments("4.2/11 double too large", attribute("'doubleValue':1e400"), "A BAD_VALUE@0"),
                arguments("4.2/11 bare NaN", attribute("'doubleValue':NaN"), "D WRONG_FORMAT"));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("4.2/31 unset", attribute(""), "A items=1"),
                arguments("4.2/31 two members", attribute("'intValue':1,'stringValue':'a'"), "A BAD_VALUE@0"),
                arguments("4.2/32 bytes", attribute("'bytesValue':'AQID'"), "A items=1"),
                arguments("4.2/32 bytes, other alphabet, no padding", attribute("'bytesValue':'-_-_8A'"), "A items=1"),
                arguments("4.2/32 bytes, not base64", attribute("'bytesValue':'A'"), "A BAD_VALUE@0"),
                arguments("4.2/30 bool as text", attribute("'boolValue':'true'"), "A BAD_VALUE@0"),
                arguments("4.2/30 text as number", attribute("'stringValue':5"), "A BAD_VALUE@0"),
                arguments("4.2/30 list", attribute("'arrayValue':{'values':[{'intValue':'1'}]}"), "A items=1"),
                arguments("4.2/30 bare list", attribute("'arrayValue':[1]"), "A WRONG_TYPE@0 bare_list=1"),
                arguments("bare list of values", attribute("'arrayValue':[{'intValue':'1'}]"), "A items=1 bare_list=1"),
                arguments(
                        "bare map",
                        attribute("'kvlistValue':[{'key':'k','value':{'arrayValue':[]}}]"),
                        "A items=1 bare_list=2"),
                arguments("4.2/30 attributes as a map", span("'attributes':{'a':'b'}"), "A WRONG_TYPE@0"),
                arguments("4.2/30 attribute as a text", span("'attributes':['a']"), "A WRONG_TYPE@0"));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("4.2/24 half a character", span("'name':'a\\ud800b'"), "A items=1 lone_surrogate=1"),
                arguments("4.2/24 both halves", span("'name':'\\ud83d\\ude9a'"), "A items=1"),
                arguments("4.2/25 NUL, escaped", span("'name':'a\\u0000'"), "A items=1 nul_character=1"),
                arguments("4.2/27 control character", span("'name':'a\u0001'"), "D WRONG_FORMAT"),
                arguments("4.2/27 NUL", span("'name':'a\u0000'"), "D WRONG_FORMAT"));
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments("4.2/20 20 000 deep", "{'resourceSpans':" + "[".repeat(20_000), "D TOO_DEEP"),
                arguments("4.2/20 20 000 deep, unknown field", "{'x':" + "[".repeat(20_000), "D TOO_DEEP"),
                arguments("4.2/20 32 nested lists", attribute(lists(32)), "A items=1"),
                arguments("4.2/20 33 nested lists", attribute(lists(33)), "A TOO_DEEP@0"),
                arguments(
                        "4.2/20 3000 nested lists between good spans",
                        request(SPAN + ","
                                + SPAN.replace("}", ",'attributes':[{'key':'a','value':{" + lists(3_000) + "}}]}") + ","
                                + SPAN),
                        "A items=2 TOO_DEEP@1"),
                arguments(
                        "4.2/20 33 nested lists in one resource of two",
                        "{'resourceSpans':[{'resource':{'attributes':[{'key':'a','value':{" + lists(33) + "}}]},"
                                + "'scopeSpans':[{'spans':[" + SPAN + "]}]},{'scopeSpans':[{'spans':[" + SPAN
                                + "]}]}]}",
                        "A items=1 TOO_DEEP@0"),
                arguments(
                        "4.2/20 5000 deep, unknown field",
                        span("'x':" + "[".repeat(5_000) + "]".repeat(5_000)),
                        "A items=1"),
                arguments("4.2/21 text of 20 MB", span("'name':'" + "a".repeat(20_000_000) + "'"), "D TOO_LARGE"),
                arguments(
                        "4.2/22 number of 100 000 digits",
                        attribute("'intValue':" + "1".repeat(100_000)),
                        "D TOO_LARGE"),
                arguments("4.2/23 name of 1 MB", span("'" + "a".repeat(1_000_000) + "':1"), "D TOO_LARGE"),
                arguments(
                        "4.2/23 key of 64 kB",
                        span("'attributes':[{'key':'" + "k".repeat(65_536) + "'}]"),
                        "A TOO_LARGE@0"),
                arguments("4.2/34 100 000 empty groups", "{'resourceSpans':[" + "{},".repeat(100_000) + "{}]}", "A"),
                arguments("4.2/36 names of one hash", span("'x':{" + colliding(12) + "'z':1}"), "A items=1"),
                arguments("4.2/36 1 MB of names of one hash", span("'x':{" + colliding(15) + "'z':1}"), "D TOO_MANY"),
                arguments(
                        "4.2/36 attributes of one hash",
                        span("'attributes':{" + colliding(12) + "'z':1}"),
                        "A WRONG_TYPE@0"),
                arguments("4.2/34 1.1M objects", "{'x':[" + "{},".repeat(1_100_000) + "{}]}", "D TOO_MANY"),
                arguments(
                        "4.2/24 100 000 half characters",
                        span("'name':'" + "\\ud800".repeat(100_000) + "'"),
                        "A items=1 lone_surrogate=100000"));
    }

    @Test
    void bareMap_isReadAsTheOneWithTheObjectAround() {
        String entries = "[{'key':'k','value':{'arrayValue':%s}},{'key':'l','value':{'boolValue':true}}]";
        String bare = attribute("'kvlistValue':" + entries.formatted("[{'intValue':'1'},{}]"));
        String whole =
                attribute("'kvlistValue':{'values':" + entries.formatted("{'values':[{'intValue':'1'},{}]}") + "}");
        RecordingSink one = new RecordingSink();
        RecordingSink other = new RecordingSink();

        OtlpDecoder.traces().decode(quoted(bare).getBytes(StandardCharsets.UTF_8), one);
        OtlpDecoder.traces().decode(quoted(whole).getBytes(StandardCharsets.UTF_8), other);

        assertThat(one.onlyItem().bytes()).isEqualTo(other.onlyItem().bytes());
    }

    /** Values, each in a list but the innermost; all of them together are {@code depth}. */
    private static String lists(int depth) {
        return "'arrayValue':{'values':[{".repeat(depth - 1) + "'intValue':1" + "}]}".repeat(depth - 1);
    }

    static Stream<Arguments> encodings() {
        String good = quoted(GOOD);
        byte[] overlong = span("'name':'??'").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        overlong[indexOf(overlong, '?')] = (byte) 0xc0;
        overlong[indexOf(overlong, '?')] = (byte) 0x80;
        byte[] surrogates = span("'name':'???'").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        surrogates[indexOf(surrogates, '?')] = (byte) 0xed;
        surrogates[indexOf(surrogates, '?')] = (byte) 0xa0;
        surrogates[indexOf(surrogates, '?')] = (byte) 0x80;
        return Stream.of(
                arguments("4.2/26 overlong", overlong, "D BAD_UTF8"),
                arguments("4.2/26 surrogates", surrogates, "D BAD_UTF8"),
                arguments("4.2/26 UTF-16LE", good.getBytes(StandardCharsets.UTF_16LE), "D WRONG_FORMAT"),
                arguments("4.2/26 UTF-16BE", good.getBytes(StandardCharsets.UTF_16BE), "D UNEXPECTED_FRAMING"),
                arguments("4.2/26 UTF-16 with a mark", good.getBytes(StandardCharsets.UTF_16), "D WRONG_FORMAT"),
                arguments("4.2/26 UTF-32BE", good.getBytes(Charset.forName("UTF-32BE")), "D UNEXPECTED_FRAMING"),
                arguments("4.2/26 UTF-32LE", good.getBytes(Charset.forName("UTF-32LE")), "D WRONG_FORMAT"));
    }

    /** 2^{@code pairs} members whose names have one {@link String#hashCode}. */
    private static String colliding(int pairs) {
        StringBuilder members = new StringBuilder();
        for (int name = 0; name < 1 << pairs; name++) {
            members.append('\'');
            for (int bit = 0; bit < pairs; bit++) {
                members.append((name >> bit & 1) == 0 ? "Aa" : "BB");
            }
            members.append("':1,");
        }
        return members.toString();
    }

    private static int indexOf(byte[] bytes, char c) {
        int at = 0;
        while (bytes[at] != c) {
            at++;
        }
        return at;
    }

    private static String quoted(String text) {
        return text.replace('\'', '"').replace('`', '\'');
    }

    private static String request(String spans) {
        return "{'resourceSpans':[{'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'cart'}}]},"
                + "'scopeSpans':[{'spans':[" + spans + "]}]}]}";
    }

    private static String resource(String attribute) {
        return "{'resourceSpans':[{'resource':{'attributes':[" + attribute + "]}}]}";
    }

    private static String span(String more) {
        return request("{" + IDS + TIMES + "," + more + "}");
    }

    private static String attribute(String value) {
        return span("'attributes':[{'key':'a','value':{" + value + "}}]");
    }

    private static String snake() {
        return request("{'trace_id':'0af7651916cd43dd8448eb211c80319c','span_id':'b7ad6b7169203331'" + TIMES + "}")
                .replace("resourceSpans", "resource_spans")
                .replace("scopeSpans", "scope_spans");
    }

    /** What the Java SDK's exporters write to a log. */
    private static String group(String more) {
        return "{'resource':{'attributes':[]},'scopeSpans':[{'spans':[" + SPAN + "]}]," + more + "}";
    }

    private static String older() {
        return request(SPAN)
                .replace("'scopeSpans':[{", "'instrumentationLibrarySpans':[{'instrumentationLibrary':{'name':'a'},");
    }

    private static String twice() {
        return request(SPAN + "],'spans':[" + SPAN);
    }
}
