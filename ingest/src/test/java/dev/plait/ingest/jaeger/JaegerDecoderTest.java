package dev.plait.ingest.jaeger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import dev.plait.ingest.span.DecodedSpans;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "'startTime':'2026-01-01T00:00:00Z','duration':'1h'   | ok | bad_time",
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

    private String told(byte[] value) {
        return DecodedSpans.of(decoder, value).told();
    }

    private static void assertSound(DecodedSpans decoded) {
        assertThat(decoded.verdict.isPresent() || !decoded.spans.isEmpty() || !decoded.rejected.isEmpty())
                .isTrue();
    }
}
