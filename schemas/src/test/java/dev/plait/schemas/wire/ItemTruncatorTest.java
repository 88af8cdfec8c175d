package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ItemTruncatorTest {
    private static final int LIMIT = FrameSet.MAX_ITEM_BYTES;
    private static final KeyValue MARK = KeyValue.newBuilder()
            .setKey("plait.truncated")
            .setValue(AnyValue.newBuilder().setBoolValue(true))
            .build();

    @Test
    void truncator_shortensTheLargestTextsAndLeavesTheSmallOnes() throws InvalidProtocolBufferException {
        Span span = span().addAttributes(text("small", "kept as it is"))
                .addAttributes(text("large", "x".repeat(1_000_000)))
                .addAttributes(text("medium", "y".repeat(50_000)))
                .build();

        Span cut = Span.parseFrom(truncate(OtlpShape.SPAN, span.toByteArray()));

        assertThat(cut.getAttributes(0)).isEqualTo(MARK);
        assertThat(cut.getAttributes(1)).isEqualTo(span.getAttributes(0));
        assertThat(cut.getAttributes(2).getValue().getStringValue()).hasSizeBetween(200_000, LIMIT);
        assertThat(cut.getAttributes(3)).isEqualTo(span.getAttributes(2));
        assertThat(cut.toBuilder().clearAttributes().build())
                .isEqualTo(span.toBuilder().clearAttributes().build());
    }

    @Test
    void truncator_cutsBetweenCharacters() throws InvalidProtocolBufferException {
        LogRecord log = LogRecord.newBuilder()
                .setBody(AnyValue.newBuilder().setStringValue("€".repeat(200_000)))
                .build();

        LogRecord cut = LogRecord.parseFrom(truncate(OtlpShape.LOG, log.toByteArray()));

        assertThat(cut.getAttributesList()).containsExactly(MARK);
        assertThat(cut.getBody().getStringValue()).matches("€{80000,}");
    }

    @Test
    void truncator_keepsTheFirstOfTooManySmallElements() throws InvalidProtocolBufferException {
        Span.Builder span = span();
        for (int i = 0; i < 100_000; i++) {
            span.addEvents(Span.Event.newBuilder().setName("event " + i));
        }

        Span cut = Span.parseFrom(truncate(OtlpShape.SPAN, span.build().toByteArray()));

        assertThat(cut.getEventsCount()).isBetween(1_000, 99_999);
        assertThat(cut.getEvents(0)).isEqualTo(span.getEvents(0));
        assertThat(cut.getSpanId()).isEqualTo(span.getSpanId());
        assertThat(cut.getAttributesList()).containsExactly(MARK);
    }

    @Test
    void truncator_cutsWhatIsNestedAndMuch() throws InvalidProtocolBufferException {
        AnyValue value = AnyValue.newBuilder().setStringValue("leaf").build();
        for (int i = 0; i < 3; i++) {
            ArrayValue.Builder array = ArrayValue.newBuilder();
            for (int j = 0; j < 60; j++) {
                array.addValues(value);
            }
            value = AnyValue.newBuilder().setArrayValue(array).build();
        }
        LogRecord log = LogRecord.newBuilder().setBody(value).build();

        LogRecord cut = LogRecord.parseFrom(truncate(OtlpShape.LOG, log.toByteArray()));

        assertThat(cut.getBody().getArrayValue().getValuesCount()).isPositive();
        assertThat(cut.getAttributesList()).containsExactly(MARK);
    }

    @Test
    void truncator_endsForFieldsRepeatedWithoutEnd() throws InvalidProtocolBufferException {
        ByteString.Output out = ByteString.newOutput();
        ProtoWriter names = new ProtoWriter();
        for (int i = 0; i < 50_000; i++) {
            names.text(5, "name " + i);
        }
        out.write(names.bytes(), 0, names.size());

        Span cut = Span.parseFrom(truncate(OtlpShape.SPAN, out.toByteString().toByteArray()));

        assertThat(cut.getName()).isEqualTo("name 49999");
    }

    @Test
    void truncator_dropsLargeUnknownFieldsBeforeKnownOnes() throws InvalidProtocolBufferException {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        1000,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(new byte[400_000]))
                                .addVarint(7)
                                .build())
                .build();
        Span span =
                span().addAttributes(text("a", "b")).setUnknownFields(unknown).build();

        Span cut = Span.parseFrom(truncate(OtlpShape.SPAN, span.toByteArray()));

        assertThat(cut.getAttributesList()).containsExactly(MARK, span.getAttributes(0));
        assertThat(cut.getUnknownFields().getField(1000).getVarintList()).containsExactly(7L);
        assertThat(cut.getUnknownFields().getField(1000).getLengthDelimitedList())
                .isEmpty();
    }

    @Test
    void truncator_endsWhereBytesAreNoProtobuf() throws InvalidProtocolBufferException {
        ProtoWriter bytes = new ProtoWriter();
        bytes.text(5, "name");
        bytes.varint(4, 1);
        byte[] broken = new byte[300_000];
        System.arraycopy(bytes.bytes(), 0, broken, 0, bytes.size());

        Span cut = Span.parseFrom(truncate(OtlpShape.SPAN, broken));

        assertThat(cut.getName()).isEqualTo("name");
    }

    @Property(tries = 30)
    void truncated_isValidAndSmallEnoughWhateverItIs(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomOtlp otlp = new RandomOtlp(seed, 2_000, 40);

        for (int limit = 2_048; limit <= 65_536; limit *= 2) {
            Span span = otlp.span();
            Span cut = Span.parseFrom(truncate(OtlpShape.SPAN, span.toByteArray(), limit));
            assertThat(cut.getTraceId()).isEqualTo(span.getTraceId());
            assertThat(cut.getSpanId()).isEqualTo(span.getSpanId());
            assertThat(cut.getKind()).isEqualTo(span.getKind());
            assertThat(cut.getEndTimeUnixNano()).isEqualTo(span.getEndTimeUnixNano());
            assertThat(cut.getAttributesList()).contains(MARK);

            LogRecord log = otlp.log();
            LogRecord cutLog = LogRecord.parseFrom(truncate(OtlpShape.LOG, log.toByteArray(), limit));
            assertThat(cutLog.getTimeUnixNano()).isEqualTo(log.getTimeUnixNano());
            assertThat(cutLog.getAttributesList()).contains(MARK);

            Metric metric = otlp.metric();
            Metric cutMetric = Metric.parseFrom(truncate(OtlpShape.METRIC, metric.toByteArray(), limit));
            assertThat(cutMetric.getDataCase()).isEqualTo(metric.getDataCase());

            Resource resource = otlp.resource();
            Resource cutResource = Resource.parseFrom(truncate(OtlpShape.RESOURCE, resource.toByteArray(), limit));
            assertThat(cutResource.getAttributesList()).contains(MARK);
        }
    }

    @Test
    void frameSet_truncatesVisibly() {
        byte[] span = span().setName("kept")
                .addAttributes(text("large", "x".repeat(300_000)))
                .build()
                .toByteArray();
        byte[] resource = Resource.newBuilder()
                .addAttributes(text("large", "y".repeat(100_000)))
                .addAttributes(text("service.name", "orders"))
                .build()
                .toByteArray();
        FrameSet set = new FrameSet(1);
        set.start(Source.OTLP, Map.of());
        int number = set.resource(resource, 0, resource.length);
        set.add(0, 1, 2, 3, 4, ItemFlags.span(2) | ItemFlags.ENDED, number, FrameSet.NONE, span, 0, span.length);
        AtomicReference<byte[]> frame = new AtomicReference<>();
        set.drain(0, 0, 0, (partition, drained) -> frame.set(drained));

        Frame read = Frame.of(frame.get());

        assertThat(read.flags(0)).isEqualTo(ItemFlags.span(2) | ItemFlags.ENDED | ItemFlags.TRUNCATED);
        assertThat(read.sizeBytes(0)).isEqualTo(span.length);
        assertThat(read.length(0)).isLessThanOrEqualTo(LIMIT);
        ReceivedSpan received = new SliceReader().span(read, 0);
        assertThat(received.name()).isEqualTo("kept");
        assertThat(received.attributes()).containsEntry("plait.truncated", true);
        assertThat(received.origin().resource())
                .containsEntry("plait.truncated", true)
                .containsEntry("service.name", "orders");
    }

    private static byte[] truncate(OtlpShape shape, byte[] bytes) {
        return truncate(shape, bytes, LIMIT);
    }

    private static byte[] truncate(OtlpShape shape, byte[] bytes, int limit) {
        byte[] around = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, around, 7, bytes.length);
        byte[] cut = new ItemTruncator().truncate(shape, around, 7, bytes.length, limit);
        assertThat(cut.length).isLessThanOrEqualTo(limit);
        return cut;
    }

    private static Span.Builder span() {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
                .setSpanId(ByteString.copyFromUtf8("01234567"))
                .setName("GET /orders")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(1)
                .setEndTimeUnixNano(2);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
