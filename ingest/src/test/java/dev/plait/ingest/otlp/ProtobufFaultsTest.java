package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.HIGH;
import static dev.plait.ingest.otlp.Samples.LOW;
import static dev.plait.ingest.otlp.Samples.SPAN;
import static dev.plait.ingest.otlp.Samples.START;
import static dev.plait.ingest.otlp.Samples.span;
import static dev.plait.ingest.otlp.Samples.spanId;
import static dev.plait.ingest.otlp.Samples.text;
import static dev.plait.ingest.otlp.Samples.traceId;
import static dev.plait.ingest.otlp.Samples.traces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.plait.ingest.Decoder;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of malformed OTLP protobuf (faults.md 4.1, by whose numbers rows begin), on a traces topic. */
class ProtobufFaultsTest {
    private static final byte[] GOOD = traces(span().build()).toByteArray();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"encoding", "framing", "shape", "ids", "texts", "times", "limits", "signals"})
    void traces_areJudged(String row, byte[] value, String verdict) {
        Decoder decoder = OtlpDecoder.traces();

        assertThat(Verdict.of(decoder, value)).isEqualTo(verdict);
        assertThat(Verdict.of(decoder, value)).as("the second time").isEqualTo(verdict);
    }

    static Stream<Arguments> encoding() {
        return Stream.of(
                arguments("good", GOOD, "A items=1"),
                arguments("4.1/1 truncated in a tag", bytes(0x8a), "D TRUNCATED"),
                arguments("4.1/1 truncated in a length", bytes(0x0a, 0x80), "D TRUNCATED"),
                arguments("4.1/1 truncated in a value", Arrays.copyOf(GOOD, GOOD.length - 3), "D TRUNCATED"),
                arguments("4.1/2 length beyond the end", bytes(0x0a, 5, 1, 2), "D TRUNCATED"),
                arguments("4.1/3 length 2^31-1", bytes(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 1), "D TRUNCATED"),
                arguments(
                        "4.1/4 negative length", bytes(0x0a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 1), "D TRUNCATED"),
                arguments(
                        "4.1/5 varint of 11 bytes",
                        bytes(0x10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1),
                        "D WRONG_FORMAT"),
                arguments("4.1/6 padded length", padded(), "A items=1"),
                arguments("4.1/7 field number 0", with(w -> w.bytes(0, new byte[1], 0, 1)), "D WRONG_FORMAT"),
                arguments("4.1/8 wire type 6", bytes(0x0e, 1), "D WRONG_FORMAT"),
                arguments("4.1/8 wire type 7", bytes(0x0f, 1), "D WRONG_FORMAT"),
                arguments("4.1/9 name as varint", with(w -> w.varint(5, 1)), "D WRONG_TYPE"),
                arguments("4.1/9 trace ID as fixed64", with(w -> w.fixed64(1, 1)), "D WRONG_TYPE"),
                arguments("4.1/9 kind as bytes", with(w -> w.text(6, "x")), "D WRONG_TYPE"),
                arguments("4.1/10 unknown varint", with(w -> w.varint(77, -1)), "A items=1"),
                arguments("4.1/10 unknown fixed64", with(w -> w.fixed64(77, -1)), "A items=1"),
                arguments("4.1/10 unknown fixed32", with(w -> w.fixed32(77, -1)), "A items=1"),
                arguments("4.1/10 unknown bytes", with(w -> w.text(77, "\0")), "A items=1"),
                arguments("4.1/10 unknown group", request(unknownGroup().toByteArray()), "A items=1"),
                arguments("4.1/11 100 000 open groups", filled(100_000, 0x7b), "D WRONG_FORMAT"),
                arguments("4.1/11 100 000 open groups in a span", spanOf(filled(100_000, 0x9b, 0x06)), "D TOO_DEEP"),
                arguments("4.1/12 unmatched end group", spanOf(bytes(0x9c, 0x06)), "D WRONG_FORMAT"),
                arguments("4.1/22 zero bytes behind", Arrays.copyOf(GOOD, GOOD.length + 3), "D WRONG_FORMAT"),
                arguments("C3 one byte", bytes(0x0a), "D TRUNCATED"),
                arguments("C4 zeros", new byte[100_000], "D WRONG_FORMAT"),
                arguments("C5 ones", filled(100_000, 0xff), "D WRONG_FORMAT"),
                arguments("C15 only unknown fields", bytes(0x20, 1), "D WRONG_FORMAT"));
    }

    static Stream<Arguments> framing() {
        byte[] noise = new byte[1000];
        new Random(7).nextBytes(noise);
        return Stream.of(
                arguments("C2 no bytes", bytes(), "A empty=1"),
                arguments("C7 gzip", bytes(0x1f, 0x8b, 8, 0, 1), "D NOT_THIS_FORMAT"),
                arguments("C7 zstd", bytes(0x28, 0xb5, 0x2f, 0xfd, 4), "D NOT_THIS_FORMAT"),
                arguments("C7 lz4", bytes(0x04, 0x22, 0x4d, 0x18, 4), "D NOT_THIS_FORMAT"),
                arguments("C19 registry framing", joined(bytes(0, 0, 0, 1, 7), GOOD), "D UNEXPECTED_FRAMING"),
                arguments("C19 gRPC framing", joined(bytes(0, 0, 0, 0, GOOD.length), GOOD), "D UNEXPECTED_FRAMING"),
                arguments("4.1/45 length in front", delimited(GOOD), "D UNEXPECTED_FRAMING"),
                arguments("4.1/45 several with lengths", joined(delimited(GOOD), delimited(GOOD)), "D TRAILING_DATA"),
                arguments("C6 noise", noise, "D TRUNCATED"),
                arguments(
                        "C15 text",
                        "127.0.0.1 - - [10/Oct/2026] GET /".getBytes(StandardCharsets.UTF_8),
                        "D WRONG_FORMAT"),
                arguments(
                        "C15 a JSON array", "[{\"traceId\":\"1\"}]".getBytes(StandardCharsets.UTF_8), "D WRONG_FORMAT"),
                arguments("4.1/45 two requests are one", joined(GOOD, GOOD), "A items=2"));
    }

    static Stream<Arguments> shape() {
        return Stream.of(
                arguments("4.1/17 trace ID last", spanOf(idLast()), "A items=1"),
                arguments("4.1/17 trace ID twice, last wins", with(w -> w.id(1, HIGH, LOW)), "A items=1"),
                arguments("4.1/17 bad trace ID, then a good one", spanOf(badThenGood()), "A items=1"),
                arguments("4.1/18 scope behind its spans", swapped(2), "A items=1"),
                arguments("4.1/18 resource behind its spans", swapped(1), "A items=1"),
                arguments("4.1/26 the other message name", traceData(), "A items=1"),
                arguments("4.1/39 empty resource group", bytes(0x0a, 0), "A"),
                arguments("4.1/39 empty scope group", bytes(0x0a, 2, 0x12, 0), "A"),
                arguments("4.1/38 empty span", spanOf(bytes()), "A BAD_ID@0"),
                arguments("4.1/31 unknown kind", one(span().setKindValue(99)), "A items=1"),
                arguments("4.1/31 unknown status", with(w -> w.bytes(15, bytes(0x18, 99), 0, 2)), "A items=1"),
                arguments("4.1/40 dropped counts", one(span().setDroppedAttributesCount(-1)), "A items=1"),
                arguments(
                        "4.1/35 unset value",
                        one(span().addAttributes(KeyValue.newBuilder().setKey("a"))),
                        "A items=1"),
                arguments("4.1/32 empty key", one(span().addAttributes(text("", "a"))), "A items=1"),
                arguments("4.1/36 NaN", one(span().addAttributes(Samples.real("a", Double.NaN))), "A items=1"),
                arguments(
                        "4.1/36 infinity",
                        one(span().addAttributes(Samples.real("a", Double.NEGATIVE_INFINITY))),
                        "A items=1"),
                arguments("4.1/16 status in two parts", with(w -> w.bytes(15, bytes(0x18, 2), 0, 2)), "A items=1"),
                arguments(
                        "4.1/34 a key twice",
                        one(span().addAttributes(text("a", "1")).addAttributes(text("a", "2"))),
                        "A items=1"));
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                arguments("4.1/19 no trace ID", one(span().clearTraceId()), "A BAD_ID@0"),
                arguments("4.1/19 trace ID of 8 bytes", one(span().setTraceId(spanId(1))), "A BAD_ID@0"),
                arguments(
                        "4.1/19 trace ID of 15 bytes",
                        one(span().setTraceId(traceId().substring(1))),
                        "A BAD_ID@0"),
                arguments(
                        "4.1/19 trace ID of 17 bytes",
                        one(span().setTraceId(zeros(1).concat(traceId()))),
                        "A BAD_ID@0"),
                arguments(
                        "4.1/19 trace ID of 32 bytes",
                        one(span().setTraceId(traceId().concat(traceId()))),
                        "A BAD_ID@0"),
                arguments("4.1/20 zero trace ID", one(span().setTraceId(zeros(16))), "A BAD_ID@0"),
                arguments("4.1/20 zero low half", one(span().setTraceId(traceId(HIGH, 0))), "A BAD_ID@0"),
                arguments("4.1/20 zero high half", one(span().setTraceId(traceId(0, LOW))), "A items=1"),
                arguments("4.1/19 no span ID", one(span().clearSpanId()), "A BAD_ID@0"),
                arguments("4.1/20 zero span ID", one(span().setSpanId(zeros(8))), "A BAD_ID@0"),
                arguments("4.1/19 span ID of 7 bytes", one(span().setSpanId(zeros(7))), "A BAD_ID@0"),
                arguments("4.1/21 own parent", one(span().setParentSpanId(spanId(SPAN))), "A items=1 cycle=1"),
                arguments("4.1/21 zero parent", one(span().setParentSpanId(zeros(8))), "A items=1"),
                arguments("4.1/21 parent of 3 bytes", one(span().setParentSpanId(zeros(3))), "A items=1 bad_parent=1"),
                arguments(
                        "4.1/19 the middle one",
                        traces(span().build(), span().clearTraceId().build(), span().build())
                                .toByteArray(),
                        "A items=2 BAD_ID@1"));
    }

    static Stream<Arguments> texts() {
        ByteString bad = ByteString.copyFrom(bytes('a', 0xc3));
        return Stream.of(
                arguments("4.1/23 name", spanWith(5, bad), "A BAD_UTF8@0"),
                arguments("4.1/23 trace state", spanWith(3, bad), "A BAD_UTF8@0"),
                arguments("4.1/23 attribute key", spanWith(9, part(1, bad)), "A BAD_UTF8@0"),
                arguments(
                        "4.1/23 attribute value",
                        spanWith(9, part(1, "k").concat(part(2, part(1, bad)))),
                        "A BAD_UTF8@0"),
                arguments("4.1/23 status message", spanWith(15, part(2, bad)), "A BAD_UTF8@0"),
                arguments("4.1/23 event name", spanWith(11, part(2, bad)), "A BAD_UTF8@0"),
                arguments(
                        "4.1/23 resource of two spans",
                        joined(
                                part(
                                                1,
                                                part(1, part(1, part(1, bad)))
                                                        .concat(part(
                                                                2,
                                                                part(2, goodSpan())
                                                                        .concat(part(2, goodSpan())))))
                                        .toByteArray(),
                                GOOD),
                        "A items=1 BAD_UTF8@0 BAD_UTF8@1"),
                arguments(
                        "4.1/23 scope",
                        part(1, part(2, part(1, part(1, bad)).concat(part(2, goodSpan()))))
                                .toByteArray(),
                        "A BAD_UTF8@0"));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments("4.1/27 end before start", one(span().setEndTimeUnixNano(START - 1)), "A items=1 bad_time=1"),
                arguments("4.1/28 start 0", one(span().setStartTimeUnixNano(0)), "A items=1 no_time=1"),
                arguments("4.1/28 end 0", one(span().setEndTimeUnixNano(0)), "A items=1 no_time=1"),
                arguments("4.1/29 end beyond 2^63", one(span().setEndTimeUnixNano(-5)), "A items=1 bad_time=1"),
                arguments(
                        "4.1/30 ten years",
                        one(span().setEndTimeUnixNano(START + 315_360_000_000_000_000L)),
                        "A items=1 bad_time=1"));
    }

    static Stream<Arguments> limits() {
        Span.Builder many = span();
        for (int i = 0; i < 100_000; i++) {
            many.addAttributes(text("k", "v"));
        }
        Span.Builder events = span();
        for (int i = 0; i < 10_001; i++) {
            events.addEventsBuilder().setName("e");
        }
        return Stream.of(
                arguments("4.1/13 32 nested lists", one(span().addAttributes(nested(32, false))), "A items=1"),
                arguments("4.1/13 33 nested lists", one(span().addAttributes(nested(33, false))), "A TOO_DEEP@0"),
                arguments("4.1/14 32 nested maps", one(span().addAttributes(nested(32, true))), "A items=1"),
                arguments("4.1/14 33 nested maps", one(span().addAttributes(nested(33, true))), "A TOO_DEEP@0"),
                arguments("4.1/13 5000 nested lists", spanWith(9, deepList(5000)), "A TOO_DEEP@0"),
                arguments(
                        "4.1/13 33 nested lists between good spans",
                        traces(
                                        span().build(),
                                        span().addAttributes(nested(33, false)).build(),
                                        span().build())
                                .toByteArray(),
                        "A items=2 TOO_DEEP@1"),
                arguments(
                        "4.1/13 33 nested lists in one resource of two",
                        part(
                                        1,
                                        part(1, part(1, nested(33, false).toByteString()))
                                                .concat(part(
                                                        2, part(2, goodSpan()).concat(part(2, goodSpan())))))
                                .concat(part(1, part(2, part(2, goodSpan()))))
                                .toByteArray(),
                        "A items=1 TOO_DEEP@0 TOO_DEEP@1"),
                arguments(
                        "4.1/13 33 nested lists in one scope of two",
                        part(
                                        1,
                                        part(
                                                        2,
                                                        part(
                                                                        1,
                                                                        part(
                                                                                3,
                                                                                nested(33, false)
                                                                                        .toByteString()))
                                                                .concat(part(2, goodSpan())))
                                                .concat(part(2, part(2, goodSpan()))))
                                .toByteArray(),
                        "A items=1 TOO_DEEP@0"),
                arguments("4.1/33 100 000 attributes", one(many), "A TOO_MANY@0"),
                arguments("4.1/42 10 001 events", one(events), "A TOO_MANY@0"),
                arguments(
                        "4.1/32 64 kB key", one(span().addAttributes(text("k".repeat(65_536), "v"))), "A TOO_LARGE@0"),
                arguments(
                        "4.1/32 1 MB value", one(span().addAttributes(text("k", "v".repeat(1_000_000)))), "A items=1"),
                arguments("4.1/38 1M spans of one byte", onesByte(), "D WRONG_FORMAT"),
                arguments("4.1/37 100 000 spans", manySpans(100_000), "A items=100000"),
                arguments("4.1/42 100 000 links", spanWith(13, ByteString.EMPTY, 100_000), "A TOO_MANY@0"),
                arguments("4.1/42 100 000 events", spanWith(11, ByteString.EMPTY, 100_000), "A TOO_MANY@0"));
    }

    static Stream<Arguments> signals() {
        return Stream.of(
                arguments("4.1/24 logs", Samples.logs(Samples.log().build()).toByteArray(), "D WRONG_SIGNAL"),
                arguments(
                        "4.1/24 logs with nothing but a body",
                        Samples.logs(io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
                                        .setBody(AnyValue.newBuilder().setStringValue("hello"))
                                        .build())
                                .toByteArray(),
                        "D WRONG_SIGNAL"),
                arguments("4.1/25 metrics", Samples.richMetrics().toByteArray(), "D WRONG_SIGNAL"),
                arguments(
                        "4.1/25 gauges",
                        Samples.metrics(Samples.gauge(Samples.numberPoint().build()))
                                .toByteArray(),
                        "D WRONG_SIGNAL"));
    }

    private static Span unknownGroup() {
        UnknownFieldSet inner = UnknownFieldSet.newBuilder()
                .addField(5, UnknownFieldSet.Field.newBuilder().addVarint(3).build())
                .build();
        UnknownFieldSet.Field group =
                UnknownFieldSet.Field.newBuilder().addGroup(inner).build();
        return span().setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(99, group).build())
                .build();
    }

    private static KeyValue nested(int depth, boolean map) {
        AnyValue value = AnyValue.newBuilder().setBoolValue(true).build();
        for (int i = 1; i < depth; i++) {
            AnyValue.Builder outer = AnyValue.newBuilder();
            if (map) {
                outer.getKvlistValueBuilder()
                        .addValues(KeyValue.newBuilder().setKey("k").setValue(value));
            } else {
                outer.getArrayValueBuilder().addValues(value);
            }
            value = outer.build();
        }
        return KeyValue.newBuilder().setKey("deep").setValue(value).build();
    }

    private static ByteString deepList(int depth) {
        ByteString value = ByteString.EMPTY;
        for (int i = 0; i < depth; i++) {
            value = part(5, part(1, value));
        }
        return part(2, value);
    }

    private static byte[] onesByte() {
        ProtoWriter group = new ProtoWriter();
        int start = group.begin(1);
        int scope = group.begin(2);
        for (int i = 0; i < 1_000_000; i++) {
            group.bytes(2, bytes(0x0a), 0, 1);
        }
        group.end(scope);
        group.end(start);
        return group.toByteArray();
    }

    private static byte[] one(Span.Builder span) {
        return traces(span.build()).toByteArray();
    }

    private static ByteString goodSpan() {
        return span().build().toByteString();
    }

    private static ByteString zeros(int length) {
        return ByteString.copyFrom(new byte[length]);
    }

    /** A good span and one field more. */
    private static byte[] with(Consumer<ProtoWriter> more) {
        ProtoWriter writer = new ProtoWriter();
        more.accept(writer);
        return request(joined(span().build().toByteArray(), writer.toByteArray()));
    }

    private static byte[] spanWith(int field, ByteString value) {
        return request(goodSpan().concat(part(field, value)).toByteArray());
    }

    /** A good span with a part {@code times} times. */
    private static byte[] spanWith(int field, ByteString value, int times) {
        byte[] part = part(field, value).toByteArray();
        byte[] parts = new byte[part.length * times];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part[i % part.length];
        }
        return request(joined(goodSpan().toByteArray(), parts));
    }

    private static byte[] manySpans(int count) {
        byte[] span = part(2, goodSpan()).toByteArray();
        byte[] spans = new byte[span.length * count];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = span[i % span.length];
        }
        return part(1, part(2, ByteString.copyFrom(spans))).toByteArray();
    }

    private static byte[] spanOf(byte[] span) {
        return request(span);
    }

    private static byte[] request(byte[] span) {
        return part(1, part(2, part(2, ByteString.copyFrom(span)))).toByteArray();
    }

    private static byte[] idLast() {
        byte[] rest = span().clearTraceId().build().toByteArray();
        return joined(rest, part(1, traceId()).toByteArray());
    }

    private static byte[] badThenGood() {
        return joined(part(1, zeros(3)).toByteArray(), span().build().toByteArray());
    }

    /** The first two fields of a group in the other order; groups are nested once or twice. */
    private static byte[] swapped(int nesting) {
        ByteString spans = part(2, goodSpan());
        ByteString scope = part(1, Samples.scope().toByteString());
        ByteString resource = part(1, Samples.resource("cart").toByteString());
        ByteString scopeGroup = part(2, nesting == 2 ? spans.concat(scope) : scope.concat(spans));
        return part(1, nesting == 1 ? scopeGroup.concat(resource) : resource.concat(scopeGroup))
                .toByteArray();
    }

    private static byte[] traceData() {
        return TracesData.newBuilder()
                .addAllResourceSpans(traces(span().build()).getResourceSpansList())
                .build()
                .toByteArray();
    }

    /** Lengths of five bytes, as writers make them that do not know the length beforehand. */
    private static byte[] padded() {
        ProtoWriter writer = new ProtoWriter();
        int group = writer.begin(1);
        int scope = writer.begin(2);
        writer.bytes(2, goodSpan().toByteArray(), 0, goodSpan().size());
        writer.end(scope);
        writer.end(group);
        return writer.toByteArray();
    }

    private static ByteString part(int field, String text) {
        return part(field, ByteString.copyFromUtf8(text));
    }

    private static ByteString part(int field, ByteString value) {
        ProtoWriter writer = new ProtoWriter();
        writer.bytes(field, value.toByteArray(), 0, value.size());
        return ByteString.copyFrom(writer.toByteArray());
    }

    private static byte[] delimited(byte[] value) {
        ProtoWriter writer = new ProtoWriter();
        writer.bytes(1, value, 0, value.length);
        return Arrays.copyOfRange(writer.toByteArray(), 1, writer.size());
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] filled(int count, int... pattern) {
        byte[] bytes = new byte[count * pattern.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pattern[i % pattern.length];
        }
        return bytes;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
