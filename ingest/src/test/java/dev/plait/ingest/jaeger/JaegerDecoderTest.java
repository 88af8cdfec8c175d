package dev.plait.ingest.jaeger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import dev.plait.ingest.span.DecodedSpans;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JaegerDecoderTest {
    private final JaegerDecoder decoder = new JaegerDecoder();

    @Test
    void decoder_readsASpanOfBothEncodingsAlike() {
        DecodedSpans.One proto = DecodedSpans.of(decoder, JaegerSpans.proto()).only();
        DecodedSpans.One json = DecodedSpans.of(decoder, JaegerSpans.JSON).only();

        for (DecodedSpans.One span : List.of(proto, json)) {
            assertThat(span.item().traceHigh()).isEqualTo(0x4bf92f3577b34da6L);
            assertThat(span.item().traceLow()).isEqualTo(0xa3ce929d0e0e4736L);
            assertThat(span.item().spanId()).isEqualTo(0x00f067aa0ba902b8L);
            assertThat(span.item().parentOrHash()).isEqualTo(0x00f067aa0ba902b7L);
            assertThat(span.has(ItemFlags.ENDED)).isTrue();
            assertThat(span.has(ItemFlags.ROOT)).isFalse();
            assertThat(span.has(ItemFlags.ERROR)).isTrue();
            assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(span.span().getStartTimeUnixNano()).isEqualTo(1_767_225_600_000_010_000L);
            assertThat(span.span().getEndTimeUnixNano()).isEqualTo(1_767_225_600_052_010_000L);
            assertThat(span.span().getFlags()).isEqualTo(1);
            assertThat(span.span().getTraceState()).isEqualTo("a=b");
            assertThat(span.span().getStatus())
                    .isEqualTo(Status.newBuilder()
                            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                            .setMessage("no route")
                            .build());
            assertThat(span.scope()).isEqualTo("jdbc@1.0");
            assertThat(span.resource())
                    .containsOnly(
                            entry("service.name", "orders"), entry("host.name", "h1"), entry("service.version", "1.2"));
            assertThat(span.attributes())
                    .containsOnly(
                            entry("http.response.status_code", 503L),
                            entry("db.system.name", "postgresql"),
                            entry("ratio", 0.5),
                            entry("raw", ByteString.copyFrom(new byte[] {1, 2, 3})));
            assertThat(span.span().getLinksList()).hasSize(1);
            assertThat(DecodedSpans.map(span.span().getLinks(0).getAttributesList()))
                    .containsOnly(entry("opentracing.ref_type", "follows_from"));
            assertThat(span.span().getEventsList())
                    .extracting(Span.Event::getName)
                    .containsExactly("exception", "retry");
            assertThat(DecodedSpans.map(span.span().getEvents(0).getAttributesList()))
                    .containsOnly(entry("exception.type", "SQLException"), entry("exception.message", "gone"));
            assertThat(DecodedSpans.map(span.span().getEvents(1).getAttributesList()))
                    .containsOnly(entry("count", 2L));
        }
        assertThat(proto.span()).isEqualTo(json.span());
    }

    /** A record as text with single quotes, its verdict, and the kind under which it is counted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                       | D WRONG_FORMAT | ",
                "[]                                       | ok | ",
                "[1]                                      | D WRONG_FORMAT | ",
                "{'traceID':'1','spanID':'2'}             | D WRONG_FORMAT | ",
                "{'traceId':'4bf92f3577b34da6a3ce929d0e0e4736','spanId':'00f067aa0ba902b8'} | ok | ",
                "{'trace_id':'S/kvNXezTaajzpKdDg5HNg==','span_id':'APBnqgupArg='} | ok | ",
                "{'traceId':'APBnqgupArg=','spanId':'APBnqgupArg='} | ok | ",
                "{'traceId':'AAAAAAAAAAAAAAAAAAAAAA==','spanId':'APBnqgupArg='} | D BAD_ID | ",
                "{'traceId':'S/kvNXezTaajzpKdDg5HNg==','spanId':'AAAAAAAAAAA='} | D BAD_ID | ",
                "{'traceId':'S/kvNXezTaajzpKdDg5HNg==','spanId':'APBnqgup'} | D BAD_ID | ",
                "{'traceId':'S/kv!XezTaajzpKdDg5HNg==','spanId':'APBnqgupArg='} | D BAD_ID | ",
                "{'traceId':17,'spanId':'APBnqgupArg='}   | D WRONG_TYPE | ",
                "{'traceId':'S/kvNXezTaajzpKdDg5HNg==','spanId':'APBnqgupArg=' | D TRUNCATED | ",
                "nothing                                  | D WRONG_FORMAT | ",
            })
    void record_hasItsVerdict(String record, String verdict) {
        assertThat(DecodedSpans.of(decoder, record.replace('\'', '"')).told()).isEqualTo(verdict);
    }

    /** One member, its verdict, and the kind under which it is counted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'startTime':null                           | ok | no_time",
                "'startTime':'yesterday'                    | ok | bad_time",
                "'startTime':'1960-01-01T00:00:00Z'         | ok | bad_time",
                "'startTime':'9999-01-01T00:00:00Z'         | ok | bad_time",
                "'startTime':'2026-01-01T01:00:00.5+01:00'  | ok | ",
                "'startTime':1767225600                     | D WRONG_TYPE | ",
                "'startTime':'2026-01-01T00:00:00Z','duration':'-1s'  | ok | bad_time",
                "'startTime':'2026-01-01T00:00:00Z','duration':'1d'   | ok | bad_time",
                "'startTime':'2026-01-01T00:00:00Z','duration':'5'    | ok | bad_time",
                "'startTime':'2026-01-01T00:00:00Z','duration':'1s x' | ok | bad_time",
                "'startTime':'2026-01-01T00:00:00Z','duration':'s'    | ok | bad_time",
                "'startTime':'2026-01-01T00:00:00Z','duration':'9999999999s' | ok | bad_time",
                "'startTime':'2026-01-01T00:00:00Z','duration':'99999999999999999999s' | ok | bad_time",
                "'references':null                          | ok | ",
                "'references':{}                            | ok | ",
                "'references':'x'                           | D WRONG_TYPE | ",
                "'references':[1]                           | D WRONG_TYPE | ",
                "'references':[{}]                          | ok | bad_reference",
                "'references':[{'traceId':'','spanId':'APBnqgupArc='}] | ok | bad_reference",
                "'references':[{'traceId':'S/kvNXezTaajzpKdDg5HNg==','spanId':'APBnqgupArg='}] | ok | cycle",
                "'tags':'x'                                 | D WRONG_TYPE | ",
                "'tags':['x']                               | D WRONG_TYPE | ",
                "'tags':[{}]                                | ok | ",
                "'tags':[{'key':'a'},{'key':'a'}]           | ok | duplicate_key",
                "'tags':[{'key':'a','vType':'INT64','vInt64':'1.5'}] | ok | bad_number",
                "'tags':[{'key':'a','vType':'INT64','vInt64':99999999999999999999}] | ok | bad_number",
                "'tags':[{'key':'a','vType':'FLOAT64','vFloat64':'NaN'}] | ok | ",
                "'tags':[{'key':'a','vType':'FLOAT64','vFloat64':'-Infinity'}] | ok | ",
                "'tags':[{'key':'a','vType':'BINARY','vBinary':'?'}] | ok | ",
                "'tags':[{'key':'a','vType':'OTHER','vStr':'b'}] | ok | ",
                "'tags':[{'key':{},'vStr':[[1]]}]           | ok | ",
                "'logs':[{}]                                | ok | ",
                "'logs':[{'timestamp':'x','fields':[]}]     | ok | bad_time",
                "'logs':[{'fields':[null]}]                 | D WRONG_TYPE | ",
                "'process':null                             | ok | ",
                "'process':'orders'                         | D WRONG_TYPE | ",
                "'process':{'serviceName':null,'tags':null} | ok | ",
                "'flags':'3'                                | ok | ",
                "'flags':{}                                 | ok | ",
                "'warnings':['clock skew'],'unknown':[{}]   | ok | ",
            })
    void member_hasItsVerdict(String member, String verdict, String counted) {
        DecodedSpans decoded = DecodedSpans.of(decoder, JaegerSpans.with(member));

        assertThat(decoded.told()).isEqualTo(verdict);
        if (counted != null) {
            assertThat(decoded.normalised).containsKey(counted);
        }
    }

    static Stream<Arguments> protobuf() {
        return Stream.of(
                arguments("unknown fields of each type", proto(JaegerDecoderTest::unknown), "ok no_time"),
                arguments("an inner length beyond", proto(span -> span.raw(new byte[] {0x1a, 100})), "D TRUNCATED"),
                arguments("name as a number", proto(span -> span.varint(3, 1)), "D WRONG_TYPE"),
                arguments("warnings as a number", proto(span -> span.varint(11, 1)), "D WRONG_TYPE"),
                arguments(
                        "open groups",
                        proto(span -> span.raw("\u00a3\u0006".repeat(9999).getBytes(ISO_8859_1))),
                        "D TOO_DEEP"),
                arguments("trace ID of 8 bytes", bare(span -> span.id(1, 2)), "ok no_time"),
                arguments("trace ID of 15 bytes", bare(span -> span.bytes(1, new byte[15], 0, 15)), "D BAD_ID"),
                arguments("trace ID of 17 bytes", bare(span -> span.bytes(1, new byte[17], 0, 17)), "D WRONG_FORMAT"),
                arguments("trace ID missing", bare(span -> {}), "D WRONG_FORMAT"),
                arguments("zero trace ID", bare(span -> span.id(1, 0, 0)), "D BAD_ID"),
                arguments("zero low half", bare(span -> span.id(1, 7, 0)), "D BAD_ID"),
                arguments("span ID of 4 bytes", proto(span -> span.bytes(2, new byte[4], 0, 4)), "D BAD_ID"),
                arguments(
                        "nanoseconds of two seconds",
                        proto(span -> nest(span, 6, time -> time.varint(2, 2_000_000_000))),
                        "ok bad_time no_time"),
                arguments(
                        "before 1970", proto(span -> nest(span, 6, time -> time.varint(1, -1))), "ok bad_time no_time"),
                arguments(
                        "negative duration",
                        proto(span -> nest(span, 7, time -> time.varint(1, -1))),
                        "ok bad_time no_time"),
                arguments(
                        "tag of an unknown type", proto(span -> nest(span, 8, tag -> tag.varint(2, 99))), "ok no_time"),
                arguments("tag without a key", proto(span -> nest(span, 8, tag -> tag.text(3, "a"))), "ok no_time"),
                arguments("tag as a fixed32", proto(span -> nest(span, 8, tag -> tag.fixed32(3, 1))), "D WRONG_TYPE"),
                arguments(
                        "reference to nothing",
                        proto(span -> nest(span, 4, reference -> {})),
                        "ok bad_reference no_time"),
                arguments("log of nothing", proto(span -> nest(span, 9, log -> {})), "ok no_time"),
                arguments("process of nothing", proto(span -> nest(span, 10, process -> {})), "ok no_time"),
                arguments(
                        "name that is not UTF-8",
                        proto(span -> span.raw(new byte[] {0x1a, 1, -1})),
                        "ok no_time utf8_replaced"),
                arguments("two spans in a record", joined(proto(span -> {}), proto(span -> {})), "ok no_time"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protobuf")
    void protobuf_hasItsVerdict(String row, byte[] value, String verdict) {
        DecodedSpans decoded = DecodedSpans.of(decoder, value);

        String counted = decoded.verdict.isPresent() ? "" : " " + String.join(" ", decoded.normalised.keySet());
        assertThat(decoded.told() + counted).isEqualTo(verdict);
    }

    @Test
    void references_giveOneParentAndLinks() {
        String own = "'traceId':'S/kvNXezTaajzpKdDg5HNg=='";
        DecodedSpans.One span = DecodedSpans.of(
                        decoder,
                        JaegerSpans.with(
                                "'references':[{" + own + ",'spanId':'AAAAAAAAAAE=','refType':'FOLLOWS_FROM'},{" + own
                                        + ",'spanId':'AAAAAAAAAAI='},{" + own + ",'spanId':'AAAAAAAAAAM='}]"))
                .only();

        assertThat(span.item().parentOrHash()).isEqualTo(2);
        assertThat(span.span().getLinksList())
                .extracting(link -> link.getSpanId().byteAt(7))
                .containsExactly((byte) 1, (byte) 3);
    }

    @ParameterizedTest
    @CsvSource({
        "true,BOOL,vBool,STATUS_CODE_ERROR",
        "false,BOOL,vBool,STATUS_CODE_UNSET",
        "'\"true\"',STRING,vStr,STATUS_CODE_ERROR",
        "'\"false\"',STRING,vStr,STATUS_CODE_UNSET",
        "'\"boom\"',STRING,vStr,STATUS_CODE_ERROR"
    })
    void errorTag_failsTheSpanUnlessItIsFalse(String value, String type, String member, String status) {
        DecodedSpans.One span = DecodedSpans.of(
                        decoder,
                        JaegerSpans.with(
                                "'tags':[{'key':'error','vType':'" + type + "','" + member + "':" + value + "}]"))
                .only();

        assertThat(span.span().getStatus().getCode().name()).isEqualTo(status);
    }

    /** As protobuf's JSON has them, and as Go prints its own. */
    @ParameterizedTest
    @CsvSource({
        "0.000046s,46000",
        "46.5µs,46500",
        "5000ns,5000",
        "1.5ms,1500000",
        "1m0.5s,60500000000",
        "1h,3600000000000"
    })
    void duration_isReadInBothForms(String text, long nanos) {
        Span span = DecodedSpans.of(
                        decoder, JaegerSpans.with("'startTime':'2026-01-01T00:00:00Z','duration':'" + text + "'"))
                .only()
                .span();

        assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(nanos);
    }

    /** The exporters of several years. */
    @ParameterizedTest
    @CsvSource({
        "'\"ERROR\"',STRING,vStr,STATUS_CODE_ERROR,d",
        "'\"STATUS_CODE_ERROR\"',STRING,vStr,STATUS_CODE_ERROR,d",
        "'\"2\"',INT64,vInt64,STATUS_CODE_ERROR,d",
        "1,INT64,vInt64,STATUS_CODE_OK,''",
        "'\"Ok\"',STRING,vStr,STATUS_CODE_OK,''",
        "0,INT64,vInt64,STATUS_CODE_UNSET,''",
    })
    void statusCode_isReadInEachForm(String value, String type, String member, String status, String message) {
        DecodedSpans.One span = DecodedSpans.of(
                        decoder,
                        JaegerSpans.with(
                                "'tags':[{'key':'otel.status_description','vStr':'d'},{'key':'otel.status_code','vType':'"
                                        + type + "','" + member + "':" + value + "}]"))
                .only();

        assertThat(span.span().getStatus().getCode().name()).isEqualTo(status);
        assertThat(span.span().getStatus().getMessage()).isEqualTo(message);
        assertThat(span.attributes()).isEmpty();
    }

    @Test
    void bytesOfOtherFormats_areRefusedByName() {
        ProtoWriter otlp = new ProtoWriter();
        int group = otlp.begin(1);
        int scope = otlp.begin(2);
        int span = otlp.begin(2);
        otlp.id(1, 1, 2);
        otlp.id(2, 3);
        otlp.end(span);
        otlp.end(scope);
        otlp.end(group);

        assertThat(told(otlp.toByteArray())).isEqualTo("D WRONG_FORMAT");
        assertThat(told(new byte[100])).isEqualTo("D UNEXPECTED_FRAMING");
        assertThat(told(new byte[0])).isEqualTo("D EMPTY");
        assertThat(told("plain text".getBytes(UTF_8))).isEqualTo("D WRONG_FORMAT");
    }

    @Test
    void spansOfZipkin_areRefusedByName() {
        String span = "{\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"id\":\"00f067aa0ba902b7\",\"name\":\"get\"}";

        assertThat(told(span.getBytes(UTF_8))).isEqualTo("D WRONG_FORMAT");
        assertThat(told(("[" + span + "," + span + "]").getBytes(UTF_8))).isEqualTo("D WRONG_FORMAT");
    }

    @Test
    void everyTruncation_isAVerdict_andNothingThrown() {
        byte[] json = JaegerSpans.JSON.getBytes(UTF_8);
        byte[] proto = JaegerSpans.proto();
        for (int length = 1; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            // half a word is no JSON, whatever follows
            boolean word = new String(cut, UTF_8).matches("(?s).*:tr?u?");
            assertThat(told(cut)).isIn("D TRUNCATED", word ? "D WRONG_FORMAT" : "D TRUNCATED");
        }
        for (int length = 1; length < proto.length; length++) {
            // a message may end between any two of its fields
            assertThat(told(Arrays.copyOf(proto, length))).isIn("D EMPTY", "D TRUNCATED", "D BAD_ID", "ok");
        }
    }

    @Test
    void everyBitFlip_isAVerdict() {
        for (byte[] whole : List.of(JaegerSpans.JSON.getBytes(UTF_8), JaegerSpans.proto())) {
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);

                assertSound(DecodedSpans.of(decoder, flipped));
            }
        }
    }

    @Property(tries = 500)
    void randomBytes_areAVerdict(@ForAll @Size(max = 300) byte[] bytes) {
        assertSound(DecodedSpans.of(decoder, bytes));
    }

    @Property(tries = 500)
    void replacedPieces_areAVerdict(
            @ForAll @IntRange(max = 2000) int at, @ForAll @Size(min = 1, max = 8) byte[] piece, @ForAll boolean json) {
        byte[] bytes = json ? JaegerSpans.JSON.getBytes(UTF_8) : JaegerSpans.proto();
        System.arraycopy(piece, 0, bytes, at % (bytes.length - piece.length), piece.length);

        assertSound(DecodedSpans.of(decoder, bytes));
    }

    /** A span with ids, and more in it. */
    private static byte[] proto(Consumer<ProtoWriter> more) {
        ProtoWriter span = new ProtoWriter();
        span.id(1, 1, 2);
        span.id(2, 7);
        more.accept(span);
        return span.toByteArray();
    }

    /** A span that has no trace ID but what it is given. */
    private static byte[] bare(Consumer<ProtoWriter> more) {
        ProtoWriter span = new ProtoWriter();
        more.accept(span);
        span.id(2, 7);
        return span.toByteArray();
    }

    private static void unknown(ProtoWriter span) {
        span.varint(77, -1);
        span.fixed64(77, -1);
        span.fixed32(77, -1);
        span.text(77, "x");
        span.raw(new byte[] {(byte) 0xeb, 4, 8, 1, (byte) 0xec, 4});
    }

    private static void nest(ProtoWriter out, int field, Consumer<ProtoWriter> content) {
        int at = out.begin(field);
        content.accept(out);
        out.end(at);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private String told(byte[] value) {
        return DecodedSpans.of(decoder, value).told();
    }

    private static void assertSound(DecodedSpans decoded) {
        assertThat(decoded.verdict.isPresent() || !decoded.spans.isEmpty() || !decoded.rejected.isEmpty())
                .isTrue();
    }
}
